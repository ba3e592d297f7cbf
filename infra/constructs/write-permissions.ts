import type { Stack } from 'aws-cdk-lib';
import { Effect, Grant, type IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { EXCLUDE_TAG } from '../../shared/constants.ts';
import { acceptFinding, arnInFinding, wildcardResource } from './accepted-finding.ts';
import { everyFunctionArn } from './read-permissions.ts';

/** Everything that is ever done to a customer's function. Given to few tasks, and to no others (test/synth). */
const ACTIONS = {
  updateConfiguration: 'lambda:UpdateFunctionConfiguration',
  publishVersion: 'lambda:PublishVersion',
  routeAlias: 'lambda:UpdateAlias',
} as const;

export type WritePermission = keyof typeof ACTIONS;

export function grantUpdatingFunctions(role: IRole, stack: Stack, does: readonly WritePermission[]): Grant {
  const resource = everyFunctionArn(stack);
  acceptFinding(role, wildcardResource(arnInFinding(resource, stack)), 'Any function may be the one approved');
  const actions = does.map((each) => ACTIONS[each]);
  return Grant.addToPrincipal({ grantee: role, actions, resourceArns: [resource] });
}

/**
 * Makes the opt-out tag binding: whatever the code thinks, IAM refuses to update a function that carries it, our own
 * among them. Not for rolling back, which must still be possible when somebody opts out after a change.
 */
export function denyUpdatingExcludedFunctions(role: IRole, stack: Stack, does: readonly WritePermission[]): void {
  role.addToPrincipalPolicy(
    new PolicyStatement({
      effect: Effect.DENY,
      actions: does.map((each) => ACTIONS[each]),
      resources: [everyFunctionArn(stack)],
      conditions: {
        Null: { [`aws:ResourceTag/${EXCLUDE_TAG}`]: 'false' },
        StringNotEqualsIgnoreCase: { [`aws:ResourceTag/${EXCLUDE_TAG}`]: 'false' },
      },
    }),
  );
}
