import { RunMetric } from '../../../constants.ts';
import type { RunSummary } from '../../../contracts/change.ts';
import { longestAway } from './nights-away.ts';

export interface RunMetricValue {
  readonly name: string;
  readonly value: number;
  readonly unit: 'Count' | 'USD';
}

/**
 * What a night did not have to count is left out, since CloudWatch bills each metric for each hour in which it was sent.
 * Alarms take what is missing for none.
 */
const ONLY_WHERE_COUNTED: readonly string[] = [
  RunMetric.functionsFailed,
  RunMetric.proposalsExpired,
  RunMetric.changesRolledBack,
];

/** A run's metrics, whatever the account's size. */
export function runMetrics(
  summary: Pick<
    RunSummary,
    'counts' | 'estimatedSavingsUsdPerMonth' | 'realizedSavingsUsdPerMonth' | 'unavailableSources'
  >,
): RunMetricValue[] {
  const { counts, estimatedSavingsUsdPerMonth, realizedSavingsUsdPerMonth, unavailableSources = [] } = summary;
  const counted: Record<string, number> = {
    [RunMetric.functionsAssessed]: counts.assessed,
    [RunMetric.functionsFailed]: counts.failed,
    [RunMetric.proposals]: counts.proposed,
    [RunMetric.proposalsExpired]: counts.expired,
    [RunMetric.changesApplied]: counts.applied,
    [RunMetric.changesVerified]: counts.verified,
    [RunMetric.changesRolledBack]: counts.rolledBack,
    [RunMetric.nightsSourceAway]: longestAway(unavailableSources),
  };
  return [
    ...Object.entries(counted)
      .filter(([name, value]) => value > 0 || !ONLY_WHERE_COUNTED.includes(name))
      .map(([name, value]) => ({ name, value, unit: 'Count' as const })),
    { name: RunMetric.estimatedSavings, value: estimatedSavingsUsdPerMonth, unit: 'USD' },
    { name: RunMetric.realizedSavings, value: realizedSavingsUsdPerMonth, unit: 'USD' },
  ];
}

/** Metrics that every night sends: those above and the readers of its digest. */
export const METRICS_EVERY_NIGHT =
  Object.keys(RunMetric).length - ONLY_WHERE_COUNTED.length - [RunMetric.runsFailed].length;
