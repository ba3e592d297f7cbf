import { type ChoiceTuning, mostBeyond, mostFirstStep } from './choice-tuning.ts';
import { latestObservation, slowestDurationMs } from './evidence.ts';
import { MEASURING_TOLERANCE } from './objective.ts';
import { type CurveSamples, slowdownProbability } from './posterior.ts';
import { DEFAULT_MAX_SLOWDOWN, type Observation, type RecommendationRequest } from './types.ts';

/** Share of the timeout the slowest invocations may take at a smaller size, and how unlikely more must be. */
const TIMEOUT_SHARE = 0.8;
const MOST_TIMEOUTS = 0.05;
/** Slowdown no experiment may bring where a smaller step is possible. */
export const SEVERE_SLOWDOWN = 0.3;

export interface ToleranceOptions {
  readonly baseline: number;
  readonly current: number;
  readonly isLastNight: boolean;
  readonly tuning: ChoiceTuning;
}

/**
 * Which columns may be tried at all. A smaller size must leave the slowest invocations within the timeout, and under
 * `cost` no size may be likely to slow the function down noticeably, let alone severely. What production has shown at a
 * size counts more than what the model makes of it: a size seen beyond the guard is not gone back to, nor kept.
 */
export function toleranceOf(
  request: RecommendationRequest,
  observations: readonly Observation[],
  samples: CurveSamples,
  options: ToleranceOptions,
): (column: number) => boolean {
  const { baseline, current } = options;
  const room = timeoutRoom(request, latestObservation(observations, request.currentMemorySizeMb));
  const isUnlikely = (column: number, reference: number, limit: number, most: number): boolean =>
    slowdownProbability(samples, column, reference, limit) <= most;
  const isWithinStep = firstStepOf(request, observations, samples, options);
  const keepsGuard = guardOf(request, observations, samples, options);
  return (column) => {
    const isGuarded = request.strategy === 'cost' && column !== baseline;
    // First, as it takes no probabilities and rules out most.
    if (isGuarded && !isWithinStep(column)) return false;
    if (room !== undefined && column < current && !isUnlikely(column, current, room, MOST_TIMEOUTS)) return false;
    return !isGuarded || keepsGuard(column);
  };
}

function firstStepOf(
  { maxSlowdown = DEFAULT_MAX_SLOWDOWN }: RecommendationRequest,
  observations: readonly Observation[],
  { sizes }: CurveSamples,
  { current, tuning }: ToleranceOptions,
): (column: number) => boolean {
  const isFirst = new Set(observations.map((each) => each.memorySizeMb)).size === 1;
  const most = isFirst ? mostFirstStep(tuning, maxSlowdown) : Number.POSITIVE_INFINITY;
  return (column) => sizes[current]! <= most * sizes[column]!;
}

function guardOf(
  request: RecommendationRequest,
  observations: readonly Observation[],
  samples: CurveSamples,
  { baseline, isLastNight, tuning }: ToleranceOptions,
): (column: number) => boolean {
  const maxSlowdown = request.maxSlowdown ?? DEFAULT_MAX_SLOWDOWN;
  const beyond = Math.log1p(maxSlowdown) + MEASURING_TOLERANCE;
  const severe = Math.log1p(SEVERE_SLOWDOWN);
  const accepted = isLastNight ? tuning.mostBeyondLastNight : mostBeyond(tuning, maxSlowdown);
  const seen = seenLogDurations(observations);
  const seenAtBaseline = seen.get(samples.sizes[baseline]!);
  return (column) => {
    const seenHere = seen.get(samples.sizes[column]!);
    if (seenHere !== undefined && seenAtBaseline !== undefined) return seenHere - seenAtBaseline <= beyond;
    return (
      slowdownProbability(samples, column, baseline, beyond) <= accepted &&
      slowdownProbability(samples, column, baseline, severe) <= tuning.mostSevere
    );
  };
}

/** What the latest deployment's production showed at each size, latest last. */
function seenLogDurations(observations: readonly Observation[]): Map<number, number> {
  const { codeSha256 } = observations.at(-1)!;
  const alike = observations.filter((each) => each.codeSha256 === codeSha256);
  return new Map(alike.map((each) => [each.memorySizeMb, Math.log(each.meanDurationMs)]));
}

/**
 * How much slower, in log duration, the function may get before its slowest invocations near the timeout; undefined
 * when the timeout cannot be the one the observation was made under.
 */
function timeoutRoom(request: RecommendationRequest, latest: Observation): number | undefined {
  const timeoutMs = request.timeoutSeconds * 1000;
  if (latest.meanDurationMs >= timeoutMs) return undefined;
  return Math.log((TIMEOUT_SHARE * timeoutMs) / slowestDurationMs(latest));
}
