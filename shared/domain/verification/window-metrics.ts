import type { FunctionSeries, MetricSeries } from '../evidence/metric-series.ts';
import type { TimeWindow } from './comparison-windows.ts';
import type { WindowMetrics } from './judge-change.ts';

/** A day or less in five-minute periods (kept 63 days), anything longer in hours (kept 455 days). */
export function comparisonPeriodSeconds({ fromMs, toMs }: TimeWindow): number {
  return toMs - fromMs <= 86_400_000 ? 300 : 3_600;
}

/** One stretch of production; means and percentiles are means over the periods, weighted by invocations. */
export function windowMetrics(series: FunctionSeries): WindowMetrics {
  return {
    invocations: sum(series.invocations),
    errors: sum(series.errors),
    throttles: sum(series.throttles),
    meanDurationMs: weightedMean(series.meanDurationMs, series.invocations),
    p95DurationMs: weightedMean(series.p95DurationMs, series.invocations),
    maxDurationMs: series.maxDurationMs.size === 0 ? undefined : Math.max(...series.maxDurationMs.values()),
  };
}

const sum = (series: MetricSeries): number => [...series.values()].reduce((total, value) => total + value, 0);

function weightedMean(values: MetricSeries, weights: MetricSeries): number | undefined {
  let weighted = 0;
  let weight = 0;
  for (const [period, value] of values) {
    const invocations = weights.get(period) ?? 0;
    weighted += value * invocations;
    weight += invocations;
  }
  return weight === 0 ? undefined : weighted / weight;
}
