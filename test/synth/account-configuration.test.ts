import { bundleTasks } from '../../infra/constructs/task-code.ts';
import { ACCOUNT_TASKS, type AccountTaskName, EXCLUDE_TAG, WARM_UP_TAG } from '../../shared/constants.ts';
import { synthesize, text } from './template.ts';

/** The configuration workflows, the operator API and the dashboard, as synthesized. */
const template = synthesize();
const bundles = bundleTasks();

/** The SDK's client packages that IAM calls otherwise. */
const IAM_PREFIX: Record<string, string> = {
  'cloudwatch-logs': 'logs',
  'application-auto-scaling': 'application-autoscaling',
  'resource-groups-tagging-api': 'tag',
  sfn: 'states',
};

/** What a task's bundled code can ask of AWS, as IAM actions. */
function callsIn(task: AccountTaskName): string[] {
  const calls = bundles.get(task)!.modules.flatMap((module) => {
    const match = /client-([^/]+)\/dist-es\/commands\/(\w+)Command\.js$/.exec(module);
    const action = match?.[2] === 'Invoke' ? 'InvokeFunction' : match?.[2];
    return match ? [`${IAM_PREFIX[match[1]!] ?? match[1]}:${action}`] : [];
  });
  return calls.filter((call) => !['dynamodb:DescribeEndpoints', 'dynamodb:Scan'].includes(call));
}

/** In a shared client beside what the task calls; nothing of these is granted. */
const NEVER_CALLED: Partial<Record<AccountTaskName, readonly string[]>> = {
  'configure-auto-scaling': [],
  'apply-cold-start-mitigation': [],
};

describe.each(ACCOUNT_TASKS)('%s', (task) => {
  it('may do everything that its code asks of AWS', () => {
    const granted = template.actionsOf(task);
    const needed = callsIn(task).filter((call) => !CARRIED_ALONG.includes(call) && !NEVER_CALLED[task]?.includes(call));
    expect(needed.filter((call) => !granted.includes(call))).toEqual([]);
  });
});

/** Commands of clients that the tasks' shared modules offer to others. */
const CARRIED_ALONG = [
  // Nothing is kept in a directory bucket, and only alarms are read again.
  's3:CreateSession',
  's3:GetObject',
  'lambda:ListProvisionedConcurrencyConfigs',
  'logs:DescribeLogGroups',
  'application-autoscaling:RegisterScalableTarget',
  'application-autoscaling:DeregisterScalableTarget',
  'application-autoscaling:PutScalingPolicy',
  'application-autoscaling:DeleteScalingPolicy',
  'application-autoscaling:DescribeScalingPolicies',
  'lambda:GetAccountSettings',
  'lambda:GetFunctionConcurrency',
  'lambda:PutFunctionConcurrency',
  'lambda:DeleteFunctionConcurrency',
];

describe('changing what opted out', () => {
  it.each([
    [
      'configure-auto-scaling',
      [
        'lambda:DeleteFunctionConcurrency',
        'lambda:DeleteProvisionedConcurrencyConfig',
        'lambda:PutFunctionConcurrency',
        'lambda:PutProvisionedConcurrencyConfig',
      ],
    ],
    [
      'apply-cold-start-mitigation',
      ['lambda:DeleteProvisionedConcurrencyConfig', 'lambda:PutProvisionedConcurrencyConfig'],
    ],
  ] as const)('is refused by IAM to %s', (task, actions) => {
    const denied = template.statementsOf(task).filter(({ Effect: effect }) => effect === 'Deny');
    expect(denied.map(({ Action: each }) => [...each].sort())).toEqual([actions]);
    expect(denied[0]!.Condition).toMatchObject({ Null: { [`aws:ResourceTag/${EXCLUDE_TAG}`]: 'false' } });
  });
});

describe('the warmer', () => {
  it('may call functions that are tagged for it, and no others', () => {
    const calling = template
      .statementsOf('warm-up')
      .filter(({ Action: actions }) => actions.includes('lambda:InvokeFunction'));
    expect(calling).toHaveLength(1);
    expect(calling[0]!.Condition).toEqual({ Null: { [`aws:ResourceTag/${WARM_UP_TAG}`]: 'false' } });
  });

  it('is called by schedules whose role can do nothing else', () => {
    const { WARM_UP_ROLE_ARN: role } =
      template.task('apply-cold-start-mitigation').resource.Properties.Environment.Variables;
    const statements = template.statementsOfRole(role['Fn::GetAtt'][0]);
    expect(statements.flatMap(({ Action: actions }) => actions)).toEqual(['lambda:InvokeFunction']);
    expect(statements[0]!.Resource.map(text).every((each) => each.includes(template.task('warm-up').logicalId))).toBe(
      true,
    );
  });
});

