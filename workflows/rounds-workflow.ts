import { Duration } from 'aws-cdk-lib';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import {
  Choice,
  Condition,
  DefinitionBody,
  Fail,
  QueryLanguage,
  StateMachine,
  Succeed,
  Wait,
  WaitTime,
} from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { ErrorName } from '../shared/errors.ts';
import { executionLog } from './execution-log.ts';
import { taskState } from './task-state.ts';

/** Names of the states that every such workflow has. */
export const RoundsState = {
  doesAnythingRemain: 'DoesAnythingRemain',
  waitForOtherExecution: 'WaitForOtherExecution',
  noProgress: 'NoProgress',
  done: 'Done',
} as const;

export interface RoundsProps {
  readonly comment: string;
  readonly task: { readonly name: string; readonly comment: string; readonly function: IFunction };
  readonly failure: { readonly name: string; readonly comment: string };
  /** How long errors of executions are kept. */
  readonly logRetention: RetentionDays;
}

/**
 * Of one round: a minute more than Lambda's longest, so that an invocation that is killed is heard of as such and tried again.
 * The task itself stops two minutes before its end.
 */
const ROUND_TIMEOUT = Duration.minutes(16);
/**
 * Seven alarms on each of ten thousand functions take some seventeen hours, at half of AWS's three a second and with what
 * each round reads anew; a day, after which the next night brings the next reconcile.
 */
const EXECUTION_TIMEOUT = Duration.hours(24);
/** Between two looks whether the other execution is through. */
const OTHER_EXECUTION_WAIT = Duration.minutes(5);
/** AWS takes 32,768 characters of a cause. */
const CAUSE_MAX_CHARS = 30_000;

/** The answer of the round before; the first has none. */
const SO_FAR = '$exists($states.input.continuation) ? $states.input : null';
/** The caller's input stays what it is; the answer goes beside it. Input that is no object is refused by the task. */
const GIVEN = '$states.context.Execution.Input';
const BESIDE = `{'execution': {'arn': $states.context.Execution.Id}, 'soFar': ${SO_FAR}}`;
const EVENT = `{% $type(${GIVEN}) = 'object' ? $merge([${GIVEN}, ${BESIDE}]) : ${GIVEN} %}`;
/** What the rounds before did must not be lost with the one that failed. */
const BEFORE = "($exists($states.input.continuation) ? $states.input.continuation.said & '. Then: ' : '')";
const CAUSE = `$substring(${BEFORE} & $string($states.errorOutput.Cause), 0, ${CAUSE_MAX_CHARS})`;
const FAILURE = `{% {'Error': $states.errorOutput.Error, 'Cause': ${CAUSE}} %}`;

/**
 * A state machine whose one task works in rounds until nothing remains: task → DoesAnythingRemain? → task. Input and output
 * are the task's; what it answers holds its `continuation`. A round that gets no further ends the execution as
 * `NoProgress`, and an execution that finds another at work waits for it.
 */
export function roundsMachine(scope: Construct, { comment, task, failure, logRetention }: RoundsProps): StateMachine {
  const failed = Fail.jsonata(scope, failure.name, {
    comment: failure.comment,
    error: '{% $states.input.Error %}',
    cause: '{% $states.input.Cause %}',
  });
  const round = taskState(scope, task.name, {
    comment: task.comment,
    lambdaFunction: task.function,
    timeout: ROUND_TIMEOUT,
    event: EVENT,
    catches: [{ next: failed, output: FAILURE }],
  });
  const wait = Wait.jsonata(scope, RoundsState.waitForOtherExecution, {
    comment: 'Two at once would share AWS’s rate and take for an owner’s what the other writes',
    time: WaitTime.duration(OTHER_EXECUTION_WAIT),
  });
  round.next(
    Choice.jsonata(scope, RoundsState.doesAnythingRemain, { comment: 'A round does what it has time for' })
      .when(isNext('goOn'), round)
      .when(isNext('wait'), wait)
      .when(isNext('stuck'), noProgress(scope))
      .otherwise(Succeed.jsonata(scope, RoundsState.done, { comment: 'Nothing remains; the output is of all rounds' })),
  );
  wait.next(round);
  return new StateMachine(scope, 'StateMachine', {
    comment,
    definitionBody: DefinitionBody.fromChainable(round),
    queryLanguage: QueryLanguage.JSONATA,
    timeout: EXECUTION_TIMEOUT,
    tracingEnabled: true,
    logs: executionLog(scope, logRetention),
  });
}

const isNext = (next: string) => Condition.jsonata(`{% $states.input.continuation.next = '${next}' %}`);

function noProgress(scope: Construct): Fail {
  return Fail.jsonata(scope, RoundsState.noProgress, {
    comment: 'Another round would get no further; what was written stands, and the next execution goes on from there',
    error: ErrorName.noProgress,
    cause: "{% 'a round got no further, ' & $states.input.continuation.said %}",
  });
}
