import { wallClockSeconds } from '../../../../bench/scale/wall-clock.ts';
import type { TaskTime } from '../../../../sandbox/metering/handler-clock.ts';

const HOUR_MS = 3_600_000;
const time = (firstStartMs: number, lastEndMs: number, waitedMs = lastEndMs - firstStartMs): TaskTime => ({
  invocations: 1,
  cpuMs: 0,
  waitedMs,
  mostAtOnce: 1,
  firstStartMs,
  lastEndMs,
});

describe('wallClockSeconds', () => {
  it('leaves out that people sleep and that production proves a change', () => {
    const tasks = new Map([
      ['start-run', time(0, 1_000)],
      ['prepare-approvals', time(50_000, 60_000)],
      ['serve-page', time(6 * HOUR_MS, 6 * HOUR_MS + 100)],
      ['apply-change', time(6 * HOUR_MS + 1_000, 6 * HOUR_MS + 30_000)],
      ['summarize-run', time(12 * HOUR_MS, 12 * HOUR_MS + 5_000)],
    ]);
    expect(wallClockSeconds(tasks)).toBe(60 + 30 + 5);
  });

  it('knows nights in which nobody was asked', () => {
    const tasks = new Map([
      ['start-run', time(0, 1_000)],
      ['prepare-approvals', time(50_000, 60_000)],
    ]);
    expect(wallClockSeconds(tasks)).toBe(60);
  });
});
