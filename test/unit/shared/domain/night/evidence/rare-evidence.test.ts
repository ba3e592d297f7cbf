import { emptySeries, type FunctionSeries } from '../../../../../../shared/domain/night/evidence/metric-series.ts';
import { rareEvidence } from '../../../../../../shared/domain/night/evidence/rare-evidence.ts';
import { evidenceWindow, longWindow, periodsIn } from '../../../../../../shared/domain/night/evidence/window.ts';
import { runContext } from './builders.ts';

const lookback = evidenceWindow(runContext());
const window = longWindow(lookback);
const DAYS = periodsIn(window);
const dayBefore = (days: number) => new Date(lookback.endMs - days * 86_400_000).toISOString();

/** Calls a run, and what each takes, by how many days ago the run was. */
function runs(daysAgo: readonly number[], { calls = 4, ms = (_: number): number => 2_000 } = {}): FunctionSeries {
  const series = emptySeries(window);
  for (const ago of daysAgo) {
    const day = DAYS - 1 - ago;
    series.invocations[day] = calls;
    for (const statistic of [
      'meanDurationMs',
      'p50DurationMs',
      'p95DurationMs',
      'p99DurationMs',
      'maxDurationMs',
    ] as const)
      series[statistic][day] = ms(ago);
  }
  return series;
}

const look = (series: FunctionSeries, lastModified = '2024-01-01T00:00:00.000Z') =>
  rareEvidence({ series, window, lookback, lastModified, minimumInvocations: 50 });
const weekly = Array.from({ length: 60 }, (_, week) => 2 + 7 * week);
const monthly = Array.from({ length: 14 }, (_, month) => 20 + 30 * month);

it('reaches as far back as CloudWatch keeps hours, and no further', () => {
  expect(window.startMs).toBeGreaterThanOrEqual(lookback.endMs - 455 * 86_400_000);
  expect(DAYS).toBe(455);
});

it('judges a weekly job by a dozen of its runs', () => {
  const { metrics, rhythm } = look(runs(weekly))!;
  expect(rhythm).toMatchObject({ everyDays: 7, runs: 12 });
  expect(metrics).toMatchObject({ invocations: 48, meanDurationMs: 2_000, maxDurationMs: 2_000 });
  expect(metrics!.invocationsPerMonth).toBeGreaterThan(15);
  expect(metrics!.invocationsPerMonth).toBeLessThan(20);
});

it('judges a monthly job of which the look-back shows nothing, by a year', () => {
  const { metrics, rhythm } = look(runs(monthly))!;
  expect(rhythm).toMatchObject({ everyDays: 30, runs: 12 });
  expect(metrics).toMatchObject({ invocations: 48, invocationsInLookback: 0, invocationsPerMonth: 4 });
});

it('counts only what was called since the function was last modified', () => {
  const atFirstSlow = runs(weekly, { ms: (ago) => (ago > 20 ? 9_000 : 3_000) });
  const { metrics, rhythm } = look(atFirstSlow, dayBefore(20))!;
  expect(rhythm).toMatchObject({ everyDays: 7, runs: 3 });
  expect(metrics).toMatchObject({ invocations: 12, maxDurationMs: 3_000 });
});

it('has no metrics of a job that has not run since, and knows its rhythm all the same', () => {
  const evidence = look(runs(weekly), dayBefore(1));
  expect(evidence).toMatchObject({ rhythm: { everyDays: 7, runs: 0 } });
  expect(evidence).not.toHaveProperty('metrics');
});

it('counts the calls of the look-back for themselves, as REPORT lines are', () => {
  expect(look(runs(weekly))!.metrics!.invocationsInLookback).toBe(8);
});

it('takes a season of what is called on most days, but too seldom for the look-back', () => {
  const daily = Array.from({ length: 455 }, (_, day) => day);
  expect(look(runs(daily, { calls: 2 }))).toMatchObject({ rhythm: { runs: 0 }, metrics: { invocations: 168 } });
  expect(look(runs(daily, { calls: 400 }))).toBeUndefined();
});
