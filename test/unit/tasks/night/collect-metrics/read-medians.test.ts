import type { CollectedItem } from '../../../../../shared/contracts/evidence.ts';
import {
  emptySeries,
  type FunctionSeries,
  MEDIAN_STATISTICS,
  type Statistic,
} from '../../../../../shared/domain/night/evidence/metric-series.ts';
import { type EvidenceWindow, evidenceWindow, longWindow } from '../../../../../shared/domain/night/evidence/window.ts';
import { withMedians } from '../../../../../tasks/night/collect-metrics/read-medians.ts';
import { assessmentItem, functionMetrics, runContext } from '../../../shared/domain/night/evidence/builders.ts';

const run = runContext();
const lookback = evidenceWindow(run);
/** A rare kind of call may take half of its time. */
const doubtful = { meanDurationMs: 60, p95DurationMs: 40, maxDurationMs: 62_000 };
const collected = (functionName: string, metrics: object, more: object = {}): CollectedItem => {
  const { p50DurationMs: _, ...known } = functionMetrics({
    from: new Date(lookback.startMs).toISOString(),
    ...metrics,
  });
  return { item: assessmentItem({ functionName }), metrics: known, ...more };
};

/** The first period has a call of 10 ms, the second nine of 20; the others none. */
function medians(window: EvidenceWindow): FunctionSeries {
  const series = emptySeries(window);
  series.timedInvocations.set([1, 9]);
  series.p50DurationMs.set([10, 20]);
  return series;
}

async function read(items: readonly CollectedItem[], answer: (window: EvidenceWindow) => FunctionSeries | undefined) {
  const asked: { names: readonly unknown[]; window: EvidenceWindow; statistics: readonly Statistic[] | undefined }[] =
    [];
  const readSeries = async (names: readonly unknown[], window: EvidenceWindow, statistics?: readonly Statistic[]) => {
    asked.push({ names, window, statistics });
    return names.map(() => answer(window));
  };
  return { items: await withMedians(items, run, { readSeries }), asked };
}

describe('withMedians', () => {
  it('reads the median of those that are judged by it, weighted by their calls, and nothing of the others', async () => {
    const plain = collected('plain', {});
    const silent: CollectedItem = { item: assessmentItem({ functionName: 'silent' }) };
    const { items, asked } = await read([plain, collected('doubtful', doubtful), silent], medians);
    expect(asked).toEqual([{ names: ['doubtful'], window: lookback, statistics: MEDIAN_STATISTICS }]);
    expect(items.map(({ metrics }) => metrics?.p50DurationMs)).toEqual([undefined, 19, undefined]);
    expect(items[0]).toBe(plain);
    expect(items[2]).toBe(silent);
  });

  it('asks nothing where nobody is', async () => {
    expect((await read([collected('plain', {})], medians)).asked).toEqual([]);
  });

  it('reads of one that rests for days as far back as it is judged', async () => {
    const rhythm = { runs: 5, nextRunOn: '2026-12-01' };
    const { asked } = await read([collected('rare', doubtful, { rhythm })], medians);
    expect(asked).toMatchObject([{ names: ['rare'], window: longWindow(lookback) }]);
  });

  it('weighs only what has run since the function was last modified', async () => {
    const from = new Date(lookback.startMs + lookback.periodSeconds * 1_000).toISOString();
    const { items } = await read([collected('doubtful', { ...doubtful, from })], medians);
    expect(items[0]!.metrics!.p50DurationMs).toBe(20);
  });

  it('knows nothing of a function whose median CloudWatch gave a part of, and no median of one without any', async () => {
    const partial = await read([collected('doubtful', doubtful)], () => undefined);
    expect(partial.items[0]).toEqual({ item: expect.objectContaining({ functionName: 'doubtful' }) });
    const none = await read([collected('doubtful', doubtful)], emptySeries);
    expect(none.items[0]!.metrics).not.toHaveProperty('p50DurationMs');
  });
});
