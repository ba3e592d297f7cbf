import type { Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { type AccountTaskName, WARM_UP_TAG } from '../../../shared/constants.ts';
import { acceptFinding, arnInFinding, wildcardResource } from '../accepted-finding.ts';
import {
  actionsWithoutResources,
  allow,
  denyOnExcludedFunctions,
  grantScoped,
  type Permission,
  resourceOf,
  type ScopeReasons,
} from '../scoped-permissions.ts';

/* What the configuration tasks may do with the customer's resources; tags decide which of them are touched. */

const CHANGING_RESERVATIONS = allow('functions', 'lambda:PutFunctionConcurrency', 'lambda:DeleteFunctionConcurrency');
const CHANGING_PROVISIONED = allow(
  'functions',
  'lambda:PutProvisionedConcurrencyConfig',
  'lambda:DeleteProvisionedConcurrencyConfig',
);

/**
 * Application Auto Scaling asks of whoever registers a target or a policy that they might do themselves what it will
 * do for them.
 * @see https://docs.aws.amazon.com/autoscaling/application/userguide/security_iam_id-based-policy-examples.html
 */
const ON_BEHALF: readonly Permission[] = [
  allow('tables', 'dynamodb:DescribeTable', 'dynamodb:UpdateTable'),
  allow('functions', 'lambda:GetProvisionedConcurrencyConfig'),
  CHANGING_PROVISIONED,
  allow('alarms', 'cloudwatch:DescribeAlarms', 'cloudwatch:PutMetricAlarm', 'cloudwatch:DeleteAlarms'),
];

const PERMISSIONS: Readonly<Record<AccountTaskName, readonly Permission[]>> = {
  'configure-auto-scaling': [
    allow(
      'unsupported',
      'lambda:ListFunctions',
      'lambda:GetAccountSettings',
      'tag:GetResources',
      'cloudwatch:GetMetricData',
      'dynamodb:ListTables',
      'application-autoscaling:DescribeScalableTargets',
      'application-autoscaling:DescribeScalingPolicies',
    ),
    allow(
      'scalable-targets',
      'application-autoscaling:RegisterScalableTarget',
      'application-autoscaling:DeregisterScalableTarget',
      'application-autoscaling:PutScalingPolicy',
      'application-autoscaling:DeleteScalingPolicy',
    ),
    allow('functions', 'lambda:GetFunctionConcurrency', 'lambda:ListProvisionedConcurrencyConfigs'),
    CHANGING_RESERVATIONS,
    ...ON_BEHALF,
  ],
  'apply-cold-start-mitigation': [
    allow(
      'unsupported',
      'lambda:ListFunctions',
      'tag:GetResources',
      'cloudwatch:GetMetricData',
      'application-autoscaling:DescribeScalableTargets',
      'pricing:GetProducts',
      'logs:GetQueryResults',
      'logs:StopQuery',
    ),
    allow('log-groups', 'logs:StartQuery'),
    allow('functions', 'lambda:ListAliases', 'lambda:GetProvisionedConcurrencyConfig'),
    CHANGING_PROVISIONED,
    allow(
      'schedules',
      'scheduler:GetSchedule',
      'scheduler:CreateSchedule',
      'scheduler:UpdateSchedule',
      'scheduler:DeleteSchedule',
    ),
  ],
  'warm-up': [],
  operate: [],
};

/** Actions that no resource can narrow (test/synth holds the templates to it). */
export const CONFIGURATION_ACTIONS_WITHOUT_RESOURCES = actionsWithoutResources(Object.values(PERMISSIONS).flat());

/** What a function that opted out is protected from, whatever the code thinks. */
const CHANGING: Partial<Record<AccountTaskName, readonly Permission[]>> = {
  'configure-auto-scaling': [CHANGING_RESERVATIONS, CHANGING_PROVISIONED],
  'apply-cold-start-mitigation': [CHANGING_PROVISIONED],
};

const REASONS: ScopeReasons = {
  functions: 'Any function may be the one tagged; the opt-out tag is refused by IAM',
  tables: 'Any table may be the one tagged',
  'log-groups': 'A function may log to any log group of the account',
  schedules: 'The schedules whose names begin with the stack’s',
  'scalable-targets': 'A target’s id is made when it is registered',
  alarms: 'Application Auto Scaling names the alarms it makes for a policy',
  unsupported: 'The API supports no resource-level permission',
};

/** Grants a configuration task what it needs of the customer's resources, and accepts cdk-nag's findings on that. */
export function grantAccountTask(task: IFunction, name: AccountTaskName, stack: Stack): void {
  grantScoped(task, PERMISSIONS[name], REASONS, stack);
  const changing = CHANGING[name]?.flatMap(({ actions }) => actions);
  if (changing !== undefined) task.addToRolePolicy(denyOnExcludedFunctions(changing, stack));
  if (name === 'configure-auto-scaling') task.addToRolePolicy(serviceLinkedRoles(stack));
  if (name === 'warm-up') callingTagged(task, stack);
}

/** Lets the warmer call functions whose owners tagged them as knowing its calls, and no others. */
function callingTagged(task: IFunction, stack: Stack): void {
  const functions = resourceOf('functions', stack);
  acceptFinding(task.role!, wildcardResource(arnInFinding(functions, stack)), `Only those tagged ${WARM_UP_TAG}`);
  task.addToRolePolicy(
    new PolicyStatement({
      actions: ['lambda:InvokeFunction'],
      resources: [functions],
      conditions: { Null: { [`aws:ResourceTag/${WARM_UP_TAG}`]: 'false' } },
    }),
  );
}

/** Application Auto Scaling makes its own roles when the first target of a kind is registered. */
function serviceLinkedRoles(stack: Stack): PolicyStatement {
  const services = ['dynamodb', 'lambda'].map((service) => `${service}.application-autoscaling.amazonaws.com`);
  return new PolicyStatement({
    actions: ['iam:CreateServiceLinkedRole'],
    resources: [
      stack.formatArn({ service: 'iam', region: '', resource: 'role', resourceName: 'aws-service-role/SERVICE/ROLE' }),
    ].flatMap((arn) => [
      arn.replace('SERVICE/ROLE', `${services[0]}/AWSServiceRoleForApplicationAutoScaling_DynamoDBTable`),
      arn.replace('SERVICE/ROLE', `${services[1]}/AWSServiceRoleForApplicationAutoScaling_LambdaConcurrency`),
    ]),
    conditions: { StringLike: { 'iam:AWSServiceName': services } },
  });
}
