import type { FunctionSeries, MetricSeries } from '../evidence/metric-series.ts';
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

/** Over the periods that have both a value and invocations; undefined where none has. */
function weightedMean(values: MetricSeries, weights: MetricSeries): number | undefined {
  let weighted = 0;
  let weight = 0;
  for (const [period, value] of values.entries()) {
    if (Number.isNaN(value)) continue;
    weighted += value * orZero(weights[period]);
    weight += orZero(weights[period]);
  }
  return weight === 0 ? undefined : weighted / weight;
}
