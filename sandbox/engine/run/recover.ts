import type { Catcher, RecoverableState, Retrier } from '../definition/program.ts';
import { ErrorName, StateError } from '../errors.ts';
import type { JsonObject } from '../json.ts';
import { sleepUntil } from './cancellable.ts';
import { finishState } from './finish-state.ts';
import type { Transition, Visit } from './visit.ts';

/** Wildcards do not match these: `States.Runtime` always fails the execution, the other must be named. */
const NOT_MATCHED_BY_ALL = new Set<string | undefined>([ErrorName.runtime, ErrorName.dataLimitExceeded]);

/** Whether an `ErrorEquals` list matches an error (Step Functions, "Error names"). */
export function matches(errorEquals: readonly string[], error: StateError): boolean {
  if (error.errorName === ErrorName.runtime) return false;
  return errorEquals.some((name) => {
    if (name === error.errorName || name === error.alsoKnownAs) return true;
    if (NOT_MATCHED_BY_ALL.has(error.errorName)) return false;
    return name === ErrorName.all || (name === ErrorName.taskFailed && error.errorName !== ErrorName.timeout);
  });
}

/** Seconds before attempt number `attempt` (1 is the first retry). */
export function retryDelaySeconds(retrier: Retrier, attempt: number, random: { next(): number }): number {
  const grown = retrier.intervalSeconds * retrier.backoffRate ** (attempt - 1);
  const capped = Math.min(grown, retrier.maxDelaySeconds ?? Number.POSITIVE_INFINITY);
  return retrier.fullJitter ? capped * random.next() : capped;
}

/** Counts attempts per retrier during one visit. */
class RetryBudget {
  private readonly attempts = new Map<Retrier, number>();

  /** The retrier that grants another attempt; the first that matches decides. */
  grant(retriers: readonly Retrier[], error: StateError): { retrier: Retrier; attempt: number } | undefined {
    const retrier = retriers.find((candidate) => matches(candidate.errorEquals, error));
    if (!retrier) return undefined;
    const attempt = (this.attempts.get(retrier) ?? 0) + 1;
    if (attempt > retrier.maxAttempts) return undefined;
    this.attempts.set(retrier, attempt);
    return { retrier, attempt };
  }
}

/** `$states.errorOutput`. */
function errorOutput(error: StateError): JsonObject {
  return { Error: error.errorName ?? '', Cause: error.causeText ?? '' };
}

function catchError(visit: Visit, catcher: Catcher, error: StateError): Promise<Transition> {
  const output = errorOutput(error);
  return finishState(visit, catcher, visit.view({ errorOutput: output }), output);
}

/** Tells where an error of the interpreter happened and records a failed expression. */
function placeError(visit: Visit, error: StateError): StateError {
  const placed = error.placedIn(visit.state.name, visit.enteredEventId);
  if (error.errorName === ErrorName.queryEvaluationError) {
    visit.record('EvaluationFailed', 'evaluationFailedEventDetails', {
      error: placed.errorName,
      cause: placed.causeText,
      location: error.location,
      state: visit.state.name,
    });
  }
  return placed;
}

/** Runs a state's work once. */
export async function attempt(visit: Visit, work: () => Promise<Transition>): Promise<Transition> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof StateError && error.location !== undefined) throw placeError(visit, error);
    throw error;
  }
}

async function waitForRetry(visit: Visit, delaySeconds: number): Promise<void> {
  const { clock, stats } = visit.services;
  await sleepUntil(clock, visit.scope, clock.now() + Math.round(delaySeconds * 1_000));
  visit.retryCount++;
  visit.region.forgetChildren();
  stats.retries++;
  stats.countTransition(visit.execution.machine.type === 'EXPRESS');
}

/** Runs a state with its Retry and Catch fields. */
export async function recover(
  visit: Visit,
  state: RecoverableState,
  work: () => Promise<Transition>,
): Promise<Transition> {
  const budget = new RetryBudget();
  for (;;) {
    try {
      return await attempt(visit, work);
    } catch (error) {
      if (!(error instanceof StateError)) throw error;
      const granted = budget.grant(state.retry, error);
      if (granted) {
        await waitForRetry(visit, retryDelaySeconds(granted.retrier, granted.attempt, visit.services.random));
        continue;
      }
      const catcher = state.catch.find((candidate) => matches(candidate.errorEquals, error));
      if (!catcher) throw error;
      return attempt(visit, () => catchError(visit, catcher, error));
    }
  }
}
