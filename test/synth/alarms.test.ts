import { readFileSync } from 'node:fs';
import path from 'node:path';
import { anchorOf } from '../../infra/monitoring/alarm-registry.ts';
import { alarmsOf, PROJECT_ROOT, synthesize } from './template.ts';

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
