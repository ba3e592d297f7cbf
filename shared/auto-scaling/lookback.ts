import type { EvidenceWindow } from '../domain/evidence/window.ts';

const HOUR_SECONDS = 3_600;
const HOUR_MS = HOUR_SECONDS * 1000;

/** The whole hours of the last days, an hour a period. */
export function lookback(nowMs: number, days: number): EvidenceWindow {
  const endMs = Math.floor(nowMs / HOUR_MS) * HOUR_MS;
  return { startMs: endMs - days * 24 * HOUR_MS, endMs, periodSeconds: HOUR_SECONDS };
}

/** Largest value of a series; undefined when it has none, which is not zero. */
export function maximumOf(series: Float64Array | undefined): number | undefined {
  let maximum: number | undefined;
  for (const value of series ?? []) {
    if (!Number.isNaN(value) && (maximum === undefined || value > maximum)) maximum = value;
  }
  return maximum;
}