describe('the operator API', () => {
  const routes = template
    .ofType('AWS::ApiGatewayV2::Route')
    .map(([, { Properties: properties }]) => properties)
    .filter(({ RouteKey: key }) => !key.includes('/runs/'));

  it('has a signed route for each workflow', () => {
    expect(routes.map(({ RouteKey: key }) => key).sort()).toEqual([
      'POST /alarms',
      'POST /auto-scaling',
      'POST /cold-start',
      'POST /optimizer',
    ]);
    expect(new Set(routes.map(({ AuthorizationType: type }) => type))).toEqual(new Set(['AWS_IAM']));
  });

  it('may start each workflow, and read only its executions', () => {
    const actions = template.actionsOf('operate').filter((action) => action.startsWith('states:'));
    expect(actions).toEqual(['states:DescribeExecution', 'states:StartExecution']);
    const started = template
      .statementsOf('operate')
      .filter(({ Action: each }) => each.includes('states:StartExecution'))
      .flatMap(({ Resource: resources }) => resources.map(text));
    expect(started).toHaveLength(routes.length);
    expect(started.every((arn) => /^<\w+>$/.test(arn))).toBe(true);
  });

  it('may auto-apply only where the stage has a policy for it', () => {
    const settingsOf = (stage: Record<string, unknown>) =>
      text(synthesize(stage).task('operate').resource.Properties.Environment.Variables.OPERATOR_SETTINGS);
    const rule = {
      name: 'batch',
      tags: { tier: 'batch' },
      maximumRisk: 'Low',
      maximumMemoryChange: 0.25,
      maximumCostIncreaseUsdPerMonth: 1,
    };
    expect(settingsOf({})).toContain('"mayAutoApply":false');
    expect(settingsOf({ autoApprovalRules: [rule] })).toContain('"mayAutoApply":true');
  });
});

describe('the dashboard', () => {
  const body = JSON.parse(
    text(template.single('AWS::CloudWatch::Dashboard').Properties.DashboardBody).replace(/<[\w:.]+>/g, 'reference'),
  ) as {
    widgets: {
      x: number;
      y: number;
      width: number;
      height: number;
      properties: { title?: string; markdown?: string };
    }[];
  };
  const titles = body.widgets.map(({ properties }) => properties.title ?? '');

  it.each([
    'Response time by function, average',
    'Response time by function, p95',
    'Response time by function, p99',
    'Error rate by function',
    'Cache hit rate by function',
    'Concurrent users, and cost per user and month',
    'Lambda throttles',
    'DynamoDB throttles',
    'Savings of a night',
    'Changes by outcome',
    'Calibration',
    'Nights',
    'Alarms on Rightsizer',
  ])('shows %s', (title) => {
    expect(titles.filter((each) => each.startsWith(title))).toHaveLength(1);
  });

  it('begins with what it is, how to read it, and what to do', () => {
    const { markdown = '' } = body.widgets[0]!.properties;
    for (const words of ['verifies it in production', '*realized*', 'rightsizer doctor', 'ScheduleName', EXCLUDE_TAG])
      expect(markdown).toContain(words);
  });

  it('has no two widgets in one place', () => {
    const cells = body.widgets.flatMap(({ x, y, width, height }) =>
      Array.from({ length: width * height }, (_, cell) => `${x + (cell % width)},${y + Math.floor(cell / width)}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
  });

  it('watches every alarm of the stack', () => {
    const widget = body.widgets.find(({ properties }) => properties.title === 'Alarms on Rightsizer')!;
    const { alarms } = widget.properties as { alarms: string[] };
    // Beside them those of the catalogue on the pipeline, which ConfigureAlarms makes.
    expect(alarms.length).toBeGreaterThanOrEqual(template.ofType('AWS::CloudWatch::Alarm').length);
  });
});
