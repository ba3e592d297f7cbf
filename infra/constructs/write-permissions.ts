import type { Stack } from 'aws-cdk-lib';
import { Effect, Grant, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { EXCLUDE_TAG } from '../../shared/constants.ts';
import { acceptFinding, arnInFinding, wildcardResource } from './accepted-finding.ts';
import { everyFunctionArn } from './read-permissions.ts';

const UPDATE_ACTION = 'lambda:UpdateFunctionConfiguration';

/** The one permission that changes a customer's resource. Given to two tasks, and to no others (test/synth). */
export function grantUpdatingFunctions(task: IFunction, stack: Stack): Grant {
  const resource = everyFunctionArn(stack);
  acceptFinding(task.role!, wildcardResource(arnInFinding(resource, stack)), 'Any function may be the one approved');
  return Grant.addToPrincipal({ grantee: task, actions: [UPDATE_ACTION], resourceArns: [resource] });
}

/**
 * Makes the opt-out tag binding: whatever the code thinks, IAM refuses to update a function that carries it, our own
 * among them. Not for rolling back, which must still be possible when somebody opts out after a change.
 */
export function denyUpdatingExcludedFunctions(task: IFunction, stack: Stack): void {
  task.addToRolePolicy(
    new PolicyStatement({
      effect: Effect.DENY,
      actions: [UPDATE_ACTION],
      resources: [everyFunctionArn(stack)],
      conditions: {
        Null: { [`aws:ResourceTag/${EXCLUDE_TAG}`]: 'false' },
        StringNotEqualsIgnoreCase: { [`aws:ResourceTag/${EXCLUDE_TAG}`]: 'false' },
      },
    }),
  );
}
