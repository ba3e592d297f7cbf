import type { MetricReader } from '../../../shared/clients/cloudwatch/function-metrics.ts';
import type { MetricSubject } from '../../../shared/clients/cloudwatch/metric-queries.ts';
import {
  type FunctionSeries,
  JUDGING_STATISTICS,
  seriesWithin,
} from '../../../shared/domain/night/evidence/metric-series.ts';
import type { EvidenceWindow } from '../../../shared/domain/night/evidence/window.ts';
import type { TimeWindow } from '../../../shared/domain/night/verification/comparison-windows.ts';

interface BeforeAndAfter<Each> {
  readonly before: Each;
  readonly after: Each;
}

/** What is compared: the same traffic at two times, or two kinds of traffic at the same time. */
export type Stretches =
  | { readonly subject: MetricSubject; readonly windows: BeforeAndAfter<TimeWindow> }
  | { readonly subjects: BeforeAndAfter<MetricSubject>; readonly window: TimeWindow };

/** Both stretches; undefined for one of which CloudWatch had only a part to give. */
export type StretchSeries = BeforeAndAfter<{
  readonly series: FunctionSeries | undefined;
  readonly window: EvidenceWindow;
}>;

/**
 * Production without and with a change, in one call: CloudWatch bills the metrics of a call, however long its window, so that two
 * stretches of one subject are read with what lies between them.
 */
export async function readStretches(stretches: Stretches, metrics: MetricReader): Promise<StretchSeries> {
  if ('window' in stretches) {
    const window = evidenceWindow(stretches.window);
    const { before, after } = stretches.subjects;
    const [first, second] = await metrics.readSeries([before, after], window, JUDGING_STATISTICS);
    return { before: { series: first, window }, after: { series: second, window } };
  }
  const before = evidenceWindow(stretches.windows.before);
  const after = evidenceWindow(stretches.windows.after);
  const both = { ...before, endMs: after.endMs };
  const [series] = await metrics.readSeries([stretches.subject], both, JUDGING_STATISTICS);
  const within = (window: EvidenceWindow) => ({ series: series && seriesWithin(series, both, window), window });
  return { before: within(before), after: within(after) };
}

const evidenceWindow = ({ fromMs, toMs, periodSeconds }: TimeWindow): EvidenceWindow => ({
  startMs: fromMs,
  endMs: toMs,
  periodSeconds,
});
