import { ArnFormat, type Stack } from 'aws-cdk-lib';
import { Effect, Grant, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { type AccountTaskName, EXCLUDE_TAG, WARM_UP_TAG } from '../../../shared/constants.ts';
import { acceptFinding, arnInFinding, wildcardResource } from '../accepted-finding.ts';

/** What the configuration tasks may do with the customer's resources; tags decide which of them are touched. */
type Scope = 'functions' | 'tables' | 'log-groups' | 'schedules' | 'alarms' | 'unsupported';

interface Permission {
  actions: readonly string[];
  scope: Scope;
}

const allow = (scope: Scope, ...actions: string[]): Permission => ({ actions, scope });

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
      'application-autoscaling:RegisterScalableTarget',
      'application-autoscaling:DeregisterScalableTarget',
      'application-autoscaling:DescribeScalingPolicies',
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
export const CONFIGURATION_ACTIONS_WITHOUT_RESOURCES: readonly string[] = Object.values(PERMISSIONS)
  .flat()
  .filter(({ scope }) => scope === 'unsupported')
  .flatMap(({ actions }) => actions);

/** What a function that opted out is protected from, whatever the code thinks. */
const CHANGING: Partial<Record<AccountTaskName, readonly Permission[]>> = {
  'configure-auto-scaling': [CHANGING_RESERVATIONS, CHANGING_PROVISIONED],
  'apply-cold-start-mitigation': [CHANGING_PROVISIONED],
};

const REASONS: Readonly<Record<Scope, string>> = {
  functions: 'Any function may be the one tagged; the opt-out tag is refused by IAM',
  tables: 'Any table may be the one tagged',
  'log-groups': 'A function may log to any log group of the account',
  schedules: 'The schedules whose names begin with the stack’s',
  alarms: 'Application Auto Scaling names the alarms it makes for a policy',
  unsupported: 'The API supports no resource-level permission',
};

/** Grants a configuration task what it needs of the customer's resources, and accepts cdk-nag's findings on that. */
export function grantAccountTask(task: IFunction, name: AccountTaskName, stack: Stack): void {
  for (const { actions, scope } of PERMISSIONS[name]) {
    const resource = resourceOf(scope, stack);
    acceptFinding(task.role!, wildcardResource(arnInFinding(resource, stack)), REASONS[scope]);
    Grant.addToPrincipal({ grantee: task, actions: [...actions], resourceArns: [resource] });
  }
  const changing = CHANGING[name]?.flatMap(({ actions }) => actions);
  if (changing !== undefined) task.addToRolePolicy(denyExcluded(changing, stack));
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

function denyExcluded(actions: readonly string[], stack: Stack): PolicyStatement {
  return new PolicyStatement({
    effect: Effect.DENY,
    actions: [...new Set(actions)],
    resources: [resourceOf('functions', stack)],
    conditions: {
      Null: { [`aws:ResourceTag/${EXCLUDE_TAG}`]: 'false' },
      StringNotEqualsIgnoreCase: { [`aws:ResourceTag/${EXCLUDE_TAG}`]: 'false' },
    },
  });
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

/** Beginning of the names of warm-up schedules; `tasks/configuration/apply-cold-start-mitigation` makes them. */
export const warmUpSchedulePrefix = (stack: Stack): string => `${stack.stackName}-warm`;

function resourceOf(scope: Scope, stack: Stack): string {
  const every = { resourceName: '*', arnFormat: ArnFormat.COLON_RESOURCE_NAME };
  switch (scope) {
    case 'functions':
      return stack.formatArn({ ...every, service: 'lambda', resource: 'function' });
    case 'tables':
      return stack.formatArn({ service: 'dynamodb', resource: 'table', resourceName: '*' });
    case 'log-groups':
      return stack.formatArn({ ...every, service: 'logs', resource: 'log-group' });
    case 'schedules':
      return stack.formatArn({
        service: 'scheduler',
        resource: 'schedule',
        resourceName: `default/${warmUpSchedulePrefix(stack)}-*`,
      });
    case 'alarms':
      return stack.formatArn({ ...every, service: 'cloudwatch', resource: 'alarm' });
    case 'unsupported':
      return '*';
  }
}
