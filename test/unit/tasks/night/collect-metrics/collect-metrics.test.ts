import { TASK_CATALOGUE } from '../../../../../infra/constructs/night/task-catalogue.ts';
import { VirtualClock } from '../../../../../sandbox/clock/virtual-clock.ts';
import { clock, useClock } from '../../../../../shared/clock.ts';
import { parseAnalyzeInput } from '../../../../../shared/contracts/evidence.ts';
import {
  emptySeries,
  type FunctionSeries,
  STATISTICS,
} from '../../../../../shared/domain/night/evidence/metric-series.ts';
import { type EvidenceWindow, evidenceWindow } from '../../../../../shared/domain/night/evidence/window.ts';
import { InvalidConfigurationError, TransientError } from '../../../../../shared/errors.ts';
import { collectMetrics } from '../../../../../tasks/night/collect-metrics/collect-metrics.ts';
import { assessmentItem, runContext } from '../../../shared/domain/night/evidence/builders.ts';

/** What an answer that never comes costs: five attempts of 15 s each, and the waits between them. */
const IN_VAIN_MS = 85_000;
const run = runContext();
const none = emptySeries(evidenceWindow(run));
function flat(value: number): FunctionSeries {
  const series = emptySeries(evidenceWindow(run));
  for (const statistic of STATISTICS) series[statistic].fill(value);
  return series;
}
const PERIODS = none.invocations.length;
const items = ['a', 'b', 'c'].map((functionName) => assessmentItem({ functionName }));
const collect = (series: (FunctionSeries | undefined)[], Items: unknown = items) =>
  collectMetrics({ BatchInput: { run }, Items }, { metrics: { readSeries: async () => series } });

describe('collectMetrics', () => {
  it('gives each function its own metrics, and none where CloudWatch has none or only a part', async () => {
    const { items: collected } = await collect([flat(7), none, undefined]);
    expect(collected.map(({ item, metrics }) => [item.functionName, metrics?.invocations])).toEqual([
      ['a', 7 * PERIODS],
      ['b', undefined],
      ['c', undefined],
    ]);
    expect(collected[1]).not.toHaveProperty('metrics');
  });

  it('counts the calls since the first line that was read tonight, where earlier nights read the others', async () => {
    const { endMs, periodSeconds } = evidenceWindow(run);
    const from = new Date(endMs - 3 * periodSeconds * 1_000).toISOString();
    const newLines = { from, reports: 20, invocationsBefore: 1_000 };
    const { memoryEvidence } = items[0]!;
    const { items: collected } = await collect(
      [flat(7)],
      [{ ...items[0], memoryEvidence: { ...memoryEvidence, newLines } }],
    );
    expect(collected[0]!.metrics).toMatchObject({ invocationsSinceRead: 21, invocationsInLookback: 7 * PERIODS });
  });

  it('counts them by the look-back’s hours, also of a function that turns out to rest for days', async () => {
    const { endMs, startMs, periodSeconds } = evidenceWindow(run);
    const newLines = { from: new Date(endMs - periodSeconds * 1_000).toISOString(), reports: 0, invocationsBefore: 40 };
    const item = assessmentItem({ functionName: 'seldom', lastModified: '2020-01-01T00:00:00.000Z' });
    const seldom = { ...item, memoryEvidence: { ...item.memoryEvidence, newLines } };
    const readSeries = async (_: unknown, window: EvidenceWindow) => {
      const series = emptySeries(window);
      const isFarBack = window.startMs < startMs;
      // Called on the last day, before the last night read its lines: a day counts whole, an hour does not.
      const called = isFarBack ? [20, 60, 100, 140, 180, 454] : [series.invocations.length - 6];
      for (const at of called)
        for (const statistic of ['timedInvocations', 'meanDurationMs', 'p95DurationMs'] as const)
          series[statistic][at] = 8;
      return [series];
    };
    const { items: collected } = await collectMetrics(
      { BatchInput: { run }, Items: [seldom] },
      { metrics: { readSeries } },
    );
    expect(collected[0]).toMatchObject({ rhythm: expect.anything(), metrics: { invocationsSinceRead: 0 } });
  });

  it("answers what Analyze's parser accepts", async () => {
    const { items: collected } = await collect([flat(7), none, undefined]);
    for (const each of collected) expect(() => parseAnalyzeInput({ run, ...each })).not.toThrow();
  });

  it('keeps a batch of 55 functions under half of the 256 KiB a payload may have', async () => {
    const many = Array.from({ length: 55 }, (_, index) =>
      assessmentItem({ functionName: `function-with-a-long-name-${index}` }),
    );
    const output = await collect(
      many.map(() => flat(123_456.789)),
      many,
    );
    expect(Buffer.byteLength(JSON.stringify(output))).toBeLessThan(131_072);
  });

  it.each([
    ['passing trouble', new TransientError('throttled'), 'TransientFailure'],
    ['a denial', new InvalidConfigurationError('AWS denied it'), 'SourceUnavailable'],
    ['an answer nobody understands', new TypeError('x is undefined'), 'SourceUnavailable'],
  ])('names %s so that its state retries only what may pass', async (_, error, name) => {
    const metrics = { readSeries: async () => Promise.reject(error) };
    await expect(collectMetrics({ BatchInput: { run }, Items: items }, { metrics })).rejects.toMatchObject({
      name,
      message: expect.stringContaining(error.message),
    });
  });

  it('rejects a batch whose items are malformed, naming the field', async () => {
    await expect(collect([none], [{ functionName: 'a' }])).rejects.toMatchObject({
      name: 'InvalidInput',
      message: expect.stringContaining('Items.0.memorySizeMb'),
    });
  });

  it('has time for the hub’s functions in a batch with those of a place that never answers', async () => {
    const virtual = new VirtualClock(0);
    const restore = useClock(virtual);
    const away = 'arn:aws:lambda:us-east-1:222222222222:function:pay';
    const Items = [items[0], assessmentItem({ functionName: away })];
    const readSeries = async (names: readonly unknown[]) => {
      if (names[0] !== away) return [flat(7)];
      await clock.sleep(IN_VAIN_MS);
      throw new TransientError('no answer');
    };
    try {
      const collecting = () => collectMetrics({ BatchInput: { run }, Items }, { metrics: { readSeries } });
      const { items: collected } = await virtual.complete(collecting);
      expect(virtual.now()).toBeLessThan(1_000 * TASK_CATALOGUE['collect-metrics'].timeoutSeconds);
      expect(collected).toMatchObject([{ metrics: expect.anything() }, { metricsUnavailable: 'no answer' }]);
    } finally {
      restore();
    }
  });
});
