import { ArnFormat, type Stack } from 'aws-cdk-lib';
import { Effect, Grant, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { type AlarmTaskName, EXCLUDE_TAG } from '../../../shared/constants.ts';
import { acceptFinding, arnInFinding, wildcardResource } from '../accepted-finding.ts';

/**
 * What the alarm tasks may do with the customer's resources. Apart from the night's permissions, because it is more:
 * remediation also raises concurrency and table capacity.
 */
type Scope = 'functions' | 'tables' | 'queues' | 'log-groups' | 'alarms' | 'every-alarm' | 'unsupported';

interface Permission {
  actions: readonly string[];
  scope: Scope;
}

const allow = (scope: Scope, ...actions: string[]): Permission => ({ actions, scope });

/** Changes a function's memory and timeout, its concurrency, a table's capacity. Only `remediate` has these. */
const CHANGING: readonly Permission[] = [
  allow(
    'functions',
    'lambda:UpdateFunctionConfiguration',
    'lambda:PutFunctionConcurrency',
    'lambda:DeleteFunctionConcurrency',
    'lambda:PutProvisionedConcurrencyConfig',
    // Leads an alias back to the version before a change of the night.
    'lambda:UpdateAlias',
  ),
  allow('tables', 'dynamodb:UpdateTable'),
  allow('unsupported', 'application-autoscaling:RegisterScalableTarget'),
];

const READING_CAPACITY: readonly Permission[] = [
  allow('functions', 'lambda:GetFunction', 'lambda:GetFunctionConcurrency', 'lambda:GetProvisionedConcurrencyConfig'),
  allow('tables', 'dynamodb:DescribeTable'),
  allow('unsupported', 'application-autoscaling:DescribeScalableTargets'),
];

const PERMISSIONS: Readonly<Record<AlarmTaskName, readonly Permission[]>> = {
  'configure-alarms': [
    allow(
      'unsupported',
      'lambda:ListFunctions',
      'tag:GetResources',
      'lambda:ListEventSourceMappings',
      'dynamodb:ListTables',
    ),
    allow('functions', 'lambda:ListProvisionedConcurrencyConfigs'),
    allow('alarms', 'cloudwatch:DescribeAlarms', 'cloudwatch:PutMetricAlarm', 'cloudwatch:DeleteAlarms'),
  ],
  'classify-alarm': [
    ...READING_CAPACITY,
    // Lambda leaves a function's tags out of GetFunction's answer to those who may not list them.
    allow('functions', 'lambda:ListAliases', 'lambda:ListProvisionedConcurrencyConfigs', 'lambda:ListTags'),
    // How long those who call a function wait for it bounds its timeout.
    allow('functions', 'lambda:GetPolicy'),
    allow('queues', 'sqs:GetQueueUrl', 'sqs:GetQueueAttributes'),
    allow(
      'unsupported',
      'lambda:GetAccountSettings',
      'lambda:ListEventSourceMappings',
      'cloudwatch:GetMetricData',
      'logs:GetQueryResults',
      'logs:StopQuery',
    ),
    allow('log-groups', 'logs:StartQuery'),
  ],
  remediate: [
    ...READING_CAPACITY,
    ...CHANGING,
    allow('functions', 'lambda:GetAlias'),
    allow('alarms', 'cloudwatch:DescribeAlarms', 'cloudwatch:PutMetricAlarm'),
  ],
  'verify-alarm-cleared': [
    // DescribeAlarms answers composite alarms only to those who may describe all.
    allow('every-alarm', 'cloudwatch:DescribeAlarms'),
    allow('alarms', 'cloudwatch:DescribeAlarmContributors'),
  ],
  'record-remediation': [],
};

/** Actions that no resource can narrow (test/synth holds the templates to it). */
export const ALARM_ACTIONS_WITHOUT_RESOURCES: readonly string[] = Object.values(PERMISSIONS)
  .flat()
  .filter(({ scope }) => scope === 'unsupported')
  .flatMap(({ actions }) => actions);

const REASONS: Readonly<Record<Scope, string>> = {
  functions: 'Any function may be the one in trouble; the opt-out tag is refused by IAM',
  tables: 'Any table may be the one in trouble',
  queues: 'Any queue may feed the function in trouble',
  'log-groups': 'A function may log to any log group of the account',
  alarms: 'Alarms are compared by their prefix, and CloudWatch describes by prefix only to those who may describe all',
  'every-alarm': 'Composite alarms are described only to those who may describe all; it changes nothing',
  unsupported: 'The API supports no resource-level permission',
};

/** Grants an alarm task what it needs of the customer's resources, and accepts cdk-nag's findings on that with their reasons. */
export function grantAlarmTask(task: IFunction, name: AlarmTaskName, stack: Stack): void {
  for (const { actions, scope } of PERMISSIONS[name]) {
    const resource = resourceOf(scope, stack);
    acceptFinding(task.role!, wildcardResource(arnInFinding(resource, stack)), REASONS[scope]);
    Grant.addToPrincipal({ grantee: task, actions: [...actions], resourceArns: [resource] });
  }
  if (name === 'remediate') task.addToRolePolicy(denyExcluded(stack));
}

/** Whatever the code thinks, IAM refuses to change a function that opted out, our own among them. */
function denyExcluded(stack: Stack): PolicyStatement {
  return new PolicyStatement({
    effect: Effect.DENY,
    actions: CHANGING.filter(({ scope }) => scope === 'functions').flatMap(({ actions }) => actions),
    resources: [resourceOf('functions', stack)],
    conditions: {
      Null: { [`aws:ResourceTag/${EXCLUDE_TAG}`]: 'false' },
      StringNotEqualsIgnoreCase: { [`aws:ResourceTag/${EXCLUDE_TAG}`]: 'false' },
    },
  });
}

function resourceOf(scope: Scope, stack: Stack): string {
  const every = { resourceName: '*', arnFormat: ArnFormat.COLON_RESOURCE_NAME };
  switch (scope) {
    case 'functions':
      return stack.formatArn({ ...every, service: 'lambda', resource: 'function' });
    case 'tables':
      return stack.formatArn({ service: 'dynamodb', resource: 'table', resourceName: '*' });
    case 'queues':
      return stack.formatArn({ service: 'sqs', resource: '*' });
    case 'log-groups':
      return stack.formatArn({ ...every, service: 'logs', resource: 'log-group' });
    case 'alarms':
      return stack.formatArn({ ...every, service: 'cloudwatch', resource: 'alarm' });
    case 'every-alarm':
    case 'unsupported':
      return '*';
  }
}
