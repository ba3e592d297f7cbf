import { readFileSync } from 'node:fs';
import path from 'node:path';
import validate from 'asl-validator';
import { Stack } from 'aws-cdk-lib';
import { Template as Assertions } from 'aws-cdk-lib/assertions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { bundleTasks } from '../../infra/constructs/task-code.ts';
import { TASK_METADATA } from '../../infra/constructs/task-function.ts';
import { catalogueAlarm } from '../../infra/monitoring/catalogue-alarm.ts';
import { synthesizeWithAlarms } from '../../sandbox/demos/remediation/template.ts';
import { alarmInput } from '../../shared/clients/cloudwatch-alarms/alarm-input.ts';
import { linkKey, proposalKey, remediationKey } from '../../shared/clients/ledger/keys.ts';
import { ALARM_TASKS, type AlarmTaskName } from '../../shared/constants.ts';
import type { AlarmTarget } from '../../shared/contracts/alarms.ts';
import { runbookAnchor, runbookHeading } from '../../shared/domain/configuration/alarms/alarm-names.ts';
import { ALARM_CATALOGUE, alarmsFor } from '../../shared/domain/configuration/alarms/catalogue.ts';
import { questionRunId } from '../../shared/domain/remediation/question.ts';
import { alarmSettings } from '../support/alarm-settings.ts';
import { NOW, Template } from './template.ts';

const { template: synthesized, remediationId } = synthesizeWithAlarms(NOW);
const template = new Template(synthesized.Resources as ConstructorParameters<typeof Template>[0]);
const bundles = bundleTasks();

const IAM_PREFIX: Record<string, string> = {
  'cloudwatch-logs': 'logs',
  eventbridge: 'events',
  'resource-groups-tagging-api': 'tag',
  'application-auto-scaling': 'application-autoscaling',
  sfn: 'states',
};
/** Commands of clients that a task's bundle carries beside those it sends. */
const NEVER_SENT: Partial<Record<AlarmTaskName, readonly string[]>> = {
  'configure-alarms': ['cloudwatch:DescribeAlarmContributors', 'sns:CreateTopic', 's3:CreateSession'],
  'classify-alarm': [
    'lambda:PutFunctionConcurrency',
    'lambda:DeleteFunctionConcurrency',
    'lambda:PutProvisionedConcurrencyConfig',
    'lambda:DeleteProvisionedConcurrencyConfig',
    'lambda:ListFunctions',
    'lambda:GetFunctionConcurrency',
    'lambda:GetProvisionedConcurrencyConfig',
    'dynamodb:UpdateTable',
    'dynamodb:ListTables',
    'dynamodb:PutItem',
    'dynamodb:UpdateItem',
    'application-autoscaling:RegisterScalableTarget',
    'logs:DescribeLogGroups',
  ],
  remediate: [
    'cloudwatch:DeleteAlarms',
    'cloudwatch:DescribeAlarmContributors',
    'lambda:GetAccountSettings',
    'lambda:ListProvisionedConcurrencyConfigs',
    'lambda:DeleteProvisionedConcurrencyConfig',
    'lambda:DeleteFunctionConcurrency',
  ],
  'verify-alarm-cleared': ['cloudwatch:PutMetricAlarm', 'cloudwatch:DeleteAlarms'],
};
const INSIDE_THE_SDK = ['dynamodb:DescribeEndpoints', 'dynamodb:Scan'];

const statementsOf = (task: AlarmTaskName) => {
  const found = template.ofType('AWS::Lambda::Function').find(([, each]) => each.Metadata?.[TASK_METADATA] === task);
  return template.statementsOfRole(found![1].Properties.Role['Fn::GetAtt'][0]);
};
const actionsOf = (task: AlarmTaskName) =>
  statementsOf(task)
    .filter(({ Effect: effect }) => effect === 'Allow')
    .flatMap(({ Action: actions }) => actions);

function callsIn(task: AlarmTaskName): string[] {
  return bundles.get(task)!.modules.flatMap((module) => {
    const match = /client-([^/]+)\/dist-es\/commands\/(\w+)Command\.js$/.exec(module);
    const call = match && `${IAM_PREFIX[match[1]!] ?? match[1]}:${match[2]}`;
    return call && !INSIDE_THE_SDK.includes(call) ? [call] : [];
  });
}

