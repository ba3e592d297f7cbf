import { type FunctionSeries, type MetricSeries, weightedMean } from '../evidence/metric-series.ts';
import type { WindowMetrics } from './judge-change.ts';

/** One stretch of production; means and percentiles are means over the periods, weighted by invocations. */
export function windowMetrics(series: FunctionSeries): WindowMetrics {
  const maxima = series.maxDurationMs.filter((value) => !Number.isNaN(value));
  return {
    invocations: sum(series.invocations),
    errors: sum(series.errors),
    throttles: sum(series.throttles),
    meanDurationMs: weightedMean(series.meanDurationMs, series.invocations),
    p95DurationMs: weightedMean(series.p95DurationMs, series.invocations),
    maxDurationMs: maxima.length === 0 ? undefined : Math.max(...maxima),
  };
}

const orZero = (value: number | undefined): number => value || 0;

const sum = (series: MetricSeries): number => series.reduce((total, value) => total + orZero(value), 0);
