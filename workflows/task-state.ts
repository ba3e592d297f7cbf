import type { Duration } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import {
  type IChainable,
  IntegrationPattern,
  type RetryProps,
  TaskInput,
  Timeout,
} from 'aws-cdk-lib/aws-stepfunctions';
import { LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import type { Construct } from 'constructs';
import { KILLED, TRANSIENT } from './retry-policies.ts';

/** What every Task state must decide: nothing here is optional but what has one answer everywhere. */
export interface TaskStateProps {
  /** Says in the console what the state is for. */
  readonly comment: string;
  /** A published version, so that a run that waits through a deployment ends on the code it began with. */
  readonly lambdaFunction: IFunction;
  readonly timeout: Duration;
  /** JSONata that makes the function's event. */
  readonly event: string;
  /** What becomes of passing trouble. @default TRANSIENT */
  readonly passing?: RetryProps;
  /** Policies besides that. */
  readonly retry?: readonly RetryProps[];
  readonly assign?: Record<string, unknown>;
  /** JSONata of the state's output. @default - what the function answered */
  readonly output?: string;
  readonly catches: readonly TaskCatch[];
}

/** Where an error leads; `assign` and `output` see `$states.errorOutput`. */
export interface TaskCatch {
  readonly errors?: string[];
  readonly next: IChainable;
  readonly assign?: Record<string, unknown>;
  readonly output?: string;
}

/** A Task state that invokes a function and gets its answer, without Lambda's envelope. */
export function taskState(scope: Construct, id: string, props: TaskStateProps): LambdaInvoke {
  const state = LambdaInvoke.jsonata(scope, id, {
    comment: props.comment,
    lambdaFunction: props.lambdaFunction,
    payload: TaskInput.fromText(props.event),
    payloadResponseOnly: true,
    retryOnServiceExceptions: false,
    taskTimeout: Timeout.duration(props.timeout),
    outputs: props.output ?? '{% $states.result %}',
    ...(props.assign && { assign: props.assign }),
  });
  return withErrorRoutes(state, props);
}

/** A Task state that hands its function a task token (`$states.context.Task.Token`) and waits for the answer. */
export function tokenWaitState(
  scope: Construct,
  id: string,
  props: Omit<TaskStateProps, 'timeout'> & { readonly timeoutSeconds: string },
): LambdaInvoke {
  const state = LambdaInvoke.jsonata(scope, id, {
    comment: props.comment,
    lambdaFunction: props.lambdaFunction,
    integrationPattern: IntegrationPattern.WAIT_FOR_TASK_TOKEN,
    payload: TaskInput.fromText(props.event),
    retryOnServiceExceptions: false,
    taskTimeout: Timeout.jsonata(props.timeoutSeconds),
    outputs: props.output ?? '{% $states.result %}',
    ...(props.assign && { assign: props.assign }),
  });
  return withErrorRoutes(state, props);
}

function withErrorRoutes(
  state: LambdaInvoke,
  props: Pick<TaskStateProps, 'passing' | 'retry' | 'catches'>,
): LambdaInvoke {
  for (const policy of [props.passing ?? TRANSIENT, KILLED, ...(props.retry ?? [])]) state.addRetry(policy);
  for (const { errors, next, assign, output } of props.catches) {
    state.addCatch(next, {
      ...(errors && { errors }),
      ...(assign && { assign }),
      ...(output && { outputs: output }),
    });
  }
  return state;
}
