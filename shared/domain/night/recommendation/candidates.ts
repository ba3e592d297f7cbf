import { invocationCostUsd } from '../../pricing/lambda-cost.ts';
import type { Choice } from './choose.ts';
import { latestObservation } from './evidence.ts';
import { LOOKAHEAD_SIZES_MB } from './memory-sizes.ts';
import { MEASURING_TOLERANCE } from './objective.ts';
import type { CurveSamples } from './posterior.ts';
import { SampleSpace } from './sample-space.ts';
import { type Candidate, DEFAULT_MAX_SLOWDOWN, type Observation, type RecommendationRequest } from './types.ts';

/** Probability from which a size counts as meeting the guard. */
const GUARD_CONFIDENCE = 0.95;
/** Ratio of p95 to mean when no observation tells it, and how far a ratio strays from one size to the next (log). */
const DEFAULT_P95_RATIO = 1.5;
const KNOWN_RATIO_DEVIATION = 0.08;
const UNKNOWN_RATIO_DEVIATION = 0.25;
/** Standard normal quantile of the ends of a 90 % interval. */
const INTERVAL_DEVIATIONS = 1.645;
/** Even a size that was measured shows another mean tomorrow (log scale). */
const TOMORROW_DEVIATION = 0.03;

/** Rows for the current, chosen and runner-up sizes and the recognisable ones that policy allows, ascending by size. */
export function candidateRows(
  request: RecommendationRequest,
  observations: readonly Observation[],
  choice: Choice,
): Candidate[] {
  const describe = candidateDescriber(request, observations, choice);
  const shown = new Set([choice.current, choice.chosen, runnerUpColumn(choice)]);
  const columns = Array.from({ length: choice.columns }, (_, column) => column).filter(
    (column) => shown.has(column) || LOOKAHEAD_SIZES_MB.has(choice.samples.sizes[column]!),
  );
  return columns.map(describe);
}

/** The best size in reach that was not chosen; -1 when there is none. */
export function runnerUpColumn(choice: Choice): number {
  let best = -1;
  choice.values.forEach((value, column) => {
    if (column === choice.chosen || !Number.isFinite(value)) return;
    if (best === -1 || value < choice.values[best]!) best = column;
  });
  return best;
}

function candidateDescriber(
  request: RecommendationRequest,
  observations: readonly Observation[],
  choice: Choice,
): (column: number) => Candidate {
  const { samples, prices } = choice;
  const observed = new Set(observations.map((each) => each.memorySizeMb));
  const p95 = p95Ratio(latestObservation(observations, request.currentMemorySizeMb));
  const costUsd = (memorySizeMb: number, meanDurationMs: number): number =>
    invocationCostUsd({ memorySizeMb, meanDurationMs, ...prices });
  const currentMs = Math.exp(interval(choice, choice.current).middle);
  const currentCost = costUsd(samples.sizes[choice.current]!, currentMs);
  return (column) => {
    const memorySizeMb = samples.sizes[column]!;
    const { lower, middle, upper } = interval(choice, column);
    const spread = (end: number): number => Math.hypot(end - middle, INTERVAL_DEVIATIONS * p95.deviation);
    const guardProbability = probabilityWithinGuard(request, choice, column);
    return {
      memorySizeMb,
      meanDurationMs: Math.exp(middle),
      meanDurationLowerMs: Math.exp(lower),
      meanDurationUpperMs: Math.exp(upper),
      p95DurationMs: Math.exp(middle) * p95.ratio,
      p95DurationLowerMs: Math.exp(middle - spread(lower)) * p95.ratio,
      p95DurationUpperMs: Math.exp(middle + spread(upper)) * p95.ratio,
      costUsdPerMillion: costUsd(memorySizeMb, Math.exp(middle)) * 1e6,
      costLowerUsdPerMillion: costUsd(memorySizeMb, Math.exp(lower)) * 1e6,
      costUpperUsdPerMillion: costUsd(memorySizeMb, Math.exp(upper)) * 1e6,
      relativeCost: costUsd(memorySizeMb, Math.exp(middle)) / currentCost,
      relativeDuration: Math.exp(middle) / currentMs,
      guardProbability,
      meetsGuard: guardProbability >= GUARD_CONFIDENCE,
      reachable: Number.isFinite(choice.values[column]),
      observed: observed.has(memorySizeMb),
    };
  };
}

