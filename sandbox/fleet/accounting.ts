import type { Fleet } from './fleet.ts';
import { behaviourAt, type FleetFunction } from './fleet-function.ts';
import type { TrafficPart } from './timeline.ts';
import { HOURS_PER_MONTH } from './traffic.ts';

/**
 * us-east-1 on-demand prices, first tier, USD: AWS Price List, AWSLambda offer published 2026-09-19. The demo judges
 * the product with this; it must not share code with the product's own pricing.
 */
const USD_PER_GB_SECOND = { x86_64: 0.0000166667, arm64: 0.0000133334 } as const;
const USD_PER_REQUEST = 0.2 / 1_000_000;
const USD_PER_GB_SECOND_OF_STORAGE = 0.0000000309;
const FREE_STORAGE_MB = 512;

/** Price of one invocation, USD: billed to the next millisecond, INIT included (billed since 2025-08-01). */
function invocationUsd(fn: FleetFunction, memorySizeMb: number, durationMs: number): number {
  const meanBilledMs = Math.ceil(durationMs) + fn.coldStartShare * fn.initDurationMs;
  const seconds = meanBilledMs / 1000;
  const storageGb = Math.max(0, fn.ephemeralStorageMb - FREE_STORAGE_MB) / 1024;
  const perSecond =
    (memorySizeMb / 1024) * USD_PER_GB_SECOND[fn.architecture] + storageGb * USD_PER_GB_SECOND_OF_STORAGE;
  return seconds * perSecond + USD_PER_REQUEST;
}

function partUsdPerHour(fn: FleetFunction, part: TrafficPart): number {
  // Managed Instances pay for EC2 instances and requests: memory saves nothing there, and the instances are not counted.
  if (fn.kind === 'managedInstances') return fn.traffic.invocationsPerHour * part.weight * USD_PER_REQUEST;
  const durationMs = Math.min(behaviourAt(fn, part.memorySizeMb).meanMs, part.timeoutS * 1000);
  return fn.traffic.invocationsPerHour * part.weight * invocationUsd(fn, part.memorySizeMb, durationMs);
}

/** A function's monthly cost (USD) at nominal traffic with the sizes in force at that time; 0 once deleted. */
export function functionMonthlyCostUsd(fn: FleetFunction, at: Date | number): number {
  const regime = fn.timeline.at(Number(at));
  if (!regime || regime.deleted || regime.reservedConcurrency === 0) return 0;
  return regime.parts.reduce((sum, part) => sum + partUsdPerHour(fn, part), 0) * HOURS_PER_MONTH;
}

/**
 * What the fleet costs a month (USD): fixed nominal traffic, the noise-free measured curve at the sizes in force at
 * that time, list prices. Regressions do not count, so that two dates differ by sizes alone.
 */
export function monthlyCostUsd(fleet: Fleet, at: Date | number): number {
  return fleet.functions.reduce((sum, fn) => sum + functionMonthlyCostUsd(fn, at), 0);
}

/** The function's true mean duration at a size, without noise or regressions. */
export function trueMeanDurationMs(fn: FleetFunction, memorySizeMb: number): number {
  return behaviourAt(fn, memorySizeMb).meanMs;
}
