import type { EvidenceWindow } from '../domain/night/evidence/window.ts';

const HOUR_SECONDS = 3_600;
const HOUR_MS = HOUR_SECONDS * 1000;

/** The whole hours of the last days, an hour a period. */
export function lookback(nowMs: number, days: number): EvidenceWindow {
  const endMs = Math.floor(nowMs / HOUR_MS) * HOUR_MS;
  return { startMs: endMs - days * 24 * HOUR_MS, endMs, periodSeconds: HOUR_SECONDS };
}

/** The same and the hour that has begun, for maxima: the busiest minute may be one of its. */
export function lookbackToNow(nowMs: number, days: number): EvidenceWindow {
  const { startMs, endMs, periodSeconds } = lookback(nowMs, days);
  return { startMs, endMs: nowMs > endMs ? endMs + HOUR_MS : endMs, periodSeconds };
}

/** Why nothing is decided for a function of which CloudWatch answered in part only. */
export const INCOMPLETE_METRICS =
  'CloudWatch gave only a part of its metrics, so how many run at once is unknown; the next pass looks again';

/** Largest value of a series; undefined when it has none, which is not zero. */
export function maximumOf(series: Float64Array | undefined): number | undefined {
  let maximum: number | undefined;
  for (const value of series ?? []) {
    if (!Number.isNaN(value) && (maximum === undefined || value > maximum)) maximum = value;
  }
  return maximum;
}
