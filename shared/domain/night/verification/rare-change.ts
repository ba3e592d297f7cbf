import type { Rhythm } from '../../../contracts/rhythm.ts';
import { everyInWords } from '../recommendation/rare-runs.ts';
import { comparisonWindows, SETTLING_MS, type TimeWindow } from './comparison-windows.ts';
import { type Judgement, judgeChange, type VerificationCase, type WindowMetrics } from './judge-change.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Runs after a change before durations are compared: the amount of work differs from run to run. */
export const RUNS_TO_JUDGE = 3;
/** One interval more than that many runs take, so that a run that comes late still counts. */
const INTERVALS_TO_WATCH = RUNS_TO_JUDGE + 1;
/** Where runs keep to no interval: as long as the evidence for the change reached back. */
const SEASON_DAYS = 84;

/** Some production of a function that rests for days. */
export interface RareWindowMetrics extends WindowMetrics {
  runs: number;
}

/** How long a change is watched that nobody can judge yet, days: at least as long as any other. */
export function watchDays(rhythm: Rhythm | undefined, watchNights: number): number {
  if (rhythm === undefined) return watchNights;
  const days = rhythm.everyDays === undefined ? SEASON_DAYS : INTERVALS_TO_WATCH * rhythm.everyDays;
  return Math.max(watchNights, Math.ceil(days));
}

/**
 * What to judge a change by: of a function that works on most days the same hours before it, of one that rests for days
 * everything since the change, against as long before it, and at least as long as so many runs take.
 */
export function changeWindows(
  rhythm: Rhythm | undefined,
  appliedAtMs: number,
  nowMs: number,
): { after: TimeWindow; before: TimeWindow } | undefined {
  if (rhythm === undefined) return comparisonWindows(appliedAtMs, nowMs);
  const fromMs = Math.ceil((appliedAtMs + SETTLING_MS) / HOUR_MS) * HOUR_MS;
  const toMs = Math.floor(nowMs / HOUR_MS) * HOUR_MS;
  if (toMs <= fromMs) return undefined;
  const leastMs = Math.ceil(RUNS_TO_JUDGE * (rhythm.everyDays ?? SEASON_DAYS / RUNS_TO_JUDGE)) * DAY_MS;
  const endMs = Math.floor(appliedAtMs / HOUR_MS) * HOUR_MS;
  const periodSeconds = HOUR_MS / 1000;
  return {
    after: { fromMs, toMs, periodSeconds },
    before: { fromMs: endMs - Math.max(leastMs, toMs - fromMs), toMs: endMs, periodSeconds },
  };
}

/**
 * Harm that errors show is found in the first run; durations are compared once there are enough of them. A job of one call a
 * run never has as many failures as a rate takes, so there all of its calls are enough.
 */
export function judgeRareChange(
  change: VerificationCase & { before: RareWindowMetrics; after: RareWindowMetrics },
  rhythm: Rhythm,
): Judgement {
  const { everyDays } = rhythm;
  const { before, after } = change;
  if (everyCallFailed(after) && before.invocations > 0 && !everyCallFailed(before))
    return { verdict: 'worse', reason: `every call since the change failed (${after.errors} of ${after.invocations})` };
  if (everyDays === undefined) return judgeChange(change);
  const minimumInvocations = Math.min(change.minimumInvocations, RUNS_TO_JUDGE);
  if (after.runs >= RUNS_TO_JUDGE) return judgeChange({ ...change, minimumInvocations });
  const { meanDurationMs: _, p95DurationMs: __, ...counts } = after;
  const judgement = judgeChange({ ...change, minimumInvocations, after: counts });
  if (judgement.verdict === 'worse') return judgement;
  const reason = `${after.runs} of ${RUNS_TO_JUDGE} runs since the change; it runs about ${everyInWords(everyDays)}`;
  return { verdict: 'inconclusive', reason };
}

const everyCallFailed = ({ errors, invocations }: WindowMetrics): boolean => invocations > 0 && errors >= invocations;
