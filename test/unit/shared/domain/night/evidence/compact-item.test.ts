import fc from 'fast-check';
import { parseCollectMetricsInput } from '../../../../../../shared/contracts/evidence.ts';
import {
  compactItem,
  ITEM_MAX_BYTES,
  METRICS_MAX_BYTES,
} from '../../../../../../shared/domain/night/evidence/compact-item.ts';
import { assessmentItem, functionMetrics, memoryEvidence, runContext } from './builders.ts';

const observation = (memorySizeMb: number) => ({
  memorySizeMb,
  invocations: 123_456,
  meanDurationMs: 123.456789,
  p95DurationMs: 234.56789,
  maxMemoryUsedMb: 201,
  observedAt: '2026-11-01T02:00:00.000Z',
  codeSha256: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGH',
});
const bytes = (value: unknown) => Buffer.byteLength(JSON.stringify(value));

describe('compactItem', () => {
  it('leaves an item that fits as it is, with fewer digits', () => {
    const item = assessmentItem({ tags: { team: 'x' }, observations: [observation(512)] });
    const compact = compactItem(item);
    expect(compact).toMatchObject({ tags: { team: 'x' }, memoryEvidence: item.memoryEvidence });
    expect(compact.observations[0]).toMatchObject({ meanDurationMs: 123.46, codeSha256: 'abcdefghijkl' });
  });

  it('gives up tags before observations, and the baseline and latest observation last', () => {
    const sizes = [3008, 1536, 1024, 896, 768, 640, 512];
    const compact = compactItem(assessmentItem({ tags: { a: 'x'.repeat(200) }, observations: sizes.map(observation) }));
    expect(compact.tags).toEqual({});
    const kept = compact.observations.map((each) => each.memorySizeMb);
    expect(kept.length).toBeGreaterThan(1);
    expect([kept[0], kept.at(-1)]).toEqual([3008, 512]);
  });

  it('keeps a function with its metrics under 2 KB, whatever it carries', () => {
    const text = (max: number) => fc.string({ unit: 'grapheme-ascii', maxLength: max });
    fc.assert(
      fc.property(
        fc.dictionary(text(40), text(120), { maxKeys: 12 }),
        fc.array(fc.integer({ min: 128, max: 10_240 }).map(observation), { maxLength: 20 }),
        fc.array(
          fc.constant({ memorySizeMb: 1024, expectedDurationMs: 1.23456, lowerDurationMs: 1, upperDurationMs: 2 }),
          { maxLength: 4 },
        ),
        (tags, observations, computeOptimizer) => {
          const item = assessmentItem({ tags, observations, memoryEvidence: memoryEvidence({ computeOptimizer }) });
          const compact = compactItem(item);
          expect(bytes({ item: compact, metrics: functionMetrics() })).toBeLessThan(2_048);
          expect(() => parseCollectMetricsInput({ BatchInput: { run: runContext() }, Items: [compact] })).not.toThrow();
        },
      ),
    );
  });

  it('leaves room for the widest metrics', () => {
    const wide = functionMetrics({
      invocations: 1e12,
      warmUpCalls: 1e12,
      errors: 1e12,
      throttles: 1e12,
      invocationsPerMonth: 1e12,
      invocationsInLookback: 1e12,
      meanDurationMs: 899_999.999,
      p50DurationMs: 899_999.999,
      p95DurationMs: 899_999.999,
      p99DurationMs: 899_999.999,
      maxDurationMs: 899_999.999,
      maxConcurrentExecutions: 100_000,
    });
    const rhythm = { everyDays: 30.5, runs: 15, nextRunOn: '2026-12-01', missedRun: true };
    expect(bytes({ metrics: wide, rhythm }) - bytes({ metrics: {} })).toBeLessThanOrEqual(METRICS_MAX_BYTES);
    expect(ITEM_MAX_BYTES).toBeLessThan(2_048);
  });
});
