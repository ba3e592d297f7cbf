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
 * Alarms take what is missing for none; that of sources keeps its state, and is told once that they are back.
 */
const ONLY_WHERE_COUNTED: readonly string[] = [
  RunMetric.functionsFailed,
  RunMetric.proposals,
  RunMetric.proposalsExpired,
  RunMetric.changesApplied,
  RunMetric.changesVerified,
  RunMetric.changesRolledBack,
  RunMetric.nightsSourceAway,
];

/**
 * A run's metrics, whatever the account's size.
 *
 * @param endsAbsence whether a source was away before tonight, or nobody knows
 */
export function runMetrics(
  summary: Pick<
    RunSummary,
    'counts' | 'estimatedSavingsUsdPerMonth' | 'realizedSavingsUsdPerMonth' | 'unavailableSources'
  >,
  endsAbsence = false,
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
      .filter(([name, value]) => value > 0 || isSentAtZero(name, endsAbsence))
      .map(([name, value]) => ({ name, value, unit: 'Count' as const })),
    { name: RunMetric.estimatedSavings, value: estimatedSavingsUsdPerMonth, unit: 'USD' },
    { name: RunMetric.realizedSavings, value: realizedSavingsUsdPerMonth, unit: 'USD' },
  ];
}

/** How many metrics a night of these counts sends, all of its sources given. */
export const metricsSent = (counts: RunSummary['counts']): number =>
  runMetrics({ counts, estimatedSavingsUsdPerMonth: 0, realizedSavingsUsdPerMonth: 0 }).length;

const isSentAtZero = (name: string, endsAbsence: boolean): boolean =>
  !ONLY_WHERE_COUNTED.includes(name) || (name === RunMetric.nightsSourceAway && endsAbsence);

/** Of the metrics that other tasks send, those that only a night sends which failed, or which nobody reads of. */
const OF_BAD_NIGHTS: readonly string[] = [RunMetric.runsFailed, RunMetric.digestReaders];

/** How many metrics every night sends. */
export const METRICS_EVERY_NIGHT = Object.keys(RunMetric).length - ONLY_WHERE_COUNTED.length - OF_BAD_NIGHTS.length;
