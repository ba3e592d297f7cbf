import type { Settle } from '../../clock/virtual-clock.ts';
import { ApiError, ErrorName, StateError } from '../errors.ts';
import { isObject, type JsonObject, type JsonValue } from '../json.ts';
import type { Execution } from './execution.ts';
import type { TaskAttempt } from './run-task.ts';

/** API exceptions as the Step Functions integration names them in ASL. */
function asTaskFailure(error: unknown): StateError {
  if (!(error instanceof ApiError)) throw error;
  return new StateError(`StepFunctions.${error.name}Exception`, error.message);
}

function beginNested(attempt: TaskAttempt): Execution {
  const args = attempt.arguments;
  if (!isObject(args) || typeof args['StateMachineArn'] !== 'string') {
    throw new StateError(ErrorName.runtime, 'states:startExecution needs Arguments with a StateMachineArn');
  }
  const name = typeof args['Name'] === 'string' ? args['Name'] : undefined;
  const input = (args['Input'] ?? {}) as JsonValue;
  try {
    return attempt.visit.services.nested.start({
      stateMachineArn: args['StateMachineArn'],
      name,
      input,
      needsStandard: attempt.state.pattern === 'run-a-job',
    });
  } catch (error) {
    throw asTaskFailure(error);
  }
}

/** A job's DescribeExecution as its task sees it, fields in alphabetical order as on AWS. */
function describeJob(execution: Execution, input: JsonValue): JsonObject {
  const { end } = execution;
  const succeeded = end?.status === 'SUCCEEDED';
  return {
    ...(end?.cause === undefined ? {} : { Cause: end.cause }),
    ...(end?.error === undefined ? {} : { Error: end.error }),
    ExecutionArn: execution.arn,
    Input: input,
    InputDetails: { Included: true },
    Name: execution.name,
    ...(succeeded ? { Output: end.output ?? null, OutputDetails: { Included: true } } : {}),
    RedriveCount: execution.redriveCount,
    RedriveStatus: succeeded || execution.machine.type === 'EXPRESS' ? 'NOT_REDRIVABLE' : 'REDRIVABLE',
    ...(succeeded ? { RedriveStatusReason: 'Execution is SUCCEEDED and cannot be redriven' } : {}),
    StartDate: execution.startMs,
    StateMachineArn: execution.machine.arn,
    Status: execution.status,
    StopDate: execution.stopMs ?? null,
  };
}

/** Whatever the job's own error, its task fails with `States.TaskFailed`; `Input` is text here even under `.sync:2`. */
function failedJob(execution: Execution): StateError {
  return new StateError(ErrorName.taskFailed, JSON.stringify(describeJob(execution, JSON.stringify(execution.input))));
}

/**
 * Starts a nested execution. Request-response settles with its ARN; `.sync:2` settles when it ends, a failed one as
 * `States.TaskFailed` with the description as cause. Returns how to give up: a job is stopped with its task.
 */
export function startNested(attempt: TaskAttempt, settle: Settle<JsonValue>): () => void {
  let execution: Execution;
  try {
    execution = beginNested(attempt);
  } catch (error) {
    settle.reject(error);
    return () => {};
  }
  const started = { ExecutionArn: execution.arn, StartDate: execution.startMs / 1_000 };
  if (attempt.state.pattern !== 'run-a-job') {
    settle.resolve(started);
    return () => {};
  }
  attempt.events.submitted(started);
  execution.onEnd(() => {
    if (execution.status === 'SUCCEEDED') settle.resolve(describeJob(execution, execution.input));
    else settle.reject(failedJob(execution));
  });
  return () => attempt.visit.services.nested.stop(execution, 'The task that started this execution was given up.');
}
