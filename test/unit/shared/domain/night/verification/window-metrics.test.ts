import type { FunctionSeries } from '../../../../../../shared/domain/night/evidence/metric-series.ts';
import { windowMetrics } from '../../../../../../shared/domain/night/verification/window-metrics.ts';

const series = (overrides: Partial<Record<keyof FunctionSeries, number[]>> = {}) =>
  ({
    invocations: [10, 0, 30],
    errors: [1, Number.NaN, 2],
    throttles: [0, 4, Number.NaN],
    meanDurationMs: [100, Number.NaN, 200],
    p95DurationMs: [200, Number.NaN, 400],
    maxDurationMs: [900, Number.NaN, 700],
    ...overrides,
  }) as unknown as FunctionSeries;

describe('windowMetrics', () => {
  it('adds counts up, weighs durations by invocations and takes the longest, periods without a value left out', () => {
    expect(windowMetrics(series())).toEqual({
      invocations: 40,
      errors: 3,
      throttles: 4,
      meanDurationMs: 175,
      p95DurationMs: 350,
      maxDurationMs: 900,
    });
  });

  it('knows no longest duration where nothing ran', () => {
    const quiet = {
      invocations: [0],
      meanDurationMs: [Number.NaN],
      p95DurationMs: [Number.NaN],
      maxDurationMs: [Number.NaN],
    };
    expect(windowMetrics(series(quiet))).toMatchObject({ invocations: 0, maxDurationMs: undefined });
  });
});
