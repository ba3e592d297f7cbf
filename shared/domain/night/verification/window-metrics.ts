import { type FunctionSeries, sumOf, weightedMean } from '../evidence/metric-series.ts';
import type { WindowMetrics } from './judge-change.ts';

/** One stretch of production; means and percentiles are means over the periods, weighted by invocations. */
export function windowMetrics(series: FunctionSeries): WindowMetrics {
  const maxima = series.maxDurationMs.filter((value) => !Number.isNaN(value));
  return {
    invocations: sumOf(series.invocations),
    errors: sumOf(series.errors),
    throttles: sumOf(series.throttles),
    meanDurationMs: weightedMean(series.meanDurationMs, series.invocations),
    p95DurationMs: weightedMean(series.p95DurationMs, series.invocations),
    maxDurationMs: maxima.length === 0 ? undefined : Math.max(...maxima),
  };
}
