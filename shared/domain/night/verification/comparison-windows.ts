export interface TimeWindow {
  fromMs: number;
  toMs: number;
  periodSeconds: number;
}

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const WEEK_MS = 7 * DAY_MS;
/** Changing memory replaces every environment, so what comes right after is all cold starts. */
export const SETTLING_MS = 15 * MINUTE_MS;
/** A day or less in five-minute periods (CloudWatch keeps them 63 days), anything longer in hours (455 days). */
const SHORT_PERIOD_SECONDS = 300;
const LONG_PERIOD_SECONDS = 3_600;

/**
 * The stretch after a change to judge it by, and the same hours before it to compare with: yesterday's where they lie
 * wholly before the change, otherwise those of the last week that does, which also meets weekdays with weekdays. Both begin and
 * end with whole periods. Undefined while nothing but the settling time has passed.
 */
export function comparisonWindows(
  appliedAtMs: number,
  nowMs: number,
): { after: TimeWindow; before: TimeWindow } | undefined {
  const periodSeconds = nowMs - appliedAtMs <= DAY_MS ? SHORT_PERIOD_SECONDS : LONG_PERIOD_SECONDS;
  const stepMs = periodSeconds * 1000;
  const settledMs = Math.ceil((appliedAtMs + SETTLING_MS) / stepMs) * stepMs;
  const toMs = Math.floor(nowMs / stepMs) * stepMs;
  const fromMs = Math.max(settledMs, toMs - WEEK_MS);
  if (toMs <= fromMs) return undefined;
  const weeks = Math.ceil((toMs - appliedAtMs) / WEEK_MS);
  const shiftMs = toMs - DAY_MS <= appliedAtMs ? DAY_MS : weeks * WEEK_MS;
  return {
    after: { fromMs, toMs, periodSeconds },
    before: { fromMs: fromMs - shiftMs, toMs: toMs - shiftMs, periodSeconds },
  };
}
