import type { AlarmDefinition, AlarmPlan, AlarmSettings, AlarmTarget } from '../../../contracts/alarms.ts';
import {
  countAlarms,
  METRIC_ALARMS_MAX,
  METRICS_INSIGHTS_ALARMS_MAX,
  METRICS_INSIGHTS_SERIES_MAX,
  monthlyAlarmCost,
  QUERY_USD_PER_METRIC,
} from './alarm-cost.ts';
import { alarmsFor } from './catalogue.ts';

/** What there is to watch. */
export interface Watchable {
  /** Functions of the account in all, selected or not. */
  functionCount: number;
  /** Functions that get alarms of their own. */
  functions: readonly Extract<AlarmTarget, { kind: 'function' }>[];
  tables: readonly string[];
  queues: readonly string[];
}

/**
 * The whole account's alarms: own alarms for selected functions, for tables and for queues with a consumer, and one
 * set for every function nobody selected. Nothing is created here; the plan says what it would be and cost. Alarms on
 * the pipeline itself are CloudFormation's: they must stand before anything has run.
 */
export function planAlarms(watchable: Watchable, settings: AlarmSettings): AlarmPlan {
  const fleet = chooseFleetShape(watchable, settings);
  const targets: AlarmTarget[] = [
    ...watchable.functions,
    ...watchable.tables.map((tableName) => ({ kind: 'table', tableName }) as const),
    ...watchable.queues.map((queueName) => ({ kind: 'queue', queueName }) as const),
    ...settings.services.map((service) => ({ kind: 'application', service }) as const),
    ...fleetTargets(fleet.shape, watchable.functionCount),
  ];
  const alarms = uniqueByName(targets.flatMap((target) => alarmsFor(target, settings)));
  return planOf(alarms, fleet, settings.maximumMetricAlarms);
}

/** Counts, quotas, cost and problems of a set of alarms. */
export function planOf(
  alarms: AlarmDefinition[],
  fleet: AlarmPlan['fleet'],
  maximumMetricAlarms = METRIC_ALARMS_MAX,
): AlarmPlan {
  const counts = countAlarms(alarms);
  return {
    alarms,
    counts,
    quotas: { metricAlarms: maximumMetricAlarms, metricsInsightsAlarms: METRICS_INSIGHTS_ALARMS_MAX },
    costUsdPerMonth: monthlyAlarmCost(counts.billedMetrics),
    problems: problemsOf(counts, maximumMetricAlarms),
    fleet,
  };
}

function problemsOf(counts: AlarmPlan['counts'], maximumMetricAlarms: number): string[] {
  return [
    ...(counts.metricAlarms > maximumMetricAlarms
      ? [`${counts.metricAlarms} metric alarms are more than the quota of ${maximumMetricAlarms} a region`]
      : []),
    ...(counts.metricsInsightsAlarms > METRICS_INSIGHTS_ALARMS_MAX
      ? [
          `${counts.metricsInsightsAlarms} Metrics Insights alarms are more than the quota of ${METRICS_INSIGHTS_ALARMS_MAX}`,
        ]
      : []),
  ];
}

/**
 * Metrics Insights bills each function's metric like an alarm of its own, so grouping by function is affordable for a
 * small account only. Above the budget, or above the 500 series a query returns, alarms watch the account's sums for
 * the price of one each, and the offenders are named by one query when such an alarm fires.
 */
export function chooseFleetShape(
  { functionCount }: Pick<Watchable, 'functionCount'>,
  { fleetBudgetUsdPerMonth, ...settings }: AlarmSettings,
): AlarmPlan['fleet'] {
  if (functionCount === 0) return { shape: 'none', reason: 'the account has no functions' };
  const grouped = alarmsFor({ kind: 'fleet', functionCount }, { fleetBudgetUsdPerMonth, ...settings });
  const costUsdPerMonth = monthlyAlarmCost(countAlarms(grouped).billedMetrics);
  const query = (functionCount * QUERY_USD_PER_METRIC).toFixed(4);
  if (functionCount > METRICS_INSIGHTS_SERIES_MAX) {
    return {
      shape: 'account',
      reason: `${functionCount} functions are more than the ${METRICS_INSIGHTS_SERIES_MAX} series a query returns; account sums, and one query of ${query} USD to name the offenders when one fires`,
    };
  }
  if (costUsdPerMonth > fleetBudgetUsdPerMonth) {
    return {
      shape: 'account',
      reason: `${grouped.length} alarms grouped over ${functionCount} functions would cost ${costUsdPerMonth} USD a month, the budget is ${fleetBudgetUsdPerMonth}; account sums, and one query of ${query} USD to name the offenders when one fires`,
    };
  }
  return {
    shape: 'fleet',
    reason: `${grouped.length} alarms grouped over ${functionCount} functions cost ${costUsdPerMonth} USD a month, within the budget of ${fleetBudgetUsdPerMonth}`,
  };
}

function fleetTargets(shape: AlarmPlan['fleet']['shape'], functionCount: number): AlarmTarget[] {
  if (shape === 'fleet') return [{ kind: 'fleet', functionCount }];
  return shape === 'account' ? [{ kind: 'account' }] : [];
}

function uniqueByName(alarms: readonly AlarmDefinition[]): AlarmDefinition[] {
  return [...new Map(alarms.map((each) => [each.name, each])).values()];
}
