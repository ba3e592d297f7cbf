import { type EvidenceWindow, periodsIn } from './window.ts';

/** One statistic over the periods of a window, in order; NaN where there is no data point, which is not zero. */
export type MetricSeries = Float64Array;

/** Statistics of a function, by the names rules know them by. */
export const STATISTICS = [
  'invocations',
  'errors',
  'throttles',
  'meanDurationMs',
  'p50DurationMs',
  'p95DurationMs',
  'p99DurationMs',
  'maxDurationMs',
  'maxConcurrentExecutions',
  /** Calls that CloudWatch has a duration of: as many as were made, and known from the same metric as how long they took. */
  'timedInvocations',
] as const;
export type Statistic = (typeof STATISTICS)[number];

/** All there is to know of a function: five metrics. */
export const FULL_STATISTICS = STATISTICS.filter((statistic) => statistic !== 'timedInvocations');

/**
 * What a decision needs of every function. One metric to CloudWatch's bill, which counts up to five statistics of one as one.
 * @see https://aws.amazon.com/cloudwatch/pricing/
 */
export const DECIDING_STATISTICS = [
  'timedInvocations',
  'meanDurationMs',
  'p95DurationMs',
  'p99DurationMs',
  'maxDurationMs',
] as const satisfies readonly Statistic[];

/** The median of those that are judged by it, with what it is weighted by: the same metric once more. */
export const MEDIAN_STATISTICS = ['timedInvocations', 'p50DurationMs'] as const satisfies readonly Statistic[];

/** What a person wants to see beside a proposal as well, and no rule asks for: a metric each. */
export const INFORMING_STATISTICS = [
  'errors',
  'throttles',
  'maxConcurrentExecutions',
] as const satisfies readonly Statistic[];

/** What a change is judged by: four metrics. */
export const JUDGING_STATISTICS = [
  'invocations',
  'errors',
  'throttles',
  'meanDurationMs',
  'p95DurationMs',
  'maxDurationMs',
] as const satisfies readonly Statistic[];

export type FunctionSeries = Readonly<Record<Statistic, MetricSeries>>;

/** Series without any data point. */
export function emptySeries(window: EvidenceWindow): FunctionSeries {
  const periods = Math.max(0, periodsIn(window));
  return mapped(() => new Float64Array(periods).fill(Number.NaN));
}

/** Which period of the window begins at a time (epoch ms); out of range, or fractional, for none of them. */
export const periodIndex = (window: EvidenceWindow, startMs: number): number =>
  (startMs - window.startMs) / (window.periodSeconds * 1000);

/** The series of one whose calls were counted by their durations. */
export const countedByDuration = (series: FunctionSeries): FunctionSeries => ({
  ...series,
  invocations: series.timedInvocations,
});

/** The periods of a part of the window, which begins with a whole one. */
export function seriesWithin(series: FunctionSeries, window: EvidenceWindow, part: EvidenceWindow): FunctionSeries {
  const first = periodIndex(window, part.startMs);
  const end = Math.ceil(periodIndex(window, part.endMs));
  return mapped((statistic) => series[statistic].subarray(first, end));
}

// `Object.fromEntries` forgets which names there were.
const mapped = (seriesOf: (statistic: Statistic) => MetricSeries): FunctionSeries =>
  Object.fromEntries(STATISTICS.map((statistic) => [statistic, seriesOf(statistic)])) as unknown as FunctionSeries;

/** Sum of the periods from the one that `startMs` (epoch) lies in; a period without a point has nothing to add. */
export function sumSince(values: MetricSeries, window: EvidenceWindow, startMs: number): number {
  const first = Math.max(0, Math.floor(periodIndex(window, startMs)));
  return sumOf(values.subarray(first));
}

/** Over the periods that have a value; 0 where none has. */
export const sumOf = (values: MetricSeries): number => values.reduce((sum, value) => sum + (value || 0), 0);

/** Over the periods that have both a value and invocations; undefined when none has. */
export function weightedMean(values: MetricSeries, weights: MetricSeries): number | undefined {
  let weighted = 0;
  let weight = 0;
  for (let period = 0; period < values.length; period += 1) {
    const value = values[period]!;
    const invocations = weights[period]!;
    if (Number.isNaN(value) || Number.isNaN(invocations)) continue;
    weighted += value * invocations;
    weight += invocations;
  }
  return weight === 0 ? undefined : weighted / weight;
}
