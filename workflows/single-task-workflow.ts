import { type Duration, Duration as Time } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { DefinitionBody, Fail, QueryLanguage, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { executionLog } from './execution-log.ts';
import { taskState } from './task-state.ts';

export interface SingleTaskProps {
  readonly comment: string;
  readonly task: { readonly name: string; readonly comment: string; readonly function: IFunction };
  /** Of one try of the task. */
  readonly timeout: Duration;
  /** Of the whole execution. @default - two hours: six tries at most, each as long as its function may run */
  readonly executionTimeout?: Duration;
  readonly failure: { readonly name: string; readonly comment: string };
  /** How long errors of executions are kept. */
  readonly logRetention: RetentionDays;
}

/** A state machine of one Task, for its retries, its history and its failure; input and output are the task's. */
export function singleTaskMachine(
  scope: Construct,
  { comment, task, timeout, executionTimeout = Time.hours(2), failure, logRetention }: SingleTaskProps,
): StateMachine {
  const failed = Fail.jsonata(scope, failure.name, {
    comment: failure.comment,
    error: '{% $states.input.Error %}',
    cause: '{% $string($states.input.Cause) %}',
  });
  const only = taskState(scope, task.name, {
    comment: task.comment,
    lambdaFunction: task.function,
    timeout,
    event: '{% $states.input %}',
    catches: [{ next: failed, output: '{% $states.errorOutput %}' }],
  });
  return new StateMachine(scope, 'StateMachine', {
    comment,
    definitionBody: DefinitionBody.fromChainable(only),
    queryLanguage: QueryLanguage.JSONATA,
    timeout: executionTimeout,
    tracingEnabled: true,
    logs: executionLog(scope, logRetention),
  });
}
