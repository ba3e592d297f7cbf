import { Losses } from './losses.ts';
import { CERTAIN_DEVIATIONS, normalCdf } from './normal.ts';
import type { CurveSamples } from './posterior.ts';
import { type TakeNumbers, takeNew } from './sample-space.ts';
import type { UnitPrices } from './types.ts';

/** Billing rounds up to a whole millisecond: half a one on average. */
const HALF_MS = 0.5;

/** Billing rounds up to a whole millisecond; a duration known only roughly loses half a one on average. */
export function expectedCostUsd(memorySizeMb: number, durationMs: number, prices: UnitPrices): number {
  const billedMs = Math.max(1, durationMs + HALF_MS);
  return (billedMs / 1000) * (memorySizeMb / 1024) * prices.usdPerGbSecond + prices.usdPerRequest;
}

/** `balanced` and `speed`: weight × relative cost + (1 − weight) × relative duration, as regret against the best size. */
export function balancedLosses(samples: CurveSamples, columns: number, weight: number, prices: UnitPrices): Losses {
  const stride = samples.sizes.length;
  const rows = samples.weights.length;
  const tonight = Array.from({ length: columns }, () => new Float64Array(rows));
  const lasting = Array.from({ length: columns }, () => new Float64Array(rows));
  const scores = new RegretScores(samples.sizes, columns, weight, prices);
  for (let row = 0; row < rows; row++) {
    scores.fill(samples.logDurations, samples.variances, row * stride, tonight, row);
    scores.fill(samples.drawn, undefined, row * stride, lasting, row);
  }
  return new Losses(
    samples.weights,
    columns,
    (column) => tonight[column]!,
    (column) => lasting[column]!,
  );
}

/** Turns one curve into regrets; keeps its working space between curves. */
class RegretScores {
  readonly #gb: Float64Array;
  readonly #columns: number;
  readonly #weight: number;
  readonly #prices: UnitPrices;
  readonly #durations: Float64Array;

  constructor(sizes: readonly number[], columns: number, weight: number, prices: UnitPrices) {
    this.#gb = Float64Array.from(sizes, (size) => size / 1024);
    this.#columns = columns;
    this.#weight = weight;
    this.#prices = prices;
    this.#durations = new Float64Array(columns);
  }

  /** Regrets of a curve of log durations; with variances, of the mean duration around it. */
  fill(
    logs: Float64Array,
    variances: Float64Array | undefined,
    from: number,
    regrets: readonly Float64Array[],
    row: number,
  ): void {
    const durations = this.#durations;
    const usdPerGbMs = this.#prices.usdPerGbSecond / 1000;
    let leastCost = Number.POSITIVE_INFINITY;
    let leastDuration = Number.POSITIVE_INFINITY;
    for (let c = 0; c < this.#columns; c++) {
      const duration = Math.exp(logs[from + c]!);
      const cost = Math.max(1, duration + HALF_MS) * this.#gb[c]! * usdPerGbMs + this.#prices.usdPerRequest;
      if (cost < leastCost) leastCost = cost;
      if (duration < leastDuration) leastDuration = duration;
      durations[c] = duration;
      regrets[c]![row] = cost;
    }
    let best = Number.POSITIVE_INFINITY;
    for (let c = 0; c < this.#columns; c++) {
      const score =
        (this.#weight * regrets[c]![row]!) / leastCost + ((1 - this.#weight) * durations[c]!) / leastDuration;
      if (score < best) best = score;
      // The mean of a log-normal duration is above its median.
      regrets[c]![row] = variances === undefined ? score : score * (1 + variances[from + c]! / 2);
    }
    for (let c = 0; c < this.#columns; c++) regrets[c]![row] = regrets[c]![row]! / best - 1;
  }
}

export interface GuardedCost {
  readonly baselineColumn: number;
  readonly maxSlowdown: number;
  readonly prices: UnitPrices;
  /** Loss of certainly being beyond the guard for a night, and for good, in units of the baseline's cost. */
  readonly tonightPenalty: number;
  readonly lastingPenalty: number;
  /** Slowdown that must not happen even for a night, and the loss of its certainty. */
  readonly severeSlowdown: number;
  readonly severePenalty: number;
}

/** Deviation of log duration by which the guard's edge is blurred, so that few samples give smooth probabilities. */
const GUARD_BLUR = 0.004;
/**
 * A function this little beyond its guard cannot be told from one within it (log scale; a little less than the
 * 2 % that noise explains).
 */
export const MEASURING_TOLERANCE = 0.017;

/** `cost`: relative cost against the baseline, and a penalty for the probability of being slower than allowed. */
export function guardedCostLosses(
  samples: CurveSamples,
  columns: number,
  guard: GuardedCost,
  take: TakeNumbers = takeNew,
): Losses {
  const { logDurations, drawn, variances, sizes, weights } = samples;
  const baselineLogs = take(weights.length);
  const baselineCosts = take(weights.length);
  for (let row = 0, at = guard.baselineColumn; row < weights.length; row++, at += sizes.length) {
    baselineLogs[row] = drawn[at]!;
    baselineCosts[row] = expectedCostUsd(sizes[guard.baselineColumn]!, Math.exp(drawn[at]!), guard.prices);
  }
  const lossesOf = (column: number, logs: Float64Array, spread: Float64Array | undefined, penalty: number) => {
    const size = sizes[column]!;
    const losses = take(weights.length);
    const lossOf = guardedLoss(guard, penalty);
    for (let row = 0, at = column; row < losses.length; row++, at += sizes.length) {
      const log = logs[at]!;
      const relativeCost = expectedCostUsd(size, Math.exp(log), guard.prices) / baselineCosts[row]! - 1;
      losses[row] =
        column === guard.baselineColumn
          ? relativeCost
          : lossOf(relativeCost, log - baselineLogs[row]!, spread === undefined ? 0 : spread[at]!);
    }
    return losses;
  };
  return new Losses(
    weights,
    columns,
    (column) => lossesOf(column, logDurations, variances, guard.tonightPenalty),
    (column) => lossesOf(column, drawn, undefined, guard.lastingPenalty),
  );
}

type GuardedLoss = (relativeCost: number, slowdown: number, variance: number) => number;

/** Beyond the guard a saving is none: the function has to come back. */
function guardedLoss(guard: GuardedCost, penalty: number): GuardedLoss {
  const limit = Math.log1p(guard.maxSlowdown) + MEASURING_TOLERANCE;
  const severe = Math.log1p(guard.severeSlowdown);
  return (relativeCost, slowdown, variance) => {
    const room = limit - slowdown;
    const blurred = variance + GUARD_BLUR ** 2;
    // Most sizes are far within the guard: no need to ask how far exactly.
    if (room > 0 && room * room > CERTAIN_DEVIATIONS ** 2 * blurred) return relativeCost;
    const deviation = Math.sqrt(blurred);
    const beyond = 1 - normalCdf(room / deviation);
    const severely = 1 - normalCdf((severe - slowdown) / deviation);
    return relativeCost * (1 - beyond) + penalty * beyond + guard.severePenalty * severely;
  };
}
