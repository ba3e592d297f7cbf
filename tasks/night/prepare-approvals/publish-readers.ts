import { MetricUnit } from '@aws-lambda-powertools/metrics';
import { RunMetric } from '../../../shared/constants.ts';
import { metrics } from '../../../shared/observability/metrics.ts';

/** How many people tonight's digest reaches, where it is nobody; the alarm DigestReachesNobody reads it. */
export function publishReaders(count: number): void {
  metrics.addMetric(RunMetric.digestReaders, MetricUnit.Count, count);
}
