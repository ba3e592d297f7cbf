import type { AlarmQuery } from '../../../contracts/alarms.ts';

/** Queries that several rows of the catalogue share. Every one names its result `e` or `m`, returned as the alarm's value. */

export interface Metric {
  namespace: string;
  name: string;
  dimensions: Record<string, string>;
}

const query = (id: string, metric: Metric, stat: string, periodSeconds: number, returnData: boolean): AlarmQuery => ({
  id,
  returnData,
  metric,
  stat,
  periodSeconds,
});

/** A metric's statistic as it is. */
export const plain = (metric: Metric, stat: string, periodSeconds: number): AlarmQuery[] => [
  query('m', metric, stat, periodSeconds, true),
];

/**
 * A statistic that counts only where `samples` (a count) reaches a minimum: a percentile of three invocations is the
 * slowest of them, and no alarm. Below the minimum the value is `otherwise`, which must lie on the quiet side.
 */
export const gated = (
  metric: Metric,
  stat: string,
  samples: { metric: Metric; stat: string; minimum: number },
  periodSeconds: number,
  otherwise = 0,
): AlarmQuery[] => [
  { id: 'e', returnData: true, expression: `IF(n >= ${samples.minimum}, m, ${otherwise})` },
  query('m', metric, stat, periodSeconds, false),
  query('n', samples.metric, samples.stat, periodSeconds, false),
];

/** `part` as a percentage of `whole`, where `whole` reaches a minimum. */
export const percentage = (part: Metric, whole: Metric, minimum: number, periodSeconds: number): AlarmQuery[] => [
  { id: 'e', returnData: true, expression: `IF(whole >= ${minimum}, 100 * part / whole, 0)` },
  query('part', part, 'Sum', periodSeconds, false),
  query('whole', whole, 'Sum', periodSeconds, false),
];

/** The sum of two counts, of which either may be missing. */
export const sumOf = (first: Metric, second: Metric, periodSeconds: number): AlarmQuery[] => [
  { id: 'e', returnData: true, expression: 'FILL(first, 0) + FILL(second, 0)' },
  query('first', first, 'Sum', periodSeconds, false),
  query('second', second, 'Sum', periodSeconds, false),
];

/**
 * One time series a function, each of which alarms by itself ("contributor"). Both clauses are required of alarms on
 * several series; at most 500 series are evaluated and 100 of them reported, the worst first.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-data-queries.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-limits.html
 */
export const perFunction = (metricName: string, aggregate: 'SUM' | 'MAX', periodSeconds: number): AlarmQuery[] => [
  {
    id: 'q',
    returnData: true,
    expression: `SELECT ${aggregate}(${metricName}) FROM SCHEMA("AWS/Lambda", FunctionName) GROUP BY FunctionName ORDER BY ${aggregate}() DESC`,
    periodSeconds,
  },
];

export const lambdaMetric = (name: string, dimensions: Record<string, string> = {}): Metric => ({
  namespace: 'AWS/Lambda',
  name,
  dimensions,
});
