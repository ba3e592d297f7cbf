import type { MetricReader } from '../../../shared/clients/cloudwatch/function-metrics.ts';
import type { CollectedItem } from '../../../shared/contracts/evidence.ts';
import type { RunContext } from '../../../shared/contracts/run.ts';
import { withMedian } from '../../../shared/domain/night/evidence/aggregate-metrics.ts';
import {
  countedByDuration,
  type FunctionSeries,
  MEDIAN_STATISTICS,
} from '../../../shared/domain/night/evidence/metric-series.ts';
import { byWindow, type EvidenceWindow } from '../../../shared/domain/night/evidence/window.ts';
import { medianDecides } from '../../../shared/domain/night/recommendation/hold.ts';

/**
 * The items with the median duration of the few that are judged by it, which is one metric more of each. Of one whose median CloudWatch had
 * only a part of nothing is known.
 */
export async function withMedians(
  items: readonly CollectedItem[],
  run: RunContext,
  metrics: MetricReader,
): Promise<CollectedItem[]> {
  const asked = items.filter((each) => each.metrics !== undefined && medianDecides(each.metrics));
  const named = asked.map(({ item: { functionName }, rhythm }) => ({ functionName, ...(rhythm && { rhythm }) }));
  const read = new Map<string, { series: FunctionSeries | undefined; window: EvidenceWindow }>();
  for (const { window, names } of byWindow(run, named)) {
    const series = await metrics.readSeries(names, window, MEDIAN_STATISTICS);
    for (const [index, name] of names.entries()) read.set(name, { series: series[index], window });
  }
  return items.map((each) => {
    const median = read.get(each.item.functionName);
    if (median === undefined || each.metrics === undefined) return each;
    if (median.series === undefined) return { item: each.item };
    return { ...each, metrics: withMedian(each.metrics, countedByDuration(median.series), median.window) };
  });
}
