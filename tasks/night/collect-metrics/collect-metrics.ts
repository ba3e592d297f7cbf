import type { MetricReader } from '../../../shared/clients/cloudwatch/function-metrics.ts';
import { sourceReason } from '../../../shared/clients/evidence-sources.ts';
import { type CollectMetricsOutput, parseCollectMetricsInput } from '../../../shared/contracts/evidence.ts';
import { SCHEMA_VERSION } from '../../../shared/contracts/schema-version.ts';
import { decidingMetrics } from '../../../shared/domain/night/evidence/aggregate-metrics.ts';
import { DECIDING_STATISTICS } from '../../../shared/domain/night/evidence/metric-series.ts';
import { evidenceWindow } from '../../../shared/domain/night/evidence/window.ts';
import { SourceUnavailableError, TransientError } from '../../../shared/errors.ts';

export interface CollectMetricsDependencies {
  metrics: MetricReader;
}

/**
 * Adds production's metrics to a batch of functions, as far as a decision needs them; what only informs people is read
 * by PrepareApprovals, of what is proposed. A function without usable metrics goes on without any.
 *
 * @throws SourceUnavailableError where CloudWatch did not answer, or not in words we understand; passing trouble stays
 *   TransientFailure, which the state retries with more patience than a task of an Express child has time for
 */
export async function collectMetrics(
  event: unknown,
  { metrics }: CollectMetricsDependencies,
): Promise<CollectMetricsOutput> {
  const { BatchInput, Items } = parseCollectMetricsInput(event);
  const window = evidenceWindow(BatchInput.run);
  const names = Items.map((item) => item.functionName);
  const series = await metrics.readSeries(names, window, DECIDING_STATISTICS).catch(asUnavailable);
  return {
    schemaVersion: SCHEMA_VERSION,
    items: Items.map((item, index) => {
      const own = series[index];
      const aggregated = own && decidingMetrics(own, window, item.lastModified);
      return { item, ...(aggregated && { metrics: aggregated }) };
    }),
  };
}

function asUnavailable(error: unknown): never {
  if (error instanceof TransientError) throw error;
  throw new SourceUnavailableError(sourceReason(error), { cause: error });
}
