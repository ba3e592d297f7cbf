import fc from 'fast-check';
import { withoutWarmUps, withoutWarmUpsAsIn } from '../../../../../../shared/domain/night/evidence/warm-up-calls.ts';
import { functionMetrics } from './builders.ts';

const LONG_AGO = '2026-01-01T00:00:00.000Z';
/** One environment every five minutes: 4,032 calls of 80 ms in a fortnight. */
const everyFive = { callsPerDay: 288, since: LONG_AGO };

describe('the metrics of a function that we keep warm', () => {
  it('are those of its own calls', () => {
    const both = functionMetrics({ invocations: 5_032, meanDurationMs: (4_032 * 80 + 1_000 * 2_000) / 5_032 });
    const own = withoutWarmUps(both, everyFive);
    expect(own).toMatchObject({ invocations: 1_000, warmUpCalls: 4_032, maxDurationMs: both.maxDurationMs });
    expect(own.meanDurationMs).toBeCloseTo(2_000, 0);
    expect(own.invocationsPerMonth).toBe(Math.round((both.invocationsPerMonth * 1_000) / 5_032));
    expect(own.invocationsInLookback).toBe(both.invocationsInLookback);
    for (const percentile of ['p50DurationMs', 'p95DurationMs', 'p99DurationMs'])
      expect(own).not.toHaveProperty(percentile);
  });

  it('keep their percentiles where the calls of ours are next to none', () => {
    const busy = functionMetrics({ invocations: 10_000_000 });
    expect(withoutWarmUps(busy, everyFive)).toMatchObject({ warmUpCalls: 4_032, p95DurationMs: busy.p95DurationMs });
  });

  it('count only from the day on that we began', () => {
    const lately = { callsPerDay: 288, since: '2026-11-22T02:00:00.000Z' };
    expect(withoutWarmUps(functionMetrics(), lately).warmUpCalls).toBe(288);
    expect(withoutWarmUps(functionMetrics(), { ...lately, since: '2026-12-01T00:00:00.000Z' })).toEqual(
      functionMetrics(),
    );
  });

  it('say nothing of durations where nobody else calls it', () => {
    const own = withoutWarmUps(functionMetrics({ invocations: 4_032, meanDurationMs: 80 }), everyFive);
    expect(own).toMatchObject({ invocations: 0, invocationsPerMonth: 0 });
    expect(own).not.toHaveProperty('meanDurationMs');
  });

  it('compare own calls before a change with own calls after it, at the rate that the evidence told of', () => {
    const evidence = functionMetrics({ warmUpCalls: 4_032 });
    const stretch = {
      invocations: 338,
      meanDurationMs: (288 * 80 + 50 * 2_000) / 338,
      p95DurationMs: 2_100,
      errors: 3,
    };
    const own = withoutWarmUpsAsIn(evidence, stretch, 1);
    expect(own).toEqual({ invocations: 50, meanDurationMs: expect.closeTo(2_000, 0), errors: 3 });
    expect(withoutWarmUpsAsIn(functionMetrics(), stretch, 1)).toBe(stretch);
  });

  it('are as they were of any other function', () => {
    expect(withoutWarmUps(functionMetrics(), undefined)).toEqual(functionMetrics());
  });

  it('are those of its own calls whatever both are', () => {
    const calls = fc.record({ own: fc.integer({ min: 1, max: 1_000_000 }), ms: fc.integer({ min: 1, max: 900_000 }) });
    fc.assert(
      fc.property(calls, ({ own, ms }) => {
        const invocations = own + 4_032;
        const mean = (own * ms + 4_032 * 80) / invocations;
        const found = withoutWarmUps(functionMetrics({ invocations, meanDurationMs: mean }), everyFive);
        expect(found.invocations).toBe(own);
        expect(Math.abs(found.meanDurationMs! - ms)).toBeLessThan(0.01 * ms + 0.1);
      }),
      { numRuns: 100, seed: 20_261_128 },
    );
  });
});
