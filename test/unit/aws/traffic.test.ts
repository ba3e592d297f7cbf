import { DEFAULT_POLICY } from '../../../shared/contracts/default-policy.ts';
import { aggregateMetrics } from '../../../shared/domain/night/evidence/aggregate-metrics.ts';
import { emptySeries, periodIndex } from '../../../shared/domain/night/evidence/metric-series.ts';
import { evidenceWindow } from '../../../shared/domain/night/evidence/window.ts';
import { evidentAtMs } from '../../aws/traffic.ts';

const MINUTE_MS = 60_000;

it.each([0, 1, 29, 59])('calls new functions until a night knows more than enough of them, begun at :%i', (minute) => {
  const madeMs = Date.parse('2026-11-28T10:00:00Z') + minute * MINUTE_MS;
  const startedAt = new Date(evidentAtMs(madeMs)).toISOString();
  const window = evidenceWindow({ startedAt, policy: { ...DEFAULT_POLICY, lookbackDays: 1 } });
  const series = emptySeries(window);
  for (let atMs = madeMs; atMs < window.endMs; atMs += MINUTE_MS) {
    const period = Math.floor(periodIndex(window, atMs));
    series.invocations[period] = (series.invocations[period] || 0) + 20;
    series.meanDurationMs[period] = 200;
  }
  const found = aggregateMetrics(series, window, new Date(madeMs).toISOString());
  expect(found?.invocations).toBeGreaterThanOrEqual(20 * 60);
});
