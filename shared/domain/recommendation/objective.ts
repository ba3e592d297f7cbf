import { normalCdf } from './normal.ts';
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

/** Billing rounds up to a whole millisecond; a duration known only roughly loses half a one on average. */
export function expectedCostUsd(memorySizeMb: number, durationMs: number, prices: UnitPrices): number {
  const billedMs = Math.max(1, durationMs + 0.5);
  return (billedMs / 1000) * (memorySizeMb / 1024) * prices.usdPerGbSecond + prices.usdPerRequest;
}

/** `balanced` and `speed`: weight × relative cost + (1 − weight) × relative duration, as regret against the best size. */
export function balancedLosses(samples: CurveSamples, columns: number, weight: number, prices: UnitPrices): Losses {
  const stride = samples.sizes.length;
  const losses = new Float64Array(samples.weights.length * columns);
  const costs = new Float64Array(columns);
  const durations = new Float64Array(columns);
  for (let row = 0; row < samples.weights.length; row++) {
    let leastCost = Number.POSITIVE_INFINITY;
    let leastDuration = Number.POSITIVE_INFINITY;
    for (let c = 0; c < columns; c++) {
      const duration = Math.exp(samples.logDurations[row * stride + c]!);
      const cost = expectedCostUsd(samples.sizes[c]!, duration, prices);
      leastCost = Math.min(leastCost, cost);
      leastDuration = Math.min(leastDuration, duration);
      durations[c] = duration;
      costs[c] = cost;
    }
    let best = Number.POSITIVE_INFINITY;
    for (let c = 0; c < columns; c++) {
      const score = (weight * costs[c]!) / leastCost + ((1 - weight) * durations[c]!) / leastDuration;
      // The mean of a log-normal duration is above its median.
      losses[row * columns + c] = score * (1 + samples.variances[row * stride + c]! / 2);
      best = Math.min(best, score);
    }
    for (let c = 0; c < columns; c++) losses[row * columns + c] = losses[row * columns + c]! / best - 1;
  }
  return { columns, tonight: losses, lasting: losses };
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

/** `cost`: relative cost against the baseline, and a penalty for the probability of being slower than allowed. */
export function guardedCostLosses(samples: CurveSamples, columns: number, guard: GuardedCost): Losses {
  const stride = samples.sizes.length;
  const tonight = new Float64Array(samples.weights.length * columns);
  const lasting = new Float64Array(tonight.length);
  const baselineSize = samples.sizes[guard.baselineColumn]!;
  const limit = Math.log1p(guard.maxSlowdown);
  const severe = Math.log1p(guard.severeSlowdown);
  for (let row = 0; row < samples.weights.length; row++) {
    const baseline = samples.logDurations[row * stride + guard.baselineColumn]!;
    const baselineCost = expectedCostUsd(baselineSize, Math.exp(baseline), guard.prices);
    for (let c = 0; c < columns; c++) {
      const log = samples.logDurations[row * stride + c]!;
      const deviation = Math.sqrt(samples.variances[row * stride + c]! + 1e-6);
      const isBaseline = samples.sizes[c] === baselineSize;
      const beyond = isBaseline ? 0 : 1 - normalCdf((limit - log + baseline) / deviation);
      const severely = isBaseline ? 0 : 1 - normalCdf((severe - log + baseline) / deviation);
      const cost = expectedCostUsd(samples.sizes[c]!, Math.exp(log), guard.prices) / baselineCost - 1;
      tonight[row * columns + c] = cost + guard.tonightPenalty * beyond + guard.severePenalty * severely;
      lasting[row * columns + c] = cost + guard.lastingPenalty * beyond + guard.severePenalty * severely;
    }
  }
  return { columns, tonight, lasting };
}

/** Expected loss of each size over the samples. */
export function expectedLosses(losses: Float64Array, columns: number, weights: Float64Array): Float64Array {
  const expected = new Float64Array(columns);
  for (let row = 0; row < weights.length; row++) {
    for (let c = 0; c < columns; c++) expected[c]! += weights[row]! * losses[row * columns + c]!;
  }
  return expected;
}
