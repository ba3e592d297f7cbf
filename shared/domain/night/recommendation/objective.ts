import { CERTAIN_DEVIATIONS, normalCdf } from './normal.ts';
import type { CurveSamples } from './posterior.ts';
import type { UnitPrices } from './types.ts';

/** What each size would cost the customer under each possible curve, in the strategy's own unit; less is better. */
export interface Losses {
  readonly columns: number;
  /** Loss of spending tonight at a size, one row of sizes per curve sample. */
  readonly tonight: Float64Array;
  /** Loss of staying at a size for good. */
  readonly lasting: Float64Array;
}

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
  const tonight = new Float64Array(rows * columns);
  const lasting = new Float64Array(rows * columns);
  const scores = new RegretScores(samples.sizes, columns, weight, prices);
  for (let row = 0; row < rows; row++) {
    scores.fill(samples.logDurations, samples.variances, row * stride, tonight, row * columns);
    scores.fill(samples.drawn, undefined, row * stride, lasting, row * columns);
  }
  return { columns, tonight, lasting };
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
  fill(logs: Float64Array, variances: Float64Array | undefined, from: number, regrets: Float64Array, to: number): void {
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
      regrets[to + c] = cost;
    }
    let best = Number.POSITIVE_INFINITY;
    for (let c = 0; c < this.#columns; c++) {
      const score =
        (this.#weight * regrets[to + c]!) / leastCost + ((1 - this.#weight) * durations[c]!) / leastDuration;
      if (score < best) best = score;
      // The mean of a log-normal duration is above its median.
      regrets[to + c] = variances === undefined ? score : score * (1 + variances[from + c]! / 2);
    }
    for (let c = 0; c < this.#columns; c++) regrets[to + c] = regrets[to + c]! / best - 1;
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
export function guardedCostLosses(samples: CurveSamples, columns: number, guard: GuardedCost): Losses {
  const stride = samples.sizes.length;
  const tonight = new Float64Array(samples.weights.length * columns);
  const lasting = new Float64Array(tonight.length);
  const { logDurations, drawn, variances } = samples;
  const lossTonight = guardedLoss(guard, guard.tonightPenalty);
  const lossLasting = guardedLoss(guard, guard.lastingPenalty);
  const baselineSize = samples.sizes[guard.baselineColumn]!;
  for (let row = 0; row < samples.weights.length; row++) {
    const baselineLog = drawn[row * stride + guard.baselineColumn]!;
    const baselineCost = expectedCostUsd(baselineSize, Math.exp(baselineLog), guard.prices);
    for (let c = 0, to = row * columns, at = row * stride; c < columns; c++, to++, at++) {
      const size = samples.sizes[c]!;
      const expected = logDurations[at]!;
      const costTonight = expectedCostUsd(size, Math.exp(expected), guard.prices) / baselineCost - 1;
      const costLasting = expectedCostUsd(size, Math.exp(drawn[at]!), guard.prices) / baselineCost - 1;
      const isBaseline = c === guard.baselineColumn;
      tonight[to] = isBaseline ? costTonight : lossTonight(costTonight, expected - baselineLog, variances[at]!);
      lasting[to] = isBaseline ? costLasting : lossLasting(costLasting, drawn[at]! - baselineLog, 0);
    }
  }
  return { columns, tonight, lasting };
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

/** Expected loss of each size over the samples. */
export function expectedLosses(losses: Float64Array, columns: number, weights: Float64Array): Float64Array {
  const expected = new Float64Array(columns);
  for (let row = 0; row < weights.length; row++) {
    for (let c = 0; c < columns; c++) expected[c]! += weights[row]! * losses[row * columns + c]!;
  }
  return expected;
}
