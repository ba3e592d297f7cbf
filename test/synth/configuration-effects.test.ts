import { TASKS } from '../../shared/constants.ts';
import { InvalidConfigurationError } from '../../shared/errors.ts';
import { DEPLOYED_TASKS, synthesize, type Template, text } from './template.ts';

/** One stage with every field away from its default. */
const CONFIGURATION = {
  stackName: 'Night-Shift',
  region: 'eu-central-1',
  account: '123456789012',
  scheduleCron: '30 1 ? * 2-6 *',
  timeZone: 'Europe/Berlin',
  scheduleEnabled: false,
  policy: {
    strategy: 'balanced',
    balancedWeight: 0.7,
    maxSlowdown: 0.05,
    lookbackDays: 30,
    minimumInvocations: 100,
    memoryHeadroom: 0.3,
    minimumSavingsUsdPerMonth: 2,
    minimumMemorySizeMb: 256,
    maximumMemorySizeMb: 3008,
    maximumProposals: 50,
    consentDays: 14,
  },
  approvalWindowHours: 10,
  verificationWindowHours: 6,
  watchNights: 3,
  coolDownDays: 21,
  ownedFunctions: 'patch',
  controlPlaneShare: 0.5,
  rateLimitShare: 0.1,
  logScanBudgetBytes: 1_000_000,
  retentionDays: 100,
  approvalMode: 'policy',
  autoApprovalRules: [
    {
      name: 'batch jobs',
      tags: { tier: 'batch' },
      maximumRisk: 'Low',
      maximumMemoryChange: 0.25,
      onlyWithinGuard: false,
      maximumCostIncreaseUsdPerMonth: 1,
    },
  ],
  htmlDigest: { from: 'Rightsizer <night@mail.example.com>', to: ['reader@example.com'] },
  channels: { slackSecretName: 'rightsizer/slack', pagerDutySecretName: 'rightsizer/pagerduty', linkInEvents: true },
  emails: ['approver@example.com', 'approver@example.com', 'second@example.com'],
  alarmEmails: ['operator@example.com'],
  logRetentionDays: 30,
  taskMemoryMb: { 'prepare-approvals': 3008, 'configure-alarms': 1024 },
  approvalPage: {
    requestsPerSecond: 3,
    burst: 4,
    oidcIssuer: 'https://issuer.example.com/pool',
    oidcClientId: 'client-1',
    oidcClientSecretArn: 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:rightsizer/oidc-a1B2c3',
  },
  autoScaling: {
    criticalConcurrency: 200,
    standardConcurrency: 20,
    minimumUnreserved: 150,
    concurrencyHeadroom: 0.5,
    lookbackDays: 30,
    tables: 'all',
    tableTargetPercent: 60,
    tableMinimumShare: 0.25,
    tableMaximumFactor: 8,
    provisionedTargetPercent: 50,
    provisionedMaximumFactor: 3,
  },
  coldStart: {
    mode: 'measured',
    wantedP99Ms: 1_500,
    warmUpEveryMinutes: 3,
    maximumEnvironments: 4,
    coverage: 0.8,
    provisionedBudgetUsdPerMonth: 50,
    lookbackDays: 7,
  },
  runbookUrl: 'https://wiki.example.com/rightsizer',
  tags: { team: 'platform' },
};

const template = synthesize(CONFIGURATION);
const schedule = template.single('AWS::Scheduler::Schedule').Properties;

it('hands every run the settings of its stage', () => {
  const {
    stackName: _s,
    region: _r,
    account: _a,
    scheduleEnabled: _e,
    emails: _m,
    alarmEmails: _o,
    logRetentionDays: _l,
    taskMemoryMb: _tm,
    approvalPage: _p,
    htmlDigest: _h,
    channels: _c,
    autoScaling: _as,
    coldStart: _cs,
    runbookUrl: _u,
    tags: _t,
    ...settings
  } = CONFIGURATION;
  const { RUN_SETTINGS: given } = template.task('start-run').resource.Properties.Environment.Variables;
  expect(JSON.parse(given)).toEqual(settings);
});

