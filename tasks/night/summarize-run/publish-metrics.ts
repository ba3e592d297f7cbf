import { MetricUnit } from '@aws-lambda-powertools/metrics';
import { RunMetric } from '../../../shared/constants.ts';
import type { RunSummary } from '../../../shared/contracts/change.ts';
import { longestAway } from '../../../shared/domain/night/summary/nights-away.ts';
import { metrics } from '../../../shared/observability/metrics.ts';

/** A run's metrics, without dimensions besides the service: ten custom metrics, whatever the account's size. */
export function publishMetrics(summary: RunSummary): void {
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
  for (const [name, value] of Object.entries(counted)) metrics.addMetric(name, MetricUnit.Count, value);
  metrics.addMetric(RunMetric.estimatedSavings, MetricUnit.NoUnit, estimatedSavingsUsdPerMonth);
  metrics.addMetric(RunMetric.realizedSavings, MetricUnit.NoUnit, realizedSavingsUsdPerMonth);
}
