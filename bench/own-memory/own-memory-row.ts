import { defaultUnitPrices } from '../../shared/domain/pricing/fallback-prices.ts';
import { invocationCostUsd } from '../../shared/domain/pricing/lambda-cost.ts';
import { percentile, rounded } from '../load/statistics.ts';
import { durationsByStart, observationAt } from './observation-at.ts';
import { recommendSize } from './recommend-size.ts';
import { maxMemoryUsedMbOf, type TaskProfile } from './task-profile.ts';
import type { TaskSettings } from './task-settings.ts';

export interface OwnMemoryRow {
  readonly task: string;
  /** As it is deployed. */
  readonly memorySizeMb: number;
  readonly recommendedMemorySizeMb: number;
  /** What was deployed before the model was first asked; the guard is measured against it. */
  readonly baselineMemorySizeMb: number;
  readonly strategy: string;
  /** The model's; why it is overruled where it is. */
  readonly reason: string;
  /** At the size that it is deployed with, INIT included. */
  readonly coldP95Ms: number;
  /** null where every invocation starts an environment. */
  readonly warmP50Ms: number | null;
  readonly warmP99Ms: number | null;
  /** At the size that is recommended. */
  readonly recommendedColdP95Ms: number;
  /** At the largest account that was measured, the runtime's own included. */
  readonly maxMemoryUsedMb: number;
  /** What 1,000 functions more take, between the smallest and the largest account that were measured. */
  readonly memoryMbPer1000Functions: number;
  /** Accounts up to about this size fit into the deployed size; null where memory does not grow. */
  readonly fitsFunctions: number | null;
  readonly usdPerMonthNow: number;
  readonly usdPerMonthRecommended: number;
}

/** Growth below this is scatter, MB for 1,000 functions. */
const LEAST_GROWTH_MB = 0.5;

/** @param overruledBecause why the deployed size is not to be the model's, where it is not */
export function ownMemoryRow(
  task: string,
  profile: TaskProfile,
  { memorySizeMb, timeoutSeconds }: TaskSettings,
  overruledBecause?: string,
): OwnMemoryRow {
  const recommended = recommendSize(task, profile, timeoutSeconds);
  const { cold, warm } = durationsByStart(profile, memorySizeMb);
  const warmMs = (share: number): number | null => (warm.length === 0 ? null : rounded(percentile(warm, share)));
  return {
    task,
    memorySizeMb,
    recommendedMemorySizeMb: recommended.memorySizeMb,
    baselineMemorySizeMb: profile.baselineMemorySizeMb,
    strategy: recommended.strategy,
    reason: overruledBecause === undefined ? recommended.reason : `overruled: ${overruledBecause}`,
    coldP95Ms: rounded(percentile(cold, 0.95)),
    ...{ warmP50Ms: warmMs(0.5), warmP99Ms: warmMs(0.99) },
    recommendedColdP95Ms: rounded(percentile(durationsByStart(profile, recommended.memorySizeMb).cold, 0.95)),
    maxMemoryUsedMb: maxMemoryUsedMbOf(profile),
    ...growthOf(profile, memorySizeMb),
    usdPerMonthNow: usdPerMonth(profile, memorySizeMb),
    usdPerMonthRecommended: usdPerMonth(profile, recommended.memorySizeMb),
  };
}

function growthOf(profile: TaskProfile, memorySizeMb: number) {
  const measured = Object.entries(profile.peakMemoryMb).map(([functions, mb]) => ({
    functions: Number(functions),
    mb,
  }));
  const [least, most] = [measured[0]!, measured.at(-1)!];
  const thousands = (most.functions - least.functions) / 1_000;
  const memoryMbPer1000Functions = thousands === 0 ? 0 : rounded((most.mb - least.mb) / thousands, 2);
  if (memoryMbPer1000Functions < LEAST_GROWTH_MB) return { memoryMbPer1000Functions, fitsFunctions: null };
  const roomMb = memorySizeMb - maxMemoryUsedMbOf(profile);
  const further = Math.floor(roomMb / memoryMbPer1000Functions) * 1_000;
  return { memoryMbPer1000Functions, fitsFunctions: Math.max(0, most.functions + further) };
}

function usdPerMonth(profile: TaskProfile, memorySizeMb: number): number {
  const { meanDurationMs } = observationAt(profile, memorySizeMb);
  const usd = invocationCostUsd({ memorySizeMb, meanDurationMs, ...defaultUnitPrices('arm64') });
  return rounded(usd * profile.invocationsPerMonth, 4);
}
