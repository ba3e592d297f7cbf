import { slowestDurationMs } from './evidence.ts';
import { hasSeenEveryRun } from './rare-runs.ts';
import type { Observation, RecommendationRequest, TimeoutRecommendation } from './types.ts';

/** Lambda's limits for ordinary functions, seconds. */
const MIN_TIMEOUT_SECONDS = 1;
const MAX_TIMEOUT_SECONDS = 900;
/** A slowest invocation beyond this share of the timeout is too near to it. */
export const NEAR_TIMEOUT_SHARE = 0.8;
/** Room above the slowest invocation when raising (the brief's factor) and, more cautiously, when lowering. */
const RAISE_FACTOR = 1.5;
const LOWER_FACTOR = 3;
/** Lambda reports a call that it cut off with the timeout as its duration; rounding may take a little of it. */
export const CUT_OFF_SHARE = 0.99;
/**
 * How long a call that was cut off would have taken nobody knows: raised this far at once, rather than a little every
 * night. A need of more than twice the timeout still gets its room, and a longer timeout costs only what runs longer.
 */
const CUT_OFF_FACTOR = 4;
/** Evidence needed to lower a timeout: lowering saves nothing by itself and breaks the rare slow path. */
const DAYS_TO_LOWER = 30;
/** Timeouts people recognise; seconds of precision in a limit say nothing. */
const FAMILIAR_TIMEOUTS_SECONDS = [1, 2, 3, 5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 240, 300, 420, 600, 900] as const;
/** Lower only a timeout that is at least this many times what it would become. */
const WORTH_LOWERING = 2;

/**
 * Recommends a timeout for the recommended size, or nothing when the present one will do. Raised when the slowest
 * invocation comes near it; lowered only on 30 days of evidence that
 * hold every run the function is known for. Callers' limits are respected either way.
 *
 * @param relativeDuration upper bound of duration at the recommended size against the current one
 */
export function recommendTimeout(
  request: RecommendationRequest,
  observations: readonly Observation[],
  relativeDuration: number,
): TimeoutRecommendation | undefined {
  const current = observations.filter((each) => each.memorySizeMb === request.currentMemorySizeMb);
  const measuredMs = Math.max(0, ...current.map(slowestDurationMs));
  if (measuredMs === 0) return undefined;
  if (measuredMs >= CUT_OFF_SHARE * 1000 * request.timeoutSeconds) return raisedFromCutOff(request);
  const slowestSeconds = (measuredMs * Math.max(1, relativeDuration)) / 1000;
  if (slowestSeconds > NEAR_TIMEOUT_SHARE * request.timeoutSeconds) {
    return changed(request, slowestSeconds * RAISE_FACTOR, isRaise(request), expected(slowestSeconds));
  }
  const days = current.reduce((sum, each) => sum + (each.lookbackDays ?? 0), 0);
  const knowsMaximum = current.every((each) => each.maxDurationMs !== undefined);
  const invocations = current.reduce((sum, each) => sum + each.invocations, 0);
  if (days < DAYS_TO_LOWER || !knowsMaximum || !hasSeenEveryRun(request, invocations, days)) return undefined;
  const factor = request.strategy === 'brief-rules' ? RAISE_FACTOR : LOWER_FACTOR;
  const worthIt = (timeout: number): boolean => timeout * WORTH_LOWERING <= request.timeoutSeconds;
  return changed(request, slowestSeconds * factor, worthIt, expected(slowestSeconds));
}

/** The timeout that a call which is cut off at this one leads to: the next question about it, if there is one. */
export const raisedOnce = (timeoutSeconds: number): number => familiarFrom(timeoutSeconds * CUT_OFF_FACTOR);

function raisedFromCutOff(request: RecommendationRequest): TimeoutRecommendation | undefined {
  const seconds = request.timeoutSeconds * CUT_OFF_FACTOR;
  return changed(request, seconds, isRaise(request), 'the slowest invocation was cut off');
}

/** Up to the next timeout that people write by hand; a caller's limit may still say otherwise. The brief's rules are exact. */
const roundedUp = ({ strategy }: RecommendationRequest, seconds: number): number =>
  strategy === 'brief-rules' ? Math.ceil(seconds) : familiarFrom(seconds);

const familiarFrom = (seconds: number): number =>
  FAMILIAR_TIMEOUTS_SECONDS.find((each) => each >= seconds) ?? MAX_TIMEOUT_SECONDS;

const isRaise =
  ({ timeoutSeconds }: RecommendationRequest) =>
  (timeout: number): boolean =>
    timeout > timeoutSeconds;

const expected = (slowestSeconds: number): string =>
  `the slowest invocation is expected to take ${slowestSeconds.toFixed(slowestSeconds < 10 ? 1 : 0)} s`;

function changed(
  request: RecommendationRequest,
  seconds: number,
  isChange: (timeoutSeconds: number) => boolean,
  why: string,
): TimeoutRecommendation | undefined {
  const floor = Math.max(MIN_TIMEOUT_SECONDS, request.callerTimeoutFloorSeconds ?? MIN_TIMEOUT_SECONDS);
  const ceiling = Math.min(MAX_TIMEOUT_SECONDS, request.callerTimeoutCeilingSeconds ?? MAX_TIMEOUT_SECONDS);
  const timeoutSeconds = Math.min(ceiling, Math.max(floor, roundedUp(request, seconds)));
  if (!isChange(timeoutSeconds)) return undefined;
  const verb = timeoutSeconds > request.timeoutSeconds ? 'raise' : 'lower';
  return {
    timeoutSeconds,
    reason: `${verb} the timeout from ${request.timeoutSeconds} s to ${timeoutSeconds} s: ${why}`,
  };
}
