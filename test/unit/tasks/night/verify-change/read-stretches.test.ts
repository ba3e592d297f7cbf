import {
  emptySeries,
  JUDGING_STATISTICS,
  type Statistic,
} from '../../../../../shared/domain/night/evidence/metric-series.ts';
import type { EvidenceWindow } from '../../../../../shared/domain/night/evidence/window.ts';
import { comparisonWindows } from '../../../../../shared/domain/night/verification/comparison-windows.ts';
import { windowMetrics } from '../../../../../shared/domain/night/verification/window-metrics.ts';
import { readStretches } from '../../../../../tasks/night/verify-change/read-stretches.ts';

const HOUR_MS = 3_600_000;
const appliedAtMs = Date.parse('2026-11-24T09:07:00.000Z');
type Asked = { subjects: readonly unknown[]; window: EvidenceWindow; statistics: readonly Statistic[] | undefined };

/** Each period has as many calls as minutes have passed since the change began to be thought of. */
function reader(gives = true) {
  const asked: Asked[] = [];
  return {
    asked,
    readSeries: async (subjects: readonly unknown[], window: EvidenceWindow, statistics?: readonly Statistic[]) => {
      asked.push({ subjects, window, statistics });
      return subjects.map((_, index) => {
        const series = emptySeries(window);
        for (const at of series.invocations.keys())
          series.invocations[at] = (index + 1) * (window.startMs / 60_000 + (at * window.periodSeconds) / 60);
        return gives ? series : undefined;
      });
    },
  };
}
const callsIn = (
  { fromMs, toMs, periodSeconds }: { fromMs: number; toMs: number; periodSeconds: number },
  times = 1,
) => {
  let calls = 0;
  for (let ms = fromMs; ms < toMs; ms += periodSeconds * 1_000) calls += times * (ms / 60_000);
  return calls;
};

describe('readStretches', () => {
  it.each([
    ['five minutes', 6],
    ['hours', 50],
  ])('reads the same traffic before and after a change at once, in periods of %s', async (_, hours) => {
    const metrics = reader();
    const windows = comparisonWindows(appliedAtMs, appliedAtMs + hours * HOUR_MS)!;
    const { before, after } = await readStretches({ subject: 'orders', windows }, metrics);
    expect(metrics.asked).toEqual([
      {
        subjects: ['orders'],
        window: {
          startMs: windows.before.fromMs,
          endMs: windows.after.toMs,
          periodSeconds: windows.after.periodSeconds,
        },
        statistics: JUDGING_STATISTICS,
      },
    ]);
    expect(windowMetrics(before.series!).invocations).toBe(callsIn(windows.before));
    expect(windowMetrics(after.series!).invocations).toBe(callsIn(windows.after));
    expect(before.window).toMatchObject({ startMs: windows.before.fromMs, endMs: windows.before.toMs });
  });

  it('has nothing before where the same hours lie wholly after the change', async () => {
    const windows = comparisonWindows(appliedAtMs, appliedAtMs + 8 * 24 * HOUR_MS)!;
    const nothing = { ...windows.before, toMs: windows.before.fromMs };
    const { before } = await readStretches({ subject: 'orders', windows: { ...windows, before: nothing } }, reader());
    expect(windowMetrics(before.series!).invocations).toBe(0);
  });

  it('reads two versions over the same hours in one call', async () => {
    const metrics = reader();
    const version = (executedVersion: string) => ({ functionName: 'orders', aliasName: 'live', executedVersion });
    const subjects = { before: version('1'), after: version('2') };
    const window = comparisonWindows(appliedAtMs, appliedAtMs + 6 * HOUR_MS)!.after;
    const { before, after } = await readStretches({ subjects, window }, metrics);
    expect(metrics.asked.map((call) => call.subjects)).toEqual([[subjects.before, subjects.after]]);
    expect(windowMetrics(before.series!).invocations).toBe(callsIn(window));
    expect(windowMetrics(after.series!).invocations).toBe(callsIn(window, 2));
  });

  it('knows nothing of either stretch where CloudWatch gave a part', async () => {
    const windows = comparisonWindows(appliedAtMs, appliedAtMs + 6 * HOUR_MS)!;
    const { before, after } = await readStretches({ subject: 'orders', windows }, reader(false));
    expect([before.series, after.series]).toEqual([undefined, undefined]);
  });
});
