import { accessDenied } from '../account/iam/access-denied.ts';
import { resolve, type Stage, taskOfResource } from './stage.ts';
import type { TaskHandlers } from './task-handlers.ts';
import { principalOf } from './task-roles.ts';
import { resourcesOfType } from './template.ts';

/** What each task and state machine may do, by the roles of the template that stands. */
export function enterRoles(stage: Stage, handlers: TaskHandlers): void {
  const roles = { ...stage, resolve: (value: unknown) => resolve(stage, value) };
  for (const [, resource] of resourcesOfType(stage.template, 'AWS::Lambda::Function')) {
    const task = taskOfResource(resource);
    if (task !== undefined) handlers.principals.set(task, principalOf(resource, roles));
  }
  for (const [id, resource] of resourcesOfType(stage.template, 'AWS::StepFunctions::StateMachine'))
    stage.stateMachineRoles.set(stage.resources.get(id)!.attributes['Name']!, principalOf(resource, roles));
}

/** Children of an express map have an ARN of their own kind. */
const EXECUTION_ARN = /:(?:execution|express):([^:/]+)/;

/** Fails the Task state as Step Functions does where the state machine's role may not invoke the function. */
export function mustInvoke({ stateMachineRoles }: Stage, executionArn: string, functionArn: string): void {
  const role = stateMachineRoles.get(EXECUTION_ARN.exec(executionArn)?.[1] ?? '');
  if (role?.policy.allows({ action: 'lambda:InvokeFunction', resource: functionArn })) return;
  const { message } = accessDenied('Lambda', role?.name ?? executionArn, 'lambda:InvokeFunction', functionArn);
  throw Object.assign(new Error(message), { name: 'Lambda.AWSLambdaException' });
}