it('gives our own functions the memory that the configuration says, as versions of their own, and leaves the others as they are', () => {
  const { taskMemoryMb: _, ...without } = CONFIGURATION;
  const plain = synthesize(without);
  const changed = DEPLOYED_TASKS.filter(
    (task) => template.task(task).resource.Properties.MemorySize !== plain.task(task).resource.Properties.MemorySize,
  );
  expect(changed.toSorted()).toEqual(['configure-alarms', 'prepare-approvals']);
  expect(template.task('prepare-approvals').resource.Properties.MemorySize).toBe(3008);
  const versionsOf = (of: Template) => of.ofType('AWS::Lambda::Version').map(([id]) => id);
  expect(versionsOf(template).filter((id) => !versionsOf(plain).includes(id))).toEqual([
    expect.stringContaining('PrepareApprovals'),
    expect.stringContaining('ConfigureAlarms'),
  ]);
});

it('paces the batches of metrics by the share that reading has', () => {
  const night = JSON.stringify(template.ofType('AWS::StepFunctions::StateMachine'));
  expect(night).toMatch(/PaceBatch[^}]*Seconds\\*":2\b/);
});

it('hands the configuration workflows the settings of their stage', () => {
  const scaling = template.task('configure-auto-scaling').resource.Properties.Environment.Variables;
  const coldStarts = template.task('apply-cold-start-mitigation').resource.Properties.Environment.Variables;
  expect(JSON.parse(scaling.AUTO_SCALING_SETTINGS)).toEqual(CONFIGURATION.autoScaling);
  expect(JSON.parse(coldStarts.COLD_START_SETTINGS)).toEqual(CONFIGURATION.coldStart);
});

it('starts nights by the schedule, in its time zone, unless it is off', () => {
  expect(schedule).toMatchObject({
    ScheduleExpression: 'cron(30 1 ? * 2-6 *)',
    ScheduleExpressionTimezone: 'Europe/Berlin',
    State: 'DISABLED',
  });
  expect(synthesize().single('AWS::Scheduler::Schedule').Properties.State).toBe('ENABLED');
});

it('tells DiscoverFunctions the name of the stack, whose functions are left alone', () => {
  expect(template.task('discover-functions').resource.Properties.Environment.Variables.RIGHTSIZER_STACK_NAME).toBe(
    'Night-Shift',
  );
});

it('keeps every log, of functions, executions and the page, as long as asked', () => {
  const groups = template.ofType('AWS::Logs::LogGroup');
  expect(groups.length).toBeGreaterThan(10);
  expect(groups.filter(([, { Properties: group }]) => group.RetentionInDays !== 30).map(([id]) => id)).toEqual([]);
});

it('keeps decisions in the stream as long as somebody may wait for them', () => {
  expect(template.single('AWS::Lambda::EventSourceMapping').Properties.MaximumRecordAgeInSeconds).toBe(10 * 3600);
});

it('keeps what runs wrote as long as it is told', () => {
  expect(template.single('AWS::S3::Bucket').Properties.LifecycleConfiguration.Rules[0].ExpirationInDays).toBe(100);
});

it('sends digests to approvers and alarms to operators, each address once', () => {
  expect(subscriptions(template, 'Rightsizer')).toEqual(['approver@example.com', 'second@example.com']);
  expect(subscriptions(template, 'Rightsizer alarms')).toEqual(['operator@example.com']);
});

it('sends alarms to the approvers where no operators are named', () => {
  const { alarmEmails: _, ...without } = CONFIGURATION;
  expect(subscriptions(synthesize(without), 'Rightsizer alarms')).toEqual([
    'approver@example.com',
    'second@example.com',
  ]);
});

it('keeps the logs of tasks and page as long as it is told', () => {
  const tasks = template
    .ofType('AWS::Logs::LogGroup')
    .filter(([id]) => id.startsWith('Tasks') || id.startsWith('ApprovalPage'));
  expect(tasks.length).toBe(TASKS.length + 1);
  for (const [, group] of tasks) expect(group.Properties.RetentionInDays).toBe(30);
});

it('throttles the approval page as it is told', () => {
  expect(template.single('AWS::ApiGatewayV2::Stage').Properties.DefaultRouteSettings).toEqual({
    ThrottlingRateLimit: 3,
    ThrottlingBurstLimit: 4,
  });
});

it('links alarms to the stage’s own runbook and names them by its stack', () => {
  for (const [, { Properties: alarm }] of template.ofType('AWS::CloudWatch::Alarm')) {
    expect(alarm.AlarmName).toMatch(/^Night-Shift-/);
    expect(alarm.AlarmDescription).toContain(' Runbook: https://wiki.example.com/rightsizer#');
  }
});

