import { ArnFormat, type Stack } from 'aws-cdk-lib';
import { Effect, Grant, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { EXCLUDE_TAG } from '../../shared/constants.ts';
import { acceptFinding, arnInFinding, wildcardResource } from './accepted-finding.ts';

/**
 * What of the customer's account a permission reaches. `every-alarm` is for calls that CloudWatch answers only to those
 * who may describe all alarms; `unsupported` for those that no resource can narrow.
 */
export type Scope =
  | 'functions'
  | 'tables'
  | 'queues'
  | 'log-groups'
  | 'schedules'
  | 'scalable-targets'
  | 'alarms'
  | 'every-alarm'
  | 'unsupported';

/** Actions allowed on one kind of resource. */
export interface Permission {
  actions: readonly string[];
  scope: Scope;
}

/** Why a wildcard is needed in each scope; cdk-nag's findings are accepted with it. */
export type ScopeReasons = Partial<Readonly<Record<Scope, string>>>;

export const allow = (scope: Scope, ...actions: string[]): Permission => ({ actions, scope });

/** Actions among these that no resource can narrow (test/synth holds the templates to them). */
export const actionsWithoutResources = (permissions: readonly Permission[]): readonly string[] =>
  permissions.filter(({ scope }) => scope === 'unsupported').flatMap(({ actions }) => actions);

/**
 * Grants a task these permissions and accepts cdk-nag's finding on each wildcard.
 *
 * @throws Error where no reason is given for a scope that is used
 */
export function grantScoped(
  task: IFunction,
  permissions: readonly Permission[],
  reasons: ScopeReasons,
  stack: Stack,
): void {
  for (const { actions, scope } of permissions) {
    const reason = reasons[scope];
    if (reason === undefined) throw new Error(`no reason is given for the scope ${scope} of ${actions.join(', ')}`);
    const resource = resourceOf(scope, stack);
    acceptFinding(task.role!, wildcardResource(arnInFinding(resource, stack)), reason);
    Grant.addToPrincipal({ grantee: task, actions: [...actions], resourceArns: [resource] });
  }
}

/** Whatever the code thinks, IAM refuses these on a function that opted out, our own among them. */
export function denyOnExcludedFunctions(actions: readonly string[], stack: Stack): PolicyStatement {
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

/** Beginning of the names of warm-up schedules; `tasks/configuration/apply-cold-start-mitigation` makes them. */
export const warmUpSchedulePrefix = (stack: Stack): string => `${stack.stackName}-warm`;

/** The ARN pattern of a scope in the stack's own account, region and partition. */
export function resourceOf(scope: Scope, stack: Stack): string {
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
    case 'schedules':
      return stack.formatArn({
        service: 'scheduler',
        resource: 'schedule',
        resourceName: `default/${warmUpSchedulePrefix(stack)}-*`,
      });
    // Its id is Application Auto Scaling's own, made when the target is registered.
    case 'scalable-targets':
      return stack.formatArn({ service: 'application-autoscaling', resource: 'scalable-target', resourceName: '*' });
    case 'alarms':
      return stack.formatArn({ ...every, service: 'cloudwatch', resource: 'alarm' });
    case 'every-alarm':
    case 'unsupported':
      return '*';
  }
}