describe.each(ALARM_TASKS)('%s', (task) => {
  it('may do everything that its code asks of AWS, and nothing of what it only carries', () => {
    const never = NEVER_SENT[task] ?? [];
    expect(callsIn(task).filter((call) => !never.includes(call) && !actionsOf(task).includes(call))).toEqual([]);
    expect(never.filter((call) => actionsOf(task).includes(call))).toEqual([]);
  });

  it('has all the variables it reads', () => {
    const [, { Properties: properties }] = template
      .ofType('AWS::Lambda::Function')
      .find(([, each]) => each.Metadata?.[TASK_METADATA] === task)!;
    for (const value of Object.values(properties.Environment.Variables)) expect(value).not.toBe('');
  });
});

describe('changing a customer’s resource on an alarm', () => {
  const CHANGING = /^(lambda:(Update|Put|Delete)|dynamodb:UpdateTable|application-autoscaling:Register)/;

  it('is granted to Remediate alone', () => {
    const changers = ALARM_TASKS.filter((task) => actionsOf(task).some((action) => CHANGING.test(action)));
    expect(changers).toEqual(['remediate']);
  });

  it('is refused by IAM for a function that opted out', () => {
    const [deny] = statementsOf('remediate').filter(({ Effect: effect }) => effect === 'Deny');
    expect(deny?.Action).toEqual(actionsOf('remediate').filter((action) => /^lambda:(Update|Put|Delete)/.test(action)));
    expect(JSON.stringify(deny?.Condition)).toContain('rightsizer:exclude');
  });
});

describe('the rule on alarms', () => {
  const rule = template
    .ofType('AWS::Events::Rule')
    .map(([, each]) => each.Properties)
    .find(({ EventPattern: pattern }) => pattern?.source?.includes('aws.cloudwatch'));

  it('takes both kinds of event, of alarms of ours that fire, and no others', () => {
    expect(rule?.EventPattern).toEqual({
      source: ['aws.cloudwatch'],
      'detail-type': ['CloudWatch Alarm State Change', 'CloudWatch Alarm Contributor State Change'],
      detail: { alarmName: [{ prefix: 'Rightsizer.' }], state: { value: ['ALARM'] } },
    });
  });

  it('starts the remediation, and keeps what it could not deliver', () => {
    expect(rule?.Targets).toEqual([
      expect.objectContaining({ Arn: { Ref: remediationId }, DeadLetterConfig: expect.anything() }),
    ]);
  });
});

it('gives every Task of the alarm workflows, which are valid, a comment, a timeout, a retry and a catch', () => {
  const machines = template
    .ofType('AWS::StepFunctions::StateMachine')
    .filter(([id]) => id.startsWith('FunctionAlarms'))
    .map(([, each]) => JSON.parse(flatten(each.Properties.DefinitionString)));
  expect(machines).toHaveLength(2);
  for (const machine of machines) expect(validate(machine).errors).toEqual([]);
  for (const { States: states } of machines) {
    for (const state of Object.values<Record<string, unknown>>(states).filter(({ Type: type }) => type === 'Task')) {
      expect(Object.keys(state)).toEqual(expect.arrayContaining(['Comment', 'TimeoutSeconds', 'Retry', 'Catch']));
    }
  }
});