function p95Ratio(latest: Observation): { ratio: number; deviation: number } {
  if (latest.p95DurationMs === undefined) return { ratio: DEFAULT_P95_RATIO, deviation: UNKNOWN_RATIO_DEVIATION };
  return { ratio: latest.p95DurationMs / latest.meanDurationMs, deviation: KNOWN_RATIO_DEVIATION };
}

export interface LogInterval {
  readonly lower: number;
  readonly middle: number;
  readonly upper: number;
}

/**
 * Estimate and ends of the 90 % interval of log duration at a size. The estimate has the least expected relative error:
 * the median when each curve counts in inverse proportion to its duration.
 */
export function interval({ samples }: Pick<Choice, 'samples'>, column: number): LogInterval {
  const known = intervals.get(samples) ?? new Map<number, LogInterval>();
  const found = known.get(column) ?? intervalAt(samples, column);
  intervals.set(samples, known.set(column, found));
  return found;
}

/** An interval's own arrays, of which nothing is left when it is known. */
const WORKING_SPACE = new SampleSpace();
/** The current size's is asked for by every row and sentence. */
const intervals = new WeakMap<CurveSamples, Map<number, LogInterval>>();

function intervalAt({ weights, logDurations, drawn, sizes }: CurveSamples, column: number): LogInterval {
  const rows = weights.length;
  WORKING_SPACE.clear();
  const expected = WORKING_SPACE.take(rows);
  const possible = WORKING_SPACE.take(rows);
  const relative = WORKING_SPACE.take(rows);
  for (let row = 0, at = column; row < rows; row++, at += sizes.length) {
    expected[row] = logDurations[at]!;
    possible[row] = drawn[at]!;
    relative[row] = weights[row]! * Math.exp(expected[0]! - expected[row]!);
  }
  const middle = quantiles(expected, relative, [0.5])[0]!;
  const [low, high] = quantiles(possible, weights, [0.05, 0.95]) as [number, number];
  const tomorrow = INTERVAL_DEVIATIONS * TOMORROW_DEVIATION;
  return {
    lower: middle - Math.hypot(Math.max(0, middle - low), tomorrow),
    middle,
    upper: middle + Math.hypot(Math.max(0, high - middle), tomorrow),
  };
}

/** Resolution of quantiles: the values' range is cut into this many parts, which is far quicker than sorting. */
const PARTS = 256;

/** Weighted quantiles, probabilities ascending. */
function quantiles(values: Float64Array, weights: Float64Array, probabilities: readonly number[]): number[] {
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  let total = 0;
  for (let row = 0; row < values.length; row++) {
    if (values[row]! < least) least = values[row]!;
    if (values[row]! > most) most = values[row]!;
    total += weights[row]!;
  }
  const width = (most - least) / PARTS;
  if (!(width > 0)) return probabilities.map(() => least);
  const histogram = WORKING_SPACE.take(PARTS + 1).fill(0);
  for (let row = 0; row < values.length; row++) {
    histogram[Math.floor((values[row]! - least) / width)]! += weights[row]!;
  }
  let part = 0;
  let passed = histogram[0]!;
  return probabilities.map((probability) => {
    while (passed < probability * total && part < PARTS) passed += histogram[++part]!;
    return Math.min(most, least + (part + 0.5) * width);
  });
}

function probabilityWithinGuard(request: RecommendationRequest, choice: Choice, column: number): number {
  const limit = Math.log1p(request.maxSlowdown ?? DEFAULT_MAX_SLOWDOWN) + MEASURING_TOLERANCE;
  return probabilityWithin(choice, column, choice.baseline, limit);
}

/** Probability that log duration at one size exceeds that at another by no more than the limit. */
export function probabilityWithin(choice: Choice, column: number, reference: number, limit: number): number {
  const { weights, drawn, sizes } = choice.samples;
  let probability = 0;
  for (let row = 0; row < weights.length; row++) {
    const difference = drawn[row * sizes.length + column]! - drawn[row * sizes.length + reference]!;
    if (difference <= limit) probability += weights[row]!;
  }
  return Math.min(1, probability);
}
