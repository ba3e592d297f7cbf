import type { FunctionMetrics } from '../../../contracts/evidence.ts';
import {
  type FunctionSeries,
  type MetricSeries,
  periodIndex,
  type Statistic,
  sumOf,
  weightedMean,
} from './metric-series.ts';
import { type EvidenceWindow, periodsIn } from './window.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** A change replaces every environment: the first hour after it is cold starts, not production. */
export const SETTLING_MS = HOUR_MS;
/** Traffic has a weekly cycle: of less than a week a month is extrapolated as if the rest of the week were idle. */
const SHORTEST_TRAFFIC_MS = 7 * DAY_MS;
const DAYS_PER_MONTH = 365.25 / 12;

type Used = (statistic: Statistic) => MetricSeries;

/**
 * One function's production at its current configuration, from the periods that began at least an hour after it was
 * last modified: from all nine statistics.
 *
 * Undefined when CloudWatch has nothing that can be used, which is not the same as no traffic. Throttles alone are
 * evidence: every request was refused, none was invoked.
 */
export function aggregateMetrics(
  series: FunctionSeries,
  window: EvidenceWindow,
  lastModified: string,
): FunctionMetrics | undefined {
  const first = firstUsablePeriod(window, Date.parse(lastModified));
  const production = productionFrom(series, window, first);
  const informing = informingFrom((statistic) => series[statistic].subarray(first));
  const wasOnlyRefused = production.invocations === 0 && informing.throttles > 0;
  return production.meanDurationMs !== undefined || wasOnlyRefused ? { ...production, ...informing } : undefined;
}

/**
 * The same from the statistics that decide. Lambda publishes Invocations and Duration together for every invocation, so
 * one without the other is a partial answer and no evidence.
 */
export function decidingMetrics(
  series: FunctionSeries,
  window: EvidenceWindow,
  lastModified: string,
): FunctionMetrics | undefined {
  const production = productionFrom(series, window, firstUsablePeriod(window, Date.parse(lastModified)));
  return production.meanDurationMs === undefined ? undefined : production;
}

/** The metrics with the median over the same periods. */
export function withMedian(metrics: FunctionMetrics, series: FunctionSeries, window: EvidenceWindow): FunctionMetrics {
  const first = Math.max(0, periodIndex(window, Date.parse(metrics.from)));
  const median = weightedMean(series.p50DurationMs.subarray(first), series.invocations.subarray(first));
  return median === undefined ? metrics : { ...metrics, p50DurationMs: rounded(median) };
}

/** The metrics with what informs about them, over the same periods. */
export function withInforming(
  metrics: FunctionMetrics,
  series: FunctionSeries,
  window: EvidenceWindow,
): FunctionMetrics {
  const first = Math.max(0, periodIndex(window, Date.parse(metrics.from)));
  return { ...metrics, ...informingFrom((statistic) => series[statistic].subarray(first)) };
}

/**
 * Percentiles are means over the periods weighted by invocations. That is not the percentile of the whole: it lies
 * between the calmest and the busiest period's, where most of the traffic was. Maxima are true maxima.
 */
function productionFrom(series: FunctionSeries, window: EvidenceWindow, first: number): FunctionMetrics {
  const used: Used = (statistic) => series[statistic].subarray(first);
  const maxDurationMs = maximum(used('maxDurationMs'));
  return {
    from: new Date(window.startMs + first * window.periodSeconds * 1000).toISOString(),
    to: new Date(window.endMs).toISOString(),
    invocations: sumOf(used('invocations')),
    ...traffic(series.invocations, window),
    ...weightedMeans(used('invocations'), used),
    ...(maxDurationMs !== undefined && { maxDurationMs: rounded(maxDurationMs) }),
  };
}

/** Errors and Throttles without a point in a period with invocations count none there. */
function informingFrom(used: Used) {
  const maxConcurrentExecutions = maximum(used('maxConcurrentExecutions'));
  return {
    errors: sumOf(used('errors')),
    throttles: sumOf(used('throttles')),
    ...(maxConcurrentExecutions !== undefined && { maxConcurrentExecutions }),
  };
}

/** The first period of the window that is production at the present configuration. */
export function firstUsablePeriod(window: EvidenceWindow, lastModifiedMs: number): number {
  const settled = Math.ceil(periodIndex(window, lastModifiedMs + SETTLING_MS));
  return Math.min(periodsIn(window), Math.max(0, settled));
}

/**
 * Traffic does not depend on the configuration, so the month is extrapolated from the whole look-back: from the first
 * period with traffic, since the function may be newer than the look-back, but at least from a week.
 */
function traffic(invocations: MetricSeries, window: EvidenceWindow) {
  const invocationsInLookback = sumOf(invocations);
  const first = invocations.findIndex((value) => !Number.isNaN(value));
  const sinceFirstMs = first < 0 ? 0 : (invocations.length - first) * window.periodSeconds * 1000;
  const spanMs = Math.max(sinceFirstMs, Math.min(SHORTEST_TRAFFIC_MS, window.endMs - window.startMs));
  const perDay = invocationsInLookback / (spanMs / DAY_MS);
  return { invocationsPerMonth: Math.round(perDay * DAYS_PER_MONTH), invocationsInLookback };
}

const AVERAGED = ['meanDurationMs', 'p50DurationMs', 'p95DurationMs', 'p99DurationMs'] as const;
type Means = Partial<Record<(typeof AVERAGED)[number], number>>;

function weightedMeans(invocations: MetricSeries, used: Used): Means {
  const means: Means = {};
  for (const statistic of AVERAGED) {
    const mean = weightedMean(used(statistic), invocations);
    if (mean !== undefined) means[statistic] = rounded(mean);
  }
  return means;
}

function maximum(series: MetricSeries): number | undefined {
  let most: number | undefined;
  for (const value of series) if (!Number.isNaN(value)) most = Math.max(most ?? value, value);
  return most;
}

/** Microseconds are finer than anything CloudWatch measured. */
const rounded = (ms: number): number => Math.round(ms * 1000) / 1000;
