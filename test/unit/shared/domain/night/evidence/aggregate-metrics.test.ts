import fc from 'fast-check';
import {
  aggregateMetrics,
  decidingMetrics,
  withInforming,
} from '../../../../../../shared/domain/night/evidence/aggregate-metrics.ts';
import {
  emptySeries,
  type FunctionSeries,
  STATISTICS,
  type Statistic,
} from '../../../../../../shared/domain/night/evidence/metric-series.ts';
import { evidenceWindow } from '../../../../../../shared/domain/night/evidence/window.ts';
import { policy, STARTED_AT } from './builders.ts';

const window = evidenceWindow({ startedAt: STARTED_AT, policy: policy() });
const PERIOD_MS = window.periodSeconds * 1000;
const PERIODS = (window.endMs - window.startMs) / PERIOD_MS;
const LONG_AGO = '2026-01-01T00:00:00.000Z';

/** Values by the index of their period. */
function series(values: Partial<Record<Statistic, Record<number, number>>>): FunctionSeries {
  const filled = emptySeries(window);
  for (const statistic of STATISTICS) {
    for (const [index, value] of Object.entries(values[statistic] ?? {})) filled[statistic][Number(index)] = value;
  }
  return filled;
}

describe('aggregateMetrics', () => {
  it('sums counts, weighs durations by invocations and keeps maxima', () => {
    const metrics = aggregateMetrics(
      series({
        invocations: { 0: 300, 1: 100 },
        errors: { 0: 3, 1: 0 },
        throttles: { 1: 2 },
        meanDurationMs: { 0: 100, 1: 200 },
        p95DurationMs: { 0: 150, 1: 550 },
        maxDurationMs: { 0: 900, 1: 700 },
        maxConcurrentExecutions: { 0: 2, 1: 7 },
      }),
      window,
      LONG_AGO,
    );
    expect(metrics).toMatchObject({
      invocations: 400,
      invocationsInLookback: 400,
      errors: 3,
      throttles: 2,
      meanDurationMs: 125,
      p95DurationMs: 250,
      maxDurationMs: 900,
      maxConcurrentExecutions: 7,
    });
    expect(metrics).not.toHaveProperty('p50DurationMs');
  });

  it('has nothing to say without data points', () => {
    expect(aggregateMetrics(series({}), window, LONG_AGO)).toBeUndefined();
  });

  it.each<[string, Partial<Record<Statistic, Record<number, number>>>]>([
    ['invocations without any duration', { invocations: { 0: 5 } }],
    ['durations without invocations', { meanDurationMs: { 0: 5 } }],
    ['invocations and durations of different periods', { invocations: { 0: 5 }, meanDurationMs: { 1: 100 } }],
  ])('takes %s for a partial answer, not for evidence', (_what, values) => {
    expect(aggregateMetrics(series(values), window, LONG_AGO)).toBeUndefined();
  });

  it('reports a function that was only throttled as not invoked', () => {
    const metrics = aggregateMetrics(series({ throttles: { 3: 40 } }), window, LONG_AGO);
    expect(metrics).toMatchObject({ invocations: 0, throttles: 40, invocationsPerMonth: 0 });
    expect(metrics).not.toHaveProperty('meanDurationMs');
  });

  it('uses only periods that began an hour or more after the last modification', () => {
    const modified = new Date(window.startMs + 10 * PERIOD_MS - 30 * 60_000).toISOString();
    const flat = Object.fromEntries(Array.from({ length: PERIODS }, (_, index) => [index, 10]));
    const metrics = aggregateMetrics(series({ invocations: flat, meanDurationMs: flat }), window, modified)!;
    expect(metrics.from).toBe(new Date(window.startMs + 11 * PERIOD_MS).toISOString());
    expect(metrics.to).toBe(new Date(window.endMs).toISOString());
    expect(metrics.invocations).toBe((PERIODS - 11) * 10);
    expect(metrics.invocationsInLookback).toBe(PERIODS * 10);
  });

  it('has nothing to say of a function modified just now, whatever it did before', () => {
    const flat = { 0: 10, 5: 10 };
    expect(aggregateMetrics(series({ invocations: flat, meanDurationMs: flat }), window, STARTED_AT)).toBeUndefined();
  });

  it('extrapolates a month from the look-back', () => {
    const flat = Object.fromEntries(Array.from({ length: PERIODS }, (_, index) => [index, 10]));
    const metrics = aggregateMetrics(series({ invocations: flat, meanDurationMs: flat }), window, LONG_AGO)!;
    expect(metrics.invocationsPerMonth).toBe(Math.round((PERIODS * 10 * (365.25 / 12)) / 14));
  });

  it('extrapolates a new function from its first traffic, but from no less than a week', () => {
    const month = (first: number) => {
      const values = { [first]: 70 };
      return aggregateMetrics(series({ invocations: values, meanDurationMs: values }), window, LONG_AGO)!
        .invocationsPerMonth;
    };
    expect(month(PERIODS - 1)).toBe(Math.round((70 / 7) * (365.25 / 12)));
    expect(month(24)).toBe(Math.round((70 / 12) * (365.25 / 12)));
  });

  it('keeps a weighted mean between the least and the greatest period', () => {
    const period = fc.record({
      invocations: fc.integer({ min: 1, max: 1e6 }),
      ms: fc.double({ min: 0.1, max: 9e5, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(period, { minLength: 1, maxLength: PERIODS }), (periods) => {
        const of = (pick: (each: (typeof periods)[number]) => number) =>
          Object.fromEntries(periods.map((each, index) => [index, pick(each)]));
        const metrics = aggregateMetrics(
          series({ invocations: of((each) => each.invocations), meanDurationMs: of((each) => each.ms) }),
          window,
          LONG_AGO,
        )!;
        const durations = periods.map((each) => each.ms);
        expect(metrics.meanDurationMs).toBeGreaterThanOrEqual(Math.min(...durations) - 0.001);
        expect(metrics.meanDurationMs).toBeLessThanOrEqual(Math.max(...durations) + 0.001);
      }),
    );
  });
});

describe('decidingMetrics and withInforming', () => {
  const full = series({
    invocations: { 0: 300, 5: 100 },
    errors: { 0: 3, 5: 1 },
    throttles: { 5: 2 },
    meanDurationMs: { 0: 100, 5: 200 },
    maxDurationMs: { 0: 900, 5: 700 },
    maxConcurrentExecutions: { 0: 9, 5: 7 },
  });

  it('read one after the other are the whole, over the same periods', () => {
    for (const modified of [LONG_AGO, new Date(window.startMs + PERIOD_MS).toISOString()]) {
      const deciding = decidingMetrics(full, window, modified)!;
      expect(deciding).not.toHaveProperty('errors');
      expect(withInforming(deciding, full, window)).toEqual(aggregateMetrics(full, window, modified));
    }
  });

  it('takes a function that was never invoked for one without evidence', () => {
    expect(decidingMetrics(series({ throttles: { 3: 40 } }), window, LONG_AGO)).toBeUndefined();
  });
});
