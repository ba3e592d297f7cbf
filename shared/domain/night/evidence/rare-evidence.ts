import type { FunctionMetrics } from '../../../contracts/evidence.ts';
import type { Rhythm } from '../../../contracts/rhythm.ts';
import { decidingMetrics, firstUsablePeriod } from './aggregate-metrics.ts';
import { type FunctionSeries, seriesWithin, sumSince } from './metric-series.ts';
import { nowAndThen, recogniseRhythm, rhythmIn } from './rhythm.ts';
import { type EvidenceWindow, periodsIn } from './window.ts';

const DAY_MS = 86_400_000;

/** A function's days as far back as CloudWatch knows, and the look-back that others are judged by. */
export interface LookedBack {
  readonly series: FunctionSeries;
  /** In days; see `longWindow`. */
  readonly window: EvidenceWindow;
  readonly lookback: EvidenceWindow;
  readonly lastModified: string;
  /** So many calls in the look-back are evidence; of fewer, more than the look-back is. */
  readonly minimumInvocations: number;
}

export interface RareEvidence {
  readonly rhythm: Rhythm;
  /** Absent where nothing was called since it was last modified, as far back as its runs are evidence. */
  readonly metrics?: FunctionMetrics;
}

/**
 * What is known of a function that rests for days: the runs since it was last modified, over as many periods as are
 * evidence. Undefined where it works on most days, so that the look-back says more.
 */
export function rareEvidence(looked: LookedBack): RareEvidence | undefined {
  const { series, window, lookback, lastModified } = looked;
  // REPORT lines are counted against the calls of their own window; a day that it begins in counts whole.
  const invocationsInLookback = sumSince(series.invocations, window, lookback.startMs);
  const isSeldomCalled = invocationsInLookback < looked.minimumInvocations;
  const recognised =
    recogniseRhythm(series.invocations) ?? (isSeldomCalled ? nowAndThen(series.invocations) : undefined);
  if (recognised === undefined) return undefined;
  const days = periodsIn(window);
  const from = Math.max(0, days - recognised.evidenceDays);
  const evidence = { ...window, startMs: window.startMs + from * DAY_MS };
  const usableDay = from + firstUsablePeriod(evidence, Date.parse(lastModified));
  const metrics = decidingMetrics(seriesWithin(series, window, evidence), evidence, lastModified);
  return {
    rhythm: rhythmIn(recognised, usableDay, window.startMs, days),
    ...(metrics && { metrics: { ...metrics, invocationsInLookback } }),
  };
}
