export interface TimeWindow {
  fromMs: number;
  toMs: number;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const WEEK_MS = 7 * DAY_MS;
/** CloudWatch rounds times down to whole periods; these are the shortest that comparisons use. */
const STEP_MS = 300_000;
/** Changing memory replaces every environment, so what comes right after is all cold starts. */
export const SETTLING_MS = 15 * 60_000;

/**
 * The stretch after a change to judge it by, and the same hours before it to compare with: yesterday's where they lie
 * wholly before the change, otherwise last week's, which also meets weekdays with weekdays. Undefined while nothing
 * but the settling time has passed.
 */
export function comparisonWindows(
  appliedAtMs: number,
  nowMs: number,
): { after: TimeWindow; before: TimeWindow } | undefined {
  const fromMs = ceilTo(appliedAtMs + SETTLING_MS, STEP_MS);
  const toMs = Math.floor(nowMs / STEP_MS) * STEP_MS;
  if (toMs <= fromMs) return undefined;
  const after = { fromMs: Math.max(fromMs, toMs - WEEK_MS), toMs };
  const shiftMs = after.toMs - DAY_MS <= appliedAtMs ? DAY_MS : WEEK_MS;
  return { after, before: { fromMs: after.fromMs - shiftMs, toMs: Math.min(after.toMs - shiftMs, appliedAtMs) } };
}

const ceilTo = (ms: number, stepMs: number): number => Math.ceil(ms / stepMs) * stepMs;
