import type { MetricReader } from '../../../shared/clients/cloudwatch/function-metrics.ts';
import { type CollectMetricsOutput, parseCollectMetricsInput } from '../../../shared/contracts/evidence.ts';
import { SCHEMA_VERSION } from '../../../shared/contracts/schema-version.ts';
import { aggregateMetrics } from '../../../shared/domain/night/evidence/aggregate-metrics.ts';
import { evidenceWindow } from '../../../shared/domain/night/evidence/window.ts';

export interface CollectMetricsDependencies {
  metrics: MetricReader;
}

/** Adds production's metrics to a batch of functions; a function without usable metrics goes on without any. */
export async function collectMetrics(
  event: unknown,
  { metrics }: CollectMetricsDependencies,
): Promise<CollectMetricsOutput> {
  const { BatchInput, Items } = parseCollectMetricsInput(event);
  const window = evidenceWindow(BatchInput.run);
  const series = await metrics.readSeries(
    Items.map((item) => item.functionName),
    window,
  );
  return {
    schemaVersion: SCHEMA_VERSION,
    items: Items.map((item, index) => {
      const own = series[index];
      const aggregated = own && aggregateMetrics(own, window, item.lastModified);
      return { item, ...(aggregated && { metrics: aggregated }) };
    }),
  };
}
