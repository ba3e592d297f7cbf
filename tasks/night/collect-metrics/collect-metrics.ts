import type { MetricReader } from '../../../shared/clients/cloudwatch/function-metrics.ts';
import { askAgain, sourceReason } from '../../../shared/clients/evidence-sources.ts';
import { clock } from '../../../shared/clock.ts';
import {
  type AssessmentItem,
  type CollectedItem,
  type CollectMetricsOutput,
  parseCollectMetricsInput,
} from '../../../shared/contracts/evidence.ts';
import { SCHEMA_VERSION } from '../../../shared/contracts/schema-version.ts';
import { byPlace } from '../../../shared/domain/organization/place.ts';
import { SourceUnavailableError, TransientError } from '../../../shared/errors.ts';
import { countingPoints } from './counting-points.ts';
import { readItems } from './read-items.ts';

export interface CollectMetricsDependencies {
  metrics: MetricReader;
}

/**
 * Adds production's metrics to a batch of functions, as far as a decision needs them; what only informs people is read
 * by PrepareApprovals, of what is proposed. A function without usable metrics goes on without any. In a batch of several
 * accounts or regions, functions of one that did not answer go on with the reason, and Analyze ends them by name.
 *
 * @throws SourceUnavailableError where CloudWatch did not answer, or not in words we understand; passing trouble stays
 *   TransientFailure, which the state retries with more patience than a task of an Express child has time for
 */
export async function collectMetrics(
  event: unknown,
  { metrics }: CollectMetricsDependencies,
): Promise<CollectMetricsOutput> {
  const { BatchInput, Items } = parseCollectMetricsInput(event);
  const counted = countingPoints(metrics);
  const groups = byPlace(Items, (item) => item.functionName);
  const read = (items: readonly AssessmentItem[]) => readItems(items, BatchInput.run, counted);
  const answer = (items: CollectedItem[]): CollectMetricsOutput => ({
    schemaVersion: SCHEMA_VERSION,
    items,
    metricPoints: counted.pointsAsked(),
  });
  if (groups.length === 1) return answer(await read(Items).catch(asUnavailable));
  const items = await Promise.all(
    groups.map(({ things }) =>
      askAgain(() => read(things), { clock, isPatient: false }).catch((error) => unread(things, error)),
    ),
  );
  if (items.flat().every(({ metricsUnavailable }) => metricsUnavailable !== undefined))
    throw new SourceUnavailableError(items.flat()[0]!.metricsUnavailable!);
  return answer(items.flat());
}

/** Where a batch holds functions of several accounts, one that does not answer must not take the others with it. */
const unread = (items: readonly AssessmentItem[], error: unknown): CollectedItem[] =>
  items.map((item) => ({ item, metricsUnavailable: sourceReason(error) }));

function asUnavailable(error: unknown): never {
  if (error instanceof TransientError) throw error;
  throw new SourceUnavailableError(sourceReason(error), { cause: error });
}
