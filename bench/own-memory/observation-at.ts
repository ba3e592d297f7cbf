import { durationMsAt, INIT_MS, type Work } from '../../sandbox/metering/duration-at-memory.ts';
import type { Observation } from '../../shared/domain/night/recommendation/types.ts';
import { maxMemoryUsedMbOf, type TaskProfile } from './task-profile.ts';

interface Weighted {
  readonly ms: number;
  readonly weight: number;
}

/** A month of production as it would be at a memory size. Durations are what is billed: a cold start's hold its INIT. */
export function observationAt(profile: TaskProfile, memorySizeMb: number): Observation {
  const { cold, warm } = durationsByStart(profile, memorySizeMb);
  const durations = weighted(profile, cold, warm);
  const cpu = (works: readonly Work[], initMs: number): number[] => works.map(({ cpuMs }) => cpuMs + initMs);
  const ranked = durations.toSorted((one, other) => one.ms - other.ms);
  return {
    memorySizeMb,
    invocations: profile.invocationsPerMonth,
    meanDurationMs: mean(durations),
    p50DurationMs: quantile(ranked, 0.5),
    p95DurationMs: quantile(ranked, 0.95),
    p99DurationMs: quantile(ranked, 0.99),
    maxDurationMs: ranked.at(-1)!.ms,
    maxMemoryUsedMb: maxMemoryUsedMbOf(profile),
    cpuTimeMs: mean(weighted(profile, cpu(profile.cold, profile.initCpuMs), cpu(profile.warm, 0))),
    source: 'bench:own-memory',
  };
}

/** Billed durations of cold and warm invocations, ms, by themselves. */
export function durationsByStart(profile: TaskProfile, memorySizeMb: number): { cold: number[]; warm: number[] } {
  const at = (work: Work): number => durationMsAt(work, memorySizeMb);
  const initMs = initMsAt(profile, memorySizeMb);
  return { cold: profile.cold.map((work) => initMs + at(work)), warm: profile.warm.map(at) };
}

/**
 * AWS gives INIT more of a CPU than the size's share and promises no figure. Never less than a night's bill takes for it,
 * so that more memory buys nothing here, nor less than the share would make of it, so that little memory costs what it may.
 */
const initMsAt = ({ initCpuMs }: TaskProfile, memorySizeMb: number): number =>
  Math.max(INIT_MS, durationMsAt({ cpuMs: initCpuMs, waitedMs: 0 }, memorySizeMb));

function weighted({ coldStartShare }: TaskProfile, cold: readonly number[], warm: readonly number[]): Weighted[] {
  const coldWeight = warm.length === 0 ? 1 : coldStartShare;
  return [
    ...cold.map((ms) => ({ ms, weight: coldWeight / cold.length })),
    ...warm.map((ms) => ({ ms, weight: (1 - coldWeight) / warm.length })),
  ].filter(({ weight }) => weight > 0);
}

const mean = (durations: readonly Weighted[]): number =>
  durations.reduce((sum, { ms, weight }) => sum + ms * weight, 0);

function quantile(ranked: readonly Weighted[], share: number): number {
  let passed = 0;
  for (const { ms, weight } of ranked) {
    passed += weight;
    if (passed >= share - ROUNDING) return ms;
  }
  return ranked.at(-1)!.ms;
}

/** Weights add up to 1 but for this. */
const ROUNDING = 1e-9;
