import { MetricUnit } from '@aws-lambda-powertools/metrics';
import type { RunSummary } from '../../../shared/contracts/change.ts';
import { runMetrics } from '../../../shared/domain/night/summary/run-metrics.ts';
import { metrics } from '../../../shared/observability/metrics.ts';

/** A run's metrics, without dimensions besides the service. */
export function publishMetrics(summary: RunSummary): void {
  for (const { name, value, unit } of runMetrics(summary))
    metrics.addMetric(name, unit === 'Count' ? MetricUnit.Count : MetricUnit.NoUnit, value);
}