describe('alarms of the catalogue', () => {
  const settings = alarmSettings({ services: ['campus'] });
  const targets: AlarmTarget[] = [
    { kind: 'function', functionName: 'orders-api', timeoutSeconds: 30, alias: 'live', consumesStream: true },
    { kind: 'fleet', functionCount: 10 },
    { kind: 'account' },
    { kind: 'table', tableName: 'orders' },
    { kind: 'queue', queueName: 'jobs' },
    { kind: 'application', service: 'campus' },
    { kind: 'pipeline' },
  ];
  const definitions = targets.flatMap((target) => alarmsFor(target, settings));
  const stack = new Stack();
  const topic = new Topic(stack, 'Topic');
  for (const definition of definitions) catalogueAlarm(stack, definition.name, { definition, topic });
  const rendered = Object.values<{ Type: string; Properties: Record<string, unknown> }>(
    Assertions.fromStack(stack).toJSON()['Resources'],
  ).filter(({ Type: type }) => type === 'AWS::CloudWatch::Alarm');
  const runbook = readFileSync(path.join(__dirname, '../../docs/runbook.md'), 'utf8');

  it.each(ALARM_CATALOGUE.map(({ id }) => id))('make %s an alarm with an action and a runbook heading', (id) => {
    const alarms = rendered.filter(({ Properties: properties }) => String(properties['AlarmName']).includes(`.${id}.`));
    expect(alarms.length).toBeGreaterThan(0);
    for (const { Properties: properties } of alarms) {
      expect(properties['AlarmActions']).toHaveLength(1);
      expect(properties['AlarmDescription']).toContain(`#${runbookAnchor(id)}`);
      expect(properties['TreatMissingData']).toBeDefined();
    }
    expect(runbook).toMatch(new RegExp(`^#+ ${runbookHeading(id)}$`, 'm'));
  });

  it('have the same settings by CloudFormation as by API', () => {
    const byApi = (definition: (typeof definitions)[number]) =>
      JSON.parse(JSON.stringify(alarmInput(definition, 'topic')));
    for (const definition of definitions) {
      const { Properties: properties } = rendered.find(
        ({ Properties: each }) => each['AlarmName'] === definition.name,
      )!;
      const { ActionsEnabled: _default, ...wanted } = byApi(definition);
      expect({ ...properties, AlarmActions: ['topic'], OKActions: ['topic'] }).toEqual(wanted);
    }
  });

  it('on the pipeline itself stand in the stack, under names that start no remediation', () => {
    const names = template.ofType('AWS::CloudWatch::Alarm').map(([, each]) => String(each.Properties.AlarmName));
    for (const name of [
      'Rightsizer-high-NothingAssessed',
      'Rightsizer-low-ApprovalsExpiringUnread',
      'Rightsizer-high-RemediationFailing',
    ])
      expect(names).toContain(name);
    expect(names.filter((name) => name.startsWith('Rightsizer.'))).toEqual([]);
  });
});

/** Stands for whatever the template refers to. */
const FUNCTION_ARN = 'arn:aws:lambda:us-east-1:123456789012:function:task:1';

function flatten(value: { 'Fn::Join'?: [string, unknown[]] } | string): string {
  if (typeof value === 'string') return value;
  return value['Fn::Join']![1].map((part) => (typeof part === 'string' ? part : FUNCTION_ARN)).join('');
}

describe('the ledger’s partitions', () => {
  const [remediation, question, link] = [
    remediationKey('event-1').pk,
    proposalKey(questionRunId('event-1'), 'orders').pk,
    linkKey('hash').pk,
  ];

  it.each([
    ['remediate', [remediation, question, link]],
    ['record-remediation', [remediation, question]],
    ['deliver-decision', [remediation, question]],
  ])('are open to %s where it asks, answers and is answered', (task, written) => {
    const patterns = writablePartitions(task);
    for (const key of written) expect(patterns.some((each) => key.startsWith(each.replace(/\*$/, '')))).toBe(true);
  });

  it('of a night’s runs are closed to remediation', () => {
    const night = proposalKey('scheduled-2026-11-23', 'orders').pk;
    for (const task of ['remediate', 'record-remediation']) {
      expect(writablePartitions(task).some((each) => night.startsWith(each.replace(/\*$/, '')))).toBe(false);
    }
  });
});

interface LeadingKeys {
  'ForAllValues:StringLike'?: { 'dynamodb:LeadingKeys'?: string[] };
}

/** Beginnings of the partition keys that IAM lets a task write. */
function writablePartitions(task: string): string[] {
  const found = template.ofType('AWS::Lambda::Function').find(([, each]) => each.Metadata?.[TASK_METADATA] === task);
  return template
    .statementsOfRole(found![1].Properties.Role['Fn::GetAtt'][0])
    .flatMap(
      ({ Condition: condition = {} }) =>
        (condition as LeadingKeys)['ForAllValues:StringLike']?.['dynamodb:LeadingKeys'] ?? [],
    );
}
