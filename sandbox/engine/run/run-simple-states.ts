import { MAX_SECONDS } from '../definition/parse-errors.ts';
import { isTimestamp } from '../definition/parse-simple-states.ts';
import type { ChoiceState, FailState, PassState, SucceedState, WaitState } from '../definition/program.ts';
import { ErrorName, StateError } from '../errors.ts';
import { evaluateBoolean, evaluateInteger, evaluateString } from '../query/template.ts';
import { sleepUntil } from './cancellable.ts';
import { finishState } from './finish-state.ts';
import type { Transition, Visit } from './visit.ts';

export function runPass(visit: Visit, state: PassState): Promise<Transition> {
  return finishState(visit, state, visit.view(), visit.input);
}

export function runSucceed(visit: Visit, state: SucceedState): Promise<Transition> {
  return finishState(visit, state, visit.view(), visit.input);
}

export async function runFail(visit: Visit, state: FailState): Promise<Transition> {
  const view = visit.view();
  const error = state.error && (await evaluateString(state.error, view));
  const cause = state.cause && (await evaluateString(state.cause, view));
  throw new StateError(error, cause);
}

async function wakeAtMs(visit: Visit, state: WaitState): Promise<number> {
  const view = visit.view();
  if (state.seconds) {
    const seconds = await evaluateInteger(state.seconds, view, { min: 0, max: MAX_SECONDS });
    return visit.services.clock.now() + seconds * 1_000;
  }
  const timestamp = state.timestamp ? await evaluateString(state.timestamp, view) : '';
  if (isTimestamp(timestamp)) return Date.parse(timestamp);
  const cause = `The field 'Timestamp' must be an RFC 3339 timestamp, but was: ${timestamp}`;
  throw new StateError(ErrorName.queryEvaluationError, cause, { location: 'Timestamp' });
}

export async function runWait(visit: Visit, state: WaitState): Promise<Transition> {
  const atMs = await wakeAtMs(visit, state);
  if (atMs > visit.services.clock.now()) await sleepUntil(visit.services.clock, visit.scope, atMs);
  return finishState(visit, state, visit.view(), visit.input);
}

/** The first rule whose condition holds decides; the state's own Assign and Output belong to Default. */
export async function runChoice(visit: Visit, state: ChoiceState): Promise<Transition> {
  const view = visit.view();
  for (const rule of state.choices) {
    if (await evaluateBoolean(rule.condition, view)) return finishState(visit, rule, view, visit.input);
  }
  if (state.default !== undefined) return finishState(visit, { ...state, next: state.default }, view, visit.input);
  const cause = 'Failed to transition out of the state. The state does not point to a next state.';
  throw new StateError(ErrorName.runtime, cause, { location: 'Choices' });
}
