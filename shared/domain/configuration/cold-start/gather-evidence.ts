import { type FunctionSeries, weightedMean } from '../../night/evidence/metric-series.ts';
import type { EvidenceWindow } from '../../night/evidence/window.ts';
import type { ColdStartEvidence, ColdStartPeriod } from './evidence.ts';

const MONTH_MS = (365.25 / 12) * 86_400_000;
/** Fewer say nothing of a 99th percentile. */
const LEAST_INVOCATIONS = 100;

/** Periods in which something ran. */
export function periodsOf(series: FunctionSeries | undefined): ColdStartPeriod[] {
  if (series === undefined) return [];
  return [...series.invocations.entries()].flatMap(([index, invocations]) => {
    const maximumConcurrency = series.maxConcurrentExecutions[index] ?? Number.NaN;
    return invocations > 0 && maximumConcurrency > 0 ? [{ invocations, maximumConcurrency }] : [];
  });
}

/**
 * Complete evidence of a function's starts, or undefined where traffic is too thin or REPORT lines are missing:
 * Lambda's metrics say nothing of cold starts. Percentiles are means over the periods weighted by invocations.
 */
export function coldStartEvidence(
  series: FunctionSeries | undefined,
  window: EvidenceWindow,
  starts: { reports: number; coldStarts: number; meanInitDurationMs?: number | undefined } | undefined,
): ColdStartEvidence | undefined {
  const periods = periodsOf(series);
  const invocations = periods.reduce((sum, each) => sum + each.invocations, 0);
  if (series === undefined || starts === undefined || starts.reports === 0 || invocations < LEAST_INVOCATIONS) {
    return undefined;
  }
  const weighted = (values: Float64Array) => weightedMean(values, series.invocations);
  const meanDurationMs = weighted(series.meanDurationMs);
  const p50DurationMs = weighted(series.p50DurationMs);
  const p99DurationMs = weighted(series.p99DurationMs);
  if (meanDurationMs === undefined || p50DurationMs === undefined || p99DurationMs === undefined) return undefined;
  return {
    invocationsPerMonth: (invocations * MONTH_MS) / (window.endMs - window.startMs),
    meanDurationMs,
    p50DurationMs,
    p99DurationMs,
    coldStartShare: Math.min(1, starts.coldStarts / starts.reports),
    meanInitDurationMs: starts.meanInitDurationMs ?? 0,
    periods,
  };
}
