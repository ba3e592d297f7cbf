import { LAMBDA_MEMORY_MAX_MB, LAMBDA_TIMEOUT_MAX_SECONDS } from '../../constants.ts';
import type { ChangeRecord } from '../../contracts/ledger.ts';
import type { RemediationAction } from '../../contracts/remediation.ts';
import type { RemediationSettings } from '../../contracts/remediation-settings.ts';
import type { FunctionEvidence } from './evidence.ts';

/** How much more of something an action gives, with every limit that is ours to keep; undefined when none is left. */

/** Memory sizes people can read: whole steps of 64 MB, as Lambda's console used to have. */
const MEMORY_GRID_MB = 64;

export function raisedMemoryMb(currentMb: number, settings: RemediationSettings): number | undefined {
  const limit = Math.min(LAMBDA_MEMORY_MAX_MB, settings.maximumMemorySizeMb);
  const wanted = Math.ceil((currentMb * settings.memoryStep) / MEMORY_GRID_MB) * MEMORY_GRID_MB;
  const after = Math.min(limit, wanted);
  return after > currentMb ? after : undefined;
}

export function raisedTimeoutSeconds(currentSeconds: number, settings: RemediationSettings): number | undefined {
  const after = Math.min(LAMBDA_TIMEOUT_MAX_SECONDS, Math.ceil(currentSeconds * settings.timeoutStep));
  return after > currentSeconds ? after : undefined;
}

/** Lambda refuses a reservation that leaves less than this to all functions without one. */
export const UNRESERVED_FLOOR = 100;

export function raisedReservation(
  current: number,
  { unreserved }: FunctionEvidence['account'],
  settings: RemediationSettings,
): number | undefined {
  const room = Math.max(0, unreserved - UNRESERVED_FLOOR);
  const after = Math.min(current + room, Math.ceil(current * settings.concurrencyStep));
  return after > current ? after : undefined;
}

/** Configured provisioned concurrency, x86, us-east-1 (Price List 2026-09-19): USD a GB-second, over a month of 730 h. */
const PROVISIONED_USD_PER_GB_SECOND = 0.0000041667;
const SECONDS_PER_MONTH = 730 * 3_600;

export const provisionedUsdPerMonth = (environments: number, memorySizeMb: number): number =>
  environments * (memorySizeMb / 1_024) * SECONDS_PER_MONTH * PROVISIONED_USD_PER_GB_SECOND;

export function raisedProvisioned(
  current: number,
  memorySizeMb: number,
  settings: RemediationSettings,
): number | undefined {
  const affordable = Math.floor(settings.provisionedBudgetUsdPerMonth / provisionedUsdPerMonth(1, memorySizeMb));
  const after = Math.min(current + affordable, Math.ceil(current * settings.provisionedStep));
  return after > current ? after : undefined;
}

export function raisedUnits(current: number, settings: RemediationSettings): number | undefined {
  const after = Math.min(settings.maximumTableUnits, Math.ceil(current * settings.tableStep));
  return after > current ? after : undefined;
}

/** A size is worth its memory when the curve expects it to shorten the run by a fifth. */
const WORTHWHILE_SHARE = 0.8;

/**
 * Whether more memory would make the function faster, as far as the curve of its last assessment knows: a function
 * bound by I/O does not get faster by memory, and one nobody assessed is taken for one.
 */
export function isFasterWithMemory(change: ChangeRecord | undefined, fromMb: number, toMb: number): boolean {
  const curve = change?.assessment.candidates ?? [];
  const before = durationAt(curve, fromMb);
  const after = durationAt(curve, toMb);
  return before !== undefined && after !== undefined && after <= before * WORTHWHILE_SHARE;
}

/** Between two of the curve's sizes as a straight line on logarithmic scales; undefined beyond its ends. */
function durationAt(curve: ChangeRecord['assessment']['candidates'], sizeMb: number): number | undefined {
  const above = curve.findIndex(({ memorySizeMb }) => memorySizeMb >= sizeMb);
  const right = curve[above];
  if (right === undefined || right.memorySizeMb === sizeMb) return right?.meanDurationMs;
  const left = curve[above - 1];
  if (left === undefined) return undefined;
  const share = Math.log(sizeMb / left.memorySizeMb) / Math.log(right.memorySizeMb / left.memorySizeMb);
  return left.meanDurationMs * (right.meanDurationMs / left.meanDurationMs) ** share;
}

export function raiseMemory(evidence: FunctionEvidence, settings: RemediationSettings): RemediationAction | undefined {
  const { functionName, functionArn, live } = evidence;
  const memorySizeMb = live && raisedMemoryMb(live.memorySizeMb, settings);
  if (live === undefined || memorySizeMb === undefined) return undefined;
  const before = { memorySizeMb: live.memorySizeMb, timeoutSeconds: live.timeoutSeconds };
  return { kind: 'RaiseMemory', functionName, functionArn, before, after: { ...before, memorySizeMb } };
}

/** More time, as much as its callers wait for, or more memory where the curve says that it makes the function faster. */
export function raiseTimeout(evidence: FunctionEvidence, settings: RemediationSettings): RemediationAction | undefined {
  const { functionName, functionArn, live, lastChange, callerLimit } = evidence;
  if (live === undefined) return undefined;
  const memorySizeMb = raisedMemoryMb(live.memorySizeMb, settings);
  if (memorySizeMb !== undefined && isFasterWithMemory(lastChange, live.memorySizeMb, memorySizeMb)) {
    return raiseMemory(evidence, settings);
  }
  const wanted = raisedTimeoutSeconds(live.timeoutSeconds, settings) ?? 0;
  const timeoutSeconds = Math.min(wanted, callerLimit?.ceilingSeconds ?? wanted);
  if (timeoutSeconds <= live.timeoutSeconds) return undefined;
  const before = { memorySizeMb: live.memorySizeMb, timeoutSeconds: live.timeoutSeconds };
  return { kind: 'RaiseTimeout', functionName, functionArn, before, after: { ...before, timeoutSeconds } };
}
