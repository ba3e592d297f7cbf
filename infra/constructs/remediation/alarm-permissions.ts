import type { Stack } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { AlarmTaskName } from '../../../shared/constants.ts';
import {
  actionsWithoutResources,
  allow,
  denyOnExcludedFunctions,
  grantScoped,
  type Permission,
  type ScopeReasons,
} from '../scoped-permissions.ts';

/*
 * What the alarm tasks may do with the customer's resources. Apart from the night's permissions, because it is more:
 * remediation also raises concurrency and table capacity.
 */

/** Changes a function's memory and timeout, its concurrency, a table's capacity. Only `remediate` has these. */
const CHANGING: readonly Permission[] = [
  allow(
    'functions',
    'lambda:UpdateFunctionConfiguration',
    'lambda:PutFunctionConcurrency',
    'lambda:PutProvisionedConcurrencyConfig',
    // Leads an alias back to the version before a change of the night.
    'lambda:UpdateAlias',
  ),
  allow('tables', 'dynamodb:UpdateTable'),
  allow('scalable-targets', 'application-autoscaling:RegisterScalableTarget'),
];

const READING_CAPACITY: readonly Permission[] = [
  allow('functions', 'lambda:GetFunction'),
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
    allow('functions', 'lambda:GetAlias', 'lambda:GetFunctionConcurrency', 'lambda:GetProvisionedConcurrencyConfig'),
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
export const ALARM_ACTIONS_WITHOUT_RESOURCES = actionsWithoutResources(Object.values(PERMISSIONS).flat());

const REASONS: ScopeReasons = {
  functions: 'Any function may be the one in trouble; the opt-out tag is refused by IAM',
  tables: 'Any table may be the one in trouble',
  queues: 'Any queue may feed the function in trouble',
  'log-groups': 'A function may log to any log group of the account',
  'scalable-targets': 'A target’s id is made when it is registered',
  alarms: 'Alarms are compared by their prefix, and CloudWatch describes by prefix only to those who may describe all',
  'every-alarm': 'Composite alarms are described only to those who may describe all; it changes nothing',
  unsupported: 'The API supports no resource-level permission',
};

/** Grants an alarm task what it needs of the customer's resources, and accepts cdk-nag's findings on that with their reasons. */
export function grantAlarmTask(task: IFunction, name: AlarmTaskName, stack: Stack): void {
  grantScoped(task, PERMISSIONS[name], REASONS, stack);
  if (name !== 'remediate') return;
  const changing = CHANGING.filter(({ scope }) => scope === 'functions').flatMap(({ actions }) => actions);
  task.addToRolePolicy(denyOnExcludedFunctions(changing, stack));
}
