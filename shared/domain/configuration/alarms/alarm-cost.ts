import type { AlarmDefinition, AlarmPlan } from '../../../contracts/alarms.ts';

/**
 * USD a month for each metric an alarm refers to, or that its Metrics Insights query analyses (us-east-1, Price List
 * usage types AlarmMonitorUsage and MetricInsightAlarmUsage as quoted 2026-08-06). A query alarm therefore costs what
 * as many plain alarms would: grouping saves quota and upkeep, not money. Free tier (ten plain alarms) left out.
 *
 * @see https://aws.amazon.com/cloudwatch/pricing/
 */
export const ALARM_USD_PER_METRIC_MONTH = 0.1;
/** Default quota of Metrics Insights alarms a region. @see alarm-limits.html in the CloudWatch user guide */
export const METRICS_INSIGHTS_ALARMS_MAX = 200;
/** Default quota of metric alarms a region; AWS raises it on request, and then the configuration says so. */
export const METRIC_ALARMS_MAX = 5_000;
/** A query that matches more metrics only looks at the first 10,000, and returns at most 500 series. */
export const METRICS_INSIGHTS_SERIES_MAX = 500;
/** USD a metric that one GetMetricData request analyses; what naming the offenders costs when an account alarm fires. */
export const QUERY_USD_PER_METRIC = 0.01 / 1_000;

export const isMetricsInsights = (alarm: Pick<AlarmDefinition, 'target'>): boolean => alarm.target.kind === 'fleet';

/** Metrics that an alarm of a template is billed for: those it names, not those it computes from them. */
export const billedMetricsOf = (properties: { Metrics?: readonly { MetricStat?: unknown }[] }): number =>
  properties.Metrics?.filter(({ MetricStat }) => MetricStat !== undefined).length ?? 1;

/** Money with the floating-point dust of adding dimes wiped off. */
export const monthlyAlarmCost = (billedMetrics: number): number =>
  Math.round(billedMetrics * ALARM_USD_PER_METRIC_MONTH * 100) / 100;

export function countAlarms(alarms: readonly AlarmDefinition[]): AlarmPlan['counts'] {
  const metricsInsightsAlarms = alarms.filter(isMetricsInsights).length;
  return {
    metricAlarms: alarms.length - metricsInsightsAlarms,
    metricsInsightsAlarms,
    billedMetrics: alarms.reduce((sum, each) => sum + each.billedMetrics, 0),
  };
}
