import { MetricUnit } from '@aws-lambda-powertools/metrics';
import type { RunSummary } from '../../../shared/contracts/change.ts';
import { runMetrics } from '../../../shared/domain/night/summary/run-metrics.ts';
import { metrics } from '../../../shared/observability/metrics.ts';

/**
 * A run's metrics, without dimensions besides the service.
 *
 * @param endsAbsence whether the alarm on sources that are away may stand
 */
export function publishMetrics(summary: RunSummary, endsAbsence: boolean): void {
  for (const { name, value, unit } of runMetrics(summary, endsAbsence))
    metrics.addMetric(name, unit === 'Count' ? MetricUnit.Count : MetricUnit.NoUnit, value);
}
