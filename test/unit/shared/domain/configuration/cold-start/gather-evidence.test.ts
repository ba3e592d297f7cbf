import {
  coldStartEvidence,
  periodsOf,
} from '../../../../../../shared/domain/configuration/cold-start/gather-evidence.ts';
import type { FunctionSeries } from '../../../../../../shared/domain/night/evidence/metric-series.ts';

const DAY_MS = 86_400_000;
const window = { startMs: 10 * DAY_MS, endMs: 24 * DAY_MS } as Parameters<typeof coldStartEvidence>[1];
const starts = { reports: 200, coldStarts: 10, meanInitDurationMs: 900 };
/** Two periods in which something ran, and one in which nothing did. */
const series = (overrides: Partial<Record<keyof FunctionSeries, number[]>> = {}): FunctionSeries => {
  const values = {
    ...{ invocations: [30, 0, 70], maxConcurrentExecutions: [1, 0, 4], meanDurationMs: [100, Number.NaN, 200] },
    ...{ p50DurationMs: [90, Number.NaN, 190], p99DurationMs: [300, Number.NaN, 400], ...overrides },
  };
  return Object.fromEntries(
    Object.entries(values).map(([name, each]) => [name, Float64Array.from(each)]),
  ) as unknown as FunctionSeries;
};

describe('evidence of cold starts', () => {
  it('is the traffic of a month, durations weighted by it, and the share of starts', () => {
    expect(coldStartEvidence(series(), window, starts)).toEqual({
      invocationsPerMonth: expect.closeTo((100 / 14) * (365.25 / 12), 6),
      meanDurationMs: expect.closeTo(170, 6),
      p50DurationMs: expect.closeTo(160, 6),
      p99DurationMs: expect.closeTo(370, 6),
      ...{ coldStartShare: 0.05, meanInitDurationMs: 900 },
      periods: [
        { invocations: 30, maximumConcurrency: 1 },
        { invocations: 70, maximumConcurrency: 4 },
      ],
    });
  });

  it('is none of thin traffic, nor without metrics or REPORT lines', () => {
    expect(coldStartEvidence(series({ invocations: [30, 0, 69] }), window, starts)).toBeUndefined();
    expect(coldStartEvidence(undefined, window, starts)).toBeUndefined();
    expect(coldStartEvidence(series(), window, undefined)).toBeUndefined();
    expect(coldStartEvidence(series(), window, { ...starts, reports: 0 })).toBeUndefined();
    const missing = [Number.NaN, Number.NaN, Number.NaN];
    for (const name of ['meanDurationMs', 'p50DurationMs', 'p99DurationMs'] as const)
      expect(coldStartEvidence(series({ [name]: missing }), window, starts)).toBeUndefined();
  });

  it('has no time of INIT where nothing started cold, and no share above one', () => {
    const none = coldStartEvidence(series(), window, { reports: 200, coldStarts: 0 });
    expect(none).toMatchObject({ coldStartShare: 0, meanInitDurationMs: 0 });
    expect(coldStartEvidence(series(), window, { ...starts, coldStarts: 900 })!.coldStartShare).toBe(1);
  });
});

it('leaves periods out in which nothing ran, or nobody knows how much at once', () => {
  expect(periodsOf(undefined)).toEqual([]);
  expect(periodsOf(series({ maxConcurrentExecutions: [0, 0, 2] }))).toEqual([
    { invocations: 70, maximumConcurrency: 2 },
  ]);
  expect(periodsOf(series({ maxConcurrentExecutions: [3] }))).toEqual([{ invocations: 30, maximumConcurrency: 3 }]);
});
