import type { Settle } from '../../clock/virtual-clock.ts';
import { MAX_SECONDS } from '../definition/parse-errors.ts';
import type { NumberField, TaskState } from '../definition/program.ts';
import { asStateError, StateError } from '../errors.ts';
import type { JsonValue } from '../json.ts';
import { jsonCopy } from '../json-copy.ts';
import { evaluateInteger, evaluateTemplate } from '../query/template.ts';
import { cancellable } from './cancellable.ts';
import { finishState } from './finish-state.ts';
import { startNested } from './run-nested-execution.ts';
import { TaskDeadlines } from './task-deadlines.ts';
import { TaskEvents } from './task-events.ts';
import type { Transition, Visit } from './visit.ts';

export interface TaskLimits {
  readonly timeoutSeconds: number | undefined;
  readonly heartbeatSeconds: number | undefined;
}

/** One attempt at a task. */
export interface TaskAttempt {
  readonly visit: Visit;
  readonly state: TaskState;
  readonly arguments: JsonValue;
  readonly events: TaskEvents;
}

async function secondsOf(visit: Visit, field: NumberField | undefined): Promise<number | undefined> {
  return field && (await evaluateInteger(field, visit.view(), { min: 1, max: MAX_SECONDS }));
}

/** Calls the task runner as an activity of its own, unless the task was given up before its turn came. */
function callRunner(attempt: TaskAttempt, settle: Settle<JsonValue>): void {
  const { visit, state } = attempt;
  const { clock, runTask, onTaskQueued, stats } = visit.services;
  const { taskToken } = visit;
  stats.tasks++;
  const request = {
    resource: state.resource,
    arguments: jsonCopy(attempt.arguments),
    executionArn: visit.execution.arn,
    ...(taskToken !== undefined && { taskToken }),
  };
  onTaskQueued(request);
  clock.spawn(async () => (visit.scope.reason ? null : jsonCopy(await runTask(request))), {
    resolve: settle.resolve,
    reject: (error) => settle.reject(asStateError(error)),
  });
}

/** Starts the work; returns how to give it up. */
function startWork(attempt: TaskAttempt, settle: Settle<JsonValue>, deadlines: TaskDeadlines): () => void {
  const { visit, state, events } = attempt;
  if (state.pattern === 'run-a-job') return startNested(attempt, settle);
  const submit = state.startsExecution
    ? (submitted: Settle<JsonValue>) => void startNested(attempt, submitted)
    : (submitted: Settle<JsonValue>) => callRunner(attempt, submitted);
  const token = visit.taskToken;
  if (token === undefined) {
    submit(settle);
    return () => {};
  }
  let isOpen = true;
  submit({ resolve: (output) => isOpen && events.submitted(output), reject: settle.reject });
  visit.services.tokens.open(token, {
    executionArn: visit.execution.arn,
    succeed: settle.resolve,
    fail: (error, cause) => settle.reject(new StateError(error, cause)),
    heartbeat: () => deadlines.beat(),
  });
  return () => {
    isOpen = false;
    visit.services.tokens.close(token);
  };
}

function awaitResult(attempt: TaskAttempt, limits: TaskLimits): Promise<JsonValue> {
  const { visit } = attempt;
  return cancellable<JsonValue>(visit.services.clock, visit.scope, (settle) => {
    const deadlines = new TaskDeadlines(visit.services.clock, limits, settle.reject);
    const giveUp = startWork(attempt, settle, deadlines);
    return () => {
      deadlines.stop();
      giveUp();
    };
  });
}

async function doTask(visit: Visit, state: TaskState): Promise<JsonValue> {
  visit.taskToken = state.pattern === 'wait-for-task-token' ? visit.services.tokens.issue() : undefined;
  const args = state.arguments === undefined ? visit.input : await evaluateTemplate(state.arguments, visit.view());
  visit.checkSize(args);
  const limits = {
    timeoutSeconds: await secondsOf(visit, state.timeoutSeconds),
    heartbeatSeconds: await secondsOf(visit, state.heartbeatSeconds),
  };
  const events = new TaskEvents(visit, state);
  events.scheduled(args, limits);
  try {
    const result = visit.checkSize(await awaitResult({ visit, state, arguments: args, events }, limits));
    events.succeeded(result);
    return result;
  } catch (error) {
    if (error instanceof StateError) events.failed(error);
    throw error;
  }
}

export async function runTask(visit: Visit, state: TaskState): Promise<Transition> {
  const result = await doTask(visit, state);
  return finishState(visit, state, visit.view({ result }), result);
}
