import type { MetricDataQuery, MetricStat } from '@aws-sdk/client-cloudwatch';
import { STATISTICS, type Statistic } from '../../domain/evidence/metric-series.ts';

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
};

/** The queries of one function; their ids say which function of the call and which statistic they are. */
export function metricQueries(functionName: string, index: number, periodSeconds: number): MetricDataQuery[] {
  return STATISTICS.map((statistic, at) => ({
    Id: `f${index}s${at}`,
    MetricStat: metricStat(functionName, statistic, periodSeconds),
    ReturnData: true,
  }));
}

function metricStat(functionName: string, statistic: Statistic, periodSeconds: number): MetricStat {
  const [MetricName, Stat] = SOURCES[statistic];
  const Dimensions = [{ Name: 'FunctionName', Value: functionName }];
  return { Metric: { Namespace: 'AWS/Lambda', MetricName, Dimensions }, Period: periodSeconds, Stat };
}

/** Which function of the call, and which statistic, a result belongs to. */
export function readQueryId(id: string | undefined): { index: number; statistic: Statistic } | undefined {
  const match = /^f(\d+)s(\d+)$/.exec(id ?? '');
  const statistic = STATISTICS[Number(match?.[2])];
  return match === null || statistic === undefined ? undefined : { index: Number(match[1]), statistic };
}
