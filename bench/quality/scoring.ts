import { fallbackPrices } from '../../shared/domain/pricing/fallback-prices.ts';
import { invocationCostUsd } from '../../shared/domain/pricing/lambda-cost.ts';
import type { MeasuredCurve } from './curves.ts';
import { durationAt } from './interpolate.ts';

/** Duration beyond the guard that still counts as within it: measuring noise. */
export const GUARD_TOLERANCE = 0.02;
/** Base sizes the protocol starts from, where they lie in a function's measured range. */
export const BASE_SIZES_MB: readonly number[] = [128, 256, 512, 1024, 1536, 2048, 3008];

export function basesOf(curve: MeasuredCurve): number[] {
  const min = curve.points[0]!.memorySizeMb;
  const max = curve.points.at(-1)!.memorySizeMb;
  return BASE_SIZES_MB.filter((size) => size >= min && size <= max);
}

export function costAt(curve: MeasuredCurve, memorySizeMb: number): number {
  const prices = fallbackPrices().architectures[curve.architecture];
  return invocationCostUsd({
    memorySizeMb,
    meanDurationMs: durationAt(curve, memorySizeMb),
    usdPerGbSecond: prices.durationTiers[0]!.usdPerGbSecond,
    usdPerRequest: prices.usdPerRequest,
  });
}

/** The balanced score of a size: weight × relative cost + (1 − weight) × relative duration, against measured minima. */
export function balancedScorer(curve: MeasuredCurve, weight: number): (memorySizeMb: number) => number {
  const sizes = curve.points.map((point) => point.memorySizeMb);
  const leastCost = Math.min(...sizes.map((size) => costAt(curve, size)));
  const leastDuration = Math.min(...sizes.map((size) => durationAt(curve, size)));
  return (size) =>
    (weight * costAt(curve, size)) / leastCost + ((1 - weight) * durationAt(curve, size)) / leastDuration;
}

/** Regret of a size under the balanced score: 0 is the best measured size. */
export function regretScorer(curve: MeasuredCurve, weight: number): (memorySizeMb: number) => number {
  const score = balancedScorer(curve, weight);
  const best = Math.min(...curve.points.map((point) => score(point.memorySizeMb)));
  return (size) => score(size) / best - 1;
}

/** The cheapest measured size that is at most (1 + maxSlowdown) × as slow as the base. */
export function guardedOracleSize(curve: MeasuredCurve, baseSizeMb: number, maxSlowdown: number): number {
  const limit = durationAt(curve, baseSizeMb) * (1 + maxSlowdown);
  const within = curve.points.map((point) => point.memorySizeMb).filter((size) => durationAt(curve, size) <= limit);
  return within.reduce((best, size) => (costAt(curve, size) < costAt(curve, best) ? size : best), baseSizeMb);
}

/** Mean over base sizes, then over the functions of a group, then over groups. */
export function groupedMean(rows: readonly { group: string; function: string; value: number }[]): number {
  const byGroup = Map.groupBy(rows, (row) => row.group);
  return mean(
    [...byGroup.values()].map((group) =>
      mean([...Map.groupBy(group, (row) => row.function).values()].map((each) => mean(each.map((row) => row.value)))),
    ),
  );
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
