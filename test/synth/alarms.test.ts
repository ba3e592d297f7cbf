import { readFileSync } from 'node:fs';
import path from 'node:path';
import { anchorOf } from '../../infra/monitoring/alarm-registry.ts';
import type { TaskName } from '../../shared/constants.ts';
import type { RunSummary } from '../../shared/contracts/change.ts';
import { PROJECT_ROOT, type Resource, synthesize, type Template } from './template.ts';

const template = synthesize();
const alarms = alarmsOf(template);
const runbook = readFileSync(path.join(PROJECT_ROOT, 'docs/runbook.md'), 'utf8');
const sections = sectionsOf(runbook);

const NAMES = [
  'AlarmNotDelivered',
  'ApprovalPageFailing',
  'ApprovalsExpiringUnread',
  'DecisionDeliveryFailing',
  'DecisionNotDelivered',
  'DecisionsDelayed',
  'DigestReachesNobody',
  'EvidenceSourceAway',
  'ManyFunctionsFailed',
  'NightAborted',
  'NightDidNotStart',
  'NightFailed',
  'NightNotDelivered',
  'NightTimedOut',
  'NothingAssessed',
  'RemediationFailing',
  'TasksThrottled',
];

function alarmsOf({ resources }: Template): Map<string, Resource['Properties']> {
  const found = Object.values(resources).filter(({ Type: type }) => type === 'AWS::CloudWatch::Alarm');
  return new Map(
    found.map(({ Properties: properties }) => [String(properties.AlarmName).split('-').at(-1)!, properties]),
  );
}

/** Alarms that exist only where what they watch is configured. */
const CONFIGURED = [
  { name: 'NotificationNotDelivered', configuration: { channels: { slackSecretName: 'rightsizer/slack' } } },
];