it('tags what can be tagged', () => {
  for (const type of [
    'AWS::Lambda::Function',
    'AWS::DynamoDB::Table',
    'AWS::S3::Bucket',
    'AWS::SNS::Topic',
    'AWS::StepFunctions::StateMachine',
  ]) {
    for (const [, { Properties: properties }] of template.ofType(type)) {
      expect(properties.Tags).toContainEqual({ Key: 'team', Value: 'platform' });
    }
  }
});

it('sends the HTML digest as its sender to its readers, and may send as nobody else', () => {
  const { resource } = template.task('prepare-approvals');
  expect(JSON.parse(resource.Properties.Environment.Variables.DIGEST_SETTINGS)).toEqual({
    html: CONFIGURATION.htmlDigest,
    linkInEvents: true,
  });
  const sending = template
    .statementsOf('prepare-approvals')
    .filter(({ Action: actions }) => actions.includes('ses:SendEmail'));
  expect(sending.flatMap(({ Resource: resources }) => resources.map(text)).sort()).toEqual([
    'arn:aws:ses:eu-central-1:123456789012:identity/mail.example.com',
    'arn:aws:ses:eu-central-1:123456789012:identity/night@mail.example.com',
  ]);
  expect(synthesize().actionsOf('prepare-approvals')).not.toContain('ses:SendEmail');
});

it('tells the page where approvers sign in, and lets the issuer send them back', () => {
  const variables = (stage: Template) => stage.task('serve-page').resource.Properties.Environment.Variables;
  const routes = (stage: Template) =>
    stage.ofType('AWS::ApiGatewayV2::Route').map(([, { Properties: route }]) => route.RouteKey);
  expect(JSON.parse(variables(template).SIGN_IN_SETTINGS)).toEqual({
    issuer: 'https://issuer.example.com/pool',
    clientId: 'client-1',
    clientSecretArn: CONFIGURATION.approvalPage.oidcClientSecretArn,
  });
  expect(routes(template)).toEqual(expect.arrayContaining(['GET /signed-in', 'POST /runs/{linkId}/sign-out']));
  expect(variables(synthesize())).not.toHaveProperty('SIGN_IN_SETTINGS');
  expect(routes(synthesize()).filter((route) => /sign/.test(route))).toEqual([]);
});

it('lets the page read the secret of its client, and no other; nobody else may read any', () => {
  const reading = (stage: Template) =>
    DEPLOYED_TASKS.flatMap((task) =>
      stage
        .statementsOf(task)
        .filter(({ Action: actions }) => actions.some((action) => action.startsWith('secretsmanager:')))
        .map(({ Action: actions, Resource: resources }) => ({ task, actions, resources: resources.map(text) })),
    );
  expect(reading(template)).toEqual([
    {
      task: 'serve-page',
      actions: ['secretsmanager:GetSecretValue'],
      resources: [CONFIGURATION.approvalPage.oidcClientSecretArn],
    },
  ]);
  expect(reading(synthesize())).toEqual([]);
});

it('makes the channels that are configured, and none otherwise', () => {
  expect(template.ofType('AWS::Events::ApiDestination')).toHaveLength(2);
  const plain = synthesize();
  for (const type of ['AWS::Events::ApiDestination', 'AWS::Events::Connection', 'AWS::Events::Rule']) {
    expect(plain.ofType(type).filter(([id]) => id.startsWith('Channels'))).toEqual([]);
  }
});

it('deploys to the account and region it names', () => {
  const statement = template
    .statementsOf('apply-change')
    .find(({ Action: actions }) => actions.includes('lambda:UpdateFunctionConfiguration'));
  expect(statement?.Resource.map(text)).toEqual(['arn:aws:lambda:eu-central-1:123456789012:function:*']);
});

it('fails to synthesize with a wrong configuration', () => {
  expect(() => synthesize({ timeZone: 'Mars/Olympus', unknown: 1 })).toThrow(InvalidConfigurationError);
  expect(() => synthesize({ timeZone: 'Mars/Olympus', unknown: 1 })).toThrow(/timeZone.*Unrecognized key: "unknown"/);
});

function subscriptions(stage: Template, displayName: string): string[] {
  return stage
    .ofType('AWS::SNS::Subscription')
    .filter(
      ([, { Properties: subscription }]) =>
        stage.resources[subscription.TopicArn.Ref]?.Properties.DisplayName === displayName,
    )
    .map(([, { Properties: subscription }]) => String(subscription.Endpoint))
    .sort();
}
