import type { MetricReader } from '../../../shared/clients/cloudwatch/function-metrics.ts';
import type { AssessmentItem, CollectedItem, FunctionMetrics } from '../../../shared/contracts/evidence.ts';
import type { RunContext } from '../../../shared/contracts/run.ts';
import { decidingMetrics } from '../../../shared/domain/night/evidence/aggregate-metrics.ts';
import {
  countedByDuration,
  DECIDING_STATISTICS,
  type FunctionSeries,
  sumSince,
} from '../../../shared/domain/night/evidence/metric-series.ts';
import { rareEvidence } from '../../../shared/domain/night/evidence/rare-evidence.ts';
import { mayBeRare } from '../../../shared/domain/night/evidence/rhythm.ts';
import { withoutWarmUps } from '../../../shared/domain/night/evidence/warm-up-calls.ts';
import { type EvidenceWindow, evidenceWindow, longWindow } from '../../../shared/domain/night/evidence/window.ts';
import { withMedians } from './read-medians.ts';

/**
 * The metrics of functions of one account and region. Most are judged by the look-back. Those of which it shows little are
 * looked at as far back as CloudWatch knows: at once where an earlier night found them to be such, since a look costs one
 * metric whatever its length.
 */
export async function readItems(
  items: readonly AssessmentItem[],
  run: RunContext,
  metrics: MetricReader,
): Promise<CollectedItem[]> {
  const lookback = evidenceWindow(run);
  const recent = await readAll(notRare(items), lookback, metrics);
  // Most functions without a call are idle: a night of the schedule leaves the look far back to their weekly look.
  const criteria = { minimumInvocations: run.policy.minimumInvocations, evenIdle: run.trigger === 'manual' };
  const sparse = items.filter((item) => {
    const own = recent.get(item);
    return item.isRare || (own && mayBeRare(own.invocations, lookback, criteria));
  });
  const days = await readAll(sparse, longWindow(lookback), metrics);
  const found = new Map(
    sparse.map((item) => [item, rareItem(item, { far: days.get(item), near: recent.get(item) }, lookback, run)]),
  );
  const busyAgain = sparse.filter((item) => item.isRare && found.get(item) === undefined);
  const again = await readAll(busyAgain, lookback, metrics);
  const collected = items.map(
    (item) => found.get(item) ?? recentItem(item, recent.get(item) ?? again.get(item), lookback),
  );
  return withMedians(collected, run, metrics);
}

const notRare = (items: readonly AssessmentItem[]) => items.filter(({ isRare }) => !isRare);

type SeriesByItem = ReadonlyMap<AssessmentItem, FunctionSeries | undefined>;

async function readAll(
  items: readonly AssessmentItem[],
  window: EvidenceWindow,
  metrics: MetricReader,
): Promise<SeriesByItem> {
  if (items.length === 0) return new Map();
  const names = items.map(({ functionName }) => functionName);
  const series = await metrics.readSeries(names, window, DECIDING_STATISTICS);
  return new Map(items.map((item, index) => [item, series[index] && countedByDuration(series[index])]));
}

/**
 * Undefined for a function that works on most days. Of a partial answer nothing is known, and so there is no evidence.
 *
 * @param read as far back as CloudWatch knows, and over the look-back, which lines are counted against: a day is too long for that
 */
function rareItem(
  item: AssessmentItem,
  { far: series, near }: { far: FunctionSeries | undefined; near: FunctionSeries | undefined },
  lookback: EvidenceWindow,
  { policy: { minimumInvocations } }: RunContext,
): CollectedItem | undefined {
  if (series === undefined) return { item };
  const { lastModified } = item;
  const evidence = rareEvidence({ series, window: longWindow(lookback), lookback, lastModified, minimumInvocations });
  return (
    evidence && {
      item,
      ...evidence,
      ...(evidence.metrics && { metrics: ofItem(evidence.metrics, item, near, lookback) }),
    }
  );
}

function recentItem(item: AssessmentItem, series: FunctionSeries | undefined, lookback: EvidenceWindow): CollectedItem {
  const metrics = series && decidingMetrics(series, lookback, item.lastModified);
  return { item, ...(metrics && { metrics: ofItem(metrics, item, series, lookback) }) };
}

/** The metrics of its own calls, with what the lines that were read of it tonight are counted against. */
function ofItem(
  metrics: FunctionMetrics,
  { warmUps, memoryEvidence: { newLines } }: AssessmentItem,
  series: FunctionSeries | undefined,
  lookback: EvidenceWindow,
): FunctionMetrics {
  const own = withoutWarmUps(metrics, warmUps);
  if (newLines === undefined || series === undefined) return own;
  return { ...own, invocationsSinceRead: sumSince(series.invocations, lookback, Date.parse(newLines.from)) };
}
