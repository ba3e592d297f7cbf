import type { MetricDataQuery, MetricStat } from '@aws-sdk/client-cloudwatch';
import { STATISTICS, type Statistic } from '../../domain/night/evidence/metric-series.ts';
import { bareName } from '../../domain/organization/place.ts';

/** Lambda's metric and CloudWatch's statistic behind each statistic of ours. */
const SOURCES: Readonly<Record<Statistic, readonly [metricName: string, stat: string]>> = {
  invocations: ['Invocations', 'Sum'],
  errors: ['Errors', 'Sum'],
  throttles: ['Throttles', 'Sum'],
  meanDurationMs: ['Duration', 'Average'],
  p50DurationMs: ['Duration', 'p50'],
  p95DurationMs: ['Duration', 'p95'],
  p99DurationMs: ['Duration', 'p99'],
  maxDurationMs: ['Duration', 'Maximum'],
  maxConcurrentExecutions: ['ConcurrentExecutions', 'Maximum'],
  timedInvocations: ['Duration', 'SampleCount'],
};

/**
 * Whose metrics: a function's own, or of what calls through one of its aliases, and of that what one version executed.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-view.html
 */
export type MetricSubject = string | { functionName: string; aliasName: string; executedVersion?: string };

/** The function that a subject is about. */
export const functionOf = (subject: MetricSubject): string =>
  typeof subject === 'string' ? subject : subject.functionName;

/** The queries of one function; their ids say which function of the call and which statistic they are. */
export function metricQueries(
  subject: MetricSubject,
  index: number,
  { periodSeconds, statistics }: { periodSeconds: number; statistics: readonly Statistic[] },
): MetricDataQuery[] {
  return statistics.map((statistic) => ({
    Id: `f${index}s${STATISTICS.indexOf(statistic)}`,
    MetricStat: metricStat(subject, statistic, periodSeconds),
    ReturnData: true,
  }));
}

function metricStat(subject: MetricSubject, statistic: Statistic, periodSeconds: number): MetricStat {
  const [MetricName, Stat] = SOURCES[statistic];
  const Dimensions = dimensionsOf(subject);
  return { Metric: { Namespace: 'AWS/Lambda', MetricName, Dimensions }, Period: periodSeconds, Stat };
}

function dimensionsOf(subject: MetricSubject): { Name: string; Value: string }[] {
  if (typeof subject === 'string') return [{ Name: 'FunctionName', Value: bareName(subject) }];
  const { functionName, aliasName, executedVersion } = subject;
  return [
    { Name: 'FunctionName', Value: bareName(functionName) },
    { Name: 'Resource', Value: `${bareName(functionName)}:${aliasName}` },
    ...(executedVersion === undefined ? [] : [{ Name: 'ExecutedVersion', Value: executedVersion }]),
  ];
}

/** Which function of the call, and which statistic, a result belongs to. */
export function readQueryId(id: string | undefined): { index: number; statistic: Statistic } | undefined {
  const match = /^f(\d+)s(\d+)$/.exec(id ?? '');
  const statistic = STATISTICS[Number(match?.[2])];
  return match === null || statistic === undefined ? undefined : { index: Number(match[1]), statistic };
}
