import { RunMetric } from '../../../../../../shared/constants.ts';
import {
  METRICS_EVERY_NIGHT,
  metricsSent,
  runMetrics,
} from '../../../../../../shared/domain/night/summary/run-metrics.ts';
import { countNight } from '../../../../../../shared/domain/night/summary/summarize.ts';

const QUIET = {
  counts: countNight({ assessed: [], excluded: [], settled: [], changed: [] }),
  estimatedSavingsUsdPerMonth: 0,
  realizedSavingsUsdPerMonth: 0,
};
const AWAY = { ...QUIET, unavailableSources: [{ source: 'Tags', reason: 'denied', nightsAway: 2 }] };

const sent = (...night: Parameters<typeof runMetrics>) => runMetrics(...night).map(({ name }) => name);

it('a quiet night sends what every night sends, zeros among it', () => {
  expect(sent(QUIET)).toHaveLength(METRICS_EVERY_NIGHT);
  expect(runMetrics(QUIET).map(({ value }) => value)).toEqual(Array(METRICS_EVERY_NIGHT).fill(0));
});

it('a night without a source says for how long', () => {
  expect(runMetrics(AWAY)).toContainEqual({ name: RunMetric.nightsSourceAway, value: 2, unit: 'Count' });
});

it('the night that finds all sources back says so once, so that the alarm ends', () => {
  expect(sent(QUIET, false)).not.toContain(RunMetric.nightsSourceAway);
  expect(runMetrics(QUIET, true)).toContainEqual({ name: RunMetric.nightsSourceAway, value: 0, unit: 'Count' });
});

it('a night that changed something sends a metric more for each thing that it counted', () => {
  const counts = { ...QUIET.counts, proposed: 3, applied: 2, verified: 1 };
  expect(metricsSent(QUIET.counts)).toBe(METRICS_EVERY_NIGHT);
  expect(metricsSent(counts)).toBe(METRICS_EVERY_NIGHT + 3);
  expect(sent({ ...QUIET, counts })).toEqual(
    expect.arrayContaining([RunMetric.proposals, RunMetric.changesApplied, RunMetric.changesVerified]),
  );
});