/** Sections of the runbook by the anchor that Markdown renderers give their heading. */
function sectionsOf(markdown: string): Map<string, string> {
  const [, ...parts] = markdown.split(/^## /m);
  return new Map(
    parts.map((part) => [part.slice(0, part.indexOf('\n')).trim().toLowerCase().replace(/ /g, '-'), part]),
  );
}

it('watches executions, outcomes, starts, decisions, remediations and tasks', () => {
  expect([...alarms.keys()].sort()).toEqual(NAMES);
});

describe.each(NAMES)('%s', (name) => {
  it('carries the stack and its severity in its name', () => {
    expect(alarms.get(name)?.AlarmName).toMatch(/^Rightsizer-(high|low)-/);
  });

  it('mails the operators', () => {
    const [action] = alarms.get(name)?.AlarmActions ?? [];
    expect(template.resources[action?.Ref]).toMatchObject({
      Type: 'AWS::SNS::Topic',
      Properties: { DisplayName: 'Rightsizer alarms' },
    });
  });

  it('says what happened and leads to a section of the runbook that says what to do', () => {
    const description: string = alarms.get(name)?.AlarmDescription;
    expect(description).toMatch(/^[A-Z].*\. Runbook: /);
    expect(description.endsWith(`docs/runbook.md#${anchorOf(name)}`)).toBe(true);
    const section = sections.get(anchorOf(name));
    for (const heading of ['### Description', '### Investigation', '### Resolution'])
      expect(section).toContain(heading);
  });

  it('reads existing metrics', () => {
    const { Namespace: namespace, MetricName: metric, Metrics: expression } = alarms.get(name)!;
    const inputs = expression?.filter((each: { MetricStat?: unknown }) => each.MetricStat !== undefined).length ?? 1;
    expect(inputs).toBeLessThanOrEqual(10);
    expect(expression ?? [namespace, metric]).toEqual(expect.arrayContaining([expect.anything()]));
  });
});

it('may be published by CloudWatch to the operators’ topic', () => {
  const topic = alarms.get('NightFailed').AlarmActions[0].Ref;
  const policies = template
    .ofType('AWS::SNS::TopicPolicy')
    .filter(([, { Properties: policy }]) => policy.Topics.some((each: { Ref: string }) => each.Ref === topic));
  expect(policies.flatMap(([, { Properties: policy }]) => policy.PolicyDocument.Statement)).toContainEqual(
    expect.objectContaining({
      Effect: 'Allow',
      Action: 'sns:Publish',
      Principal: { Service: 'cloudwatch.amazonaws.com' },
      Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
    }),
  );
});

it('costs what docs/configuration.md says', () => {
  const metrics = [...alarms.values()].map(
    ({ Metrics: expression }) => expression?.filter((each: { MetricStat?: unknown }) => each.MetricStat).length ?? 1,
  );
  const count = metrics.reduce((sum, each) => sum + each, 0);
  const document = readFileSync(path.join(PROJECT_ROOT, 'docs/configuration.md'), 'utf8');
  // CloudWatch bills an alarm by the metrics it reads: 0.10 USD each a month in us-east-1.
  expect(document).toContain(`${count} metrics (${(count * 0.1).toFixed(2)} USD a month)`);
});

it('has no runbook section about an alarm that does not exist', () => {
  const withInvestigation = [...sections]
    .filter(([, section]) => section.includes('### Investigation'))
    .map(([anchor]) => anchor);
  const names = [...NAMES, ...CONFIGURED.map(({ name }) => name)];
  expect(withInvestigation.sort()).toEqual(names.map(anchorOf).sort());
});

it.each(CONFIGURED)('$name exists where it is configured, and not elsewhere', ({ name, configuration }) => {
  expect(alarms.has(name)).toBe(false);
  const configured = alarmsOf(synthesize(configuration)).get(name);
  expect(configured?.AlarmDescription.endsWith(`docs/runbook.md#${anchorOf(name)}`)).toBe(true);
  expect(configured?.AlarmActions).toHaveLength(1);
});

it.each(['Redrive a run', 'Cancel a run', 'Roll back a change', 'Pause the schedule'])('tells how to: %s', (title) => {
  expect([...sections.keys()]).toContain(title.toLowerCase().replace(/ /g, '-'));
});

const SUMMARY: RunSummary = {
  schemaVersion: 1,
  runId: 'scheduled-2026-11-01',
  runDate: '2026-11-01',
  reportKey: 'runs/scheduled-2026-11-01/report.json',
  counts: {
    discovered: 10,
    excluded: 0,
    assessed: 8,
    proposed: 3,
    approved: 2,
    rejected: 1,
    expired: 0,
    applied: 2,
    verified: 1,
    watching: 1,
    rolledBack: 0,
    refused: 0,
    failed: 2,
  },
  estimatedSavingsUsdPerMonth: 12,
  realizedSavingsUsdPerMonth: 3,
};

/** What Powertools finds in the function's environment; read once, when the task's module is first loaded. */
function enterPowertools(task: TaskName): void {
  const { Variables: variables } = template.task(task).resource.Properties.Environment;
  for (const name of ['POWERTOOLS_SERVICE_NAME', 'POWERTOOLS_METRICS_NAMESPACE']) process.env[name] = variables[name];
}

it('keeps the metrics of two stages apart, in alarms, dashboard and functions alike', () => {
  const namespacesOf = (stackName: string): string[] => {
    const { resources } = synthesize({ stackName });
    const everything = JSON.stringify(resources);
    return [...new Set(everything.match(/Rightsizer\/[\w-]+/g))].filter((each) => each !== 'Rightsizer/Application');
  };
  expect(namespacesOf('night-dev')).toEqual(['Rightsizer/night-dev']);
  expect(namespacesOf('night-prod')).toEqual(['Rightsizer/night-prod']);
});

it('ManyFunctionsFailed reads metrics as SummarizeRun publishes them', async () => {
  enterPowertools('summarize-run');
  const { metrics } = await import('../../shared/observability/metrics.ts');
  const { publishMetrics } = await import('../../tasks/night/summarize-run/publish-metrics.ts');
  publishMetrics(SUMMARY);
  const { _aws: published, ...values } = metrics.serializeMetrics();
  const [{ Namespace: namespace, Dimensions: dimensions, Metrics: names } = {}] =
    published.CloudWatchMetrics as never as {
      Namespace: string;
      Dimensions: string[][];
      Metrics: { Name: string }[];
    }[];
  const inputs = alarms
    .get('ManyFunctionsFailed')
    .Metrics.flatMap(({ MetricStat: stat }: { MetricStat?: { Metric: unknown } }) => stat?.Metric ?? []);
  expect(inputs).toHaveLength(2);
  for (const { Namespace: read, MetricName: name, Dimensions: by } of inputs) {
    expect(read).toBe(namespace);
    expect(names?.map(({ Name: each }) => each)).toContain(name);
    expect(by).toEqual(dimensions?.[0]?.map((dimension) => ({ Name: dimension, Value: values[dimension] })));
  }
});

it('EvidenceSourceAway reads the longest absence of one source as SummarizeRun publishes it', async () => {
  enterPowertools('summarize-run');
  const { metrics } = await import('../../shared/observability/metrics.ts');
  const { publishMetrics } = await import('../../tasks/night/summarize-run/publish-metrics.ts');
  const alarm = alarms.get('EvidenceSourceAway');
  const published = (nightsAway: Record<string, number>) => {
    metrics.clearMetrics();
    const unavailableSources = Object.entries(nightsAway).map(([source, nights]) => ({
      ...{ source, reason: 'denied', nightsAway: nights },
    }));
    publishMetrics({ ...SUMMARY, unavailableSources });
    return Number((metrics.serializeMetrics() as unknown as Record<string, unknown>)[alarm?.MetricName]);
  };
  expect(alarm).toMatchObject({ Statistic: 'Maximum', EvaluationPeriods: 1, TreatMissingData: 'ignore' });
  expect(alarm?.Threshold).toBe(published({ Tags: 3, Traffic: 1 }));
  expect(alarm?.Threshold).toBeGreaterThan(published({ Tags: 1, Traffic: 1, Callers: 1 }));
  expect(alarm?.Threshold).toBeGreaterThan(published({}));
});

it('DigestReachesNobody reads the metric as PrepareApprovals publishes it', async () => {
  enterPowertools('prepare-approvals');
  const { metrics } = await import('../../shared/observability/metrics.ts');
  const { publishReaders } = await import('../../tasks/night/prepare-approvals/publish-readers.ts');
  metrics.clearMetrics();
  publishReaders(0);
  const { _aws: published } = metrics.serializeMetrics();
  const [{ Namespace: namespace, Metrics: names } = {}] = published.CloudWatchMetrics as never as {
    Namespace: string;
    Metrics: { Name: string }[];
  }[];
  const { resource: task } = template.task('prepare-approvals');
  expect(alarms.get('DigestReachesNobody')).toMatchObject({
    Namespace: namespace,
    MetricName: names?.[0]?.Name,
    Dimensions: [{ Name: 'service', Value: task.Properties.Environment.Variables.POWERTOOLS_SERVICE_NAME }],
    Statistic: 'Minimum',
    Threshold: 1,
    ComparisonOperator: 'LessThanThreshold',
    TreatMissingData: 'notBreaching',
  });
});

describe('NightDidNotStart', () => {
  it('waits for the longest gap between two nights and two hours more', () => {
    expect(alarms.get('NightDidNotStart')).toMatchObject({
      Period: 3600,
      EvaluationPeriods: 26,
      Threshold: 1,
      ComparisonOperator: 'LessThanThreshold',
      TreatMissingData: 'breaching',
    });
    // The night at the end of daylight saving is 25 hours long.
    expect(alarmsOf(synthesize({ timeZone: 'Europe/Berlin' })).get('NightDidNotStart')).toMatchObject({
      EvaluationPeriods: 27,
    });
  });

  it('spans the weekend of a schedule that rests on it', () => {
    expect(alarmsOf(synthesize({ scheduleCron: '0 2 ? * MON-FRI *' })).get('NightDidNotStart')).toMatchObject({
      EvaluationPeriods: 74,
    });
  });

  it.each([
    ['the schedule is off', { scheduleEnabled: false }],
    ['the gap is longer than CloudWatch can look back', { scheduleCron: '0 2 1 * ? *' }],
  ])('does not exist where %s', (_, configuration) => {
    expect(alarmsOf(synthesize(configuration)).has('NightDidNotStart')).toBe(false);
  });
});
