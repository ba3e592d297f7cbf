import { comparisonWindows } from '../../../../../../shared/domain/night/verification/comparison-windows.ts';
import {
  changeWindows,
  judgeRareChange,
  type RareWindowMetrics,
  watchDays,
} from '../../../../../../shared/domain/night/verification/rare-change.ts';
import { busyWindow, HALVED } from './halved-memory.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const APPLIED = Date.parse('2026-11-03T18:20:00Z');
const weekly = { everyDays: 7, runs: 8, nextRunOn: '2026-11-08' };
const irregular = { runs: 8 };

const job = (runs: number, changes: Partial<RareWindowMetrics> = {}): RareWindowMetrics => ({
  ...busyWindow({ invocations: runs, meanDurationMs: 60_000, p95DurationMs: 61_000 }),
  runs,
  ...changes,
});
const judge = (after: RareWindowMetrics, before = job(3), rhythm: Parameters<typeof judgeRareChange>[1] = weekly) =>
  judgeRareChange({ ...HALVED, before, after }, rhythm);

describe('a change to a job of one call a week', () => {
  it('is not judged before three runs, and says how many there were', () => {
    const waiting = { verdict: 'inconclusive', reason: '2 of 3 runs since the change; it runs about once a week' };
    expect(judge(job(2))).toEqual(waiting);
    expect(judge(job(2, { meanDurationMs: 600_000 }))).toEqual(waiting);
  });

  it('is judged by three, however few calls they are', () => {
    expect(judge(job(3))).toMatchObject({ verdict: 'better' });
    expect(judge(job(3, { meanDurationMs: 90_000 }))).toMatchObject({ verdict: 'worse' });
  });

  it('is worse at once where every call since fails, and did not before', () => {
    const reason = 'every call since the change failed (1 of 1)';
    expect(judge(job(1, { errors: 1 }))).toEqual({ verdict: 'worse', reason });
    expect(judge(job(1, { errors: 1 }), job(3, { errors: 3 }))).toMatchObject({ verdict: 'inconclusive' });
    expect(judge(job(1, { errors: 1 }), job(0))).toMatchObject({ verdict: 'inconclusive' });
  });

  it('is worse after a single run of many calls of which more fail', () => {
    const many = job(1, { invocations: 2_000, errors: 200 });
    expect(judge(many, job(3, { invocations: 6_000 }))).toMatchObject({ verdict: 'worse' });
  });
});

it('needs as many calls as any other where its runs keep to no interval', () => {
  expect(judge(job(5), job(60), irregular)).toMatchObject({ verdict: 'inconclusive' });
  expect(judge(job(60), job(60), irregular)).toMatchObject({ verdict: 'better' });
});

it('is watched for a run more than it needs, and never for less than any other', () => {
  expect(watchDays(undefined, 7)).toBe(7);
  expect(watchDays(weekly, 7)).toBe(28);
  expect(watchDays({ everyDays: 30.5, runs: 5 }, 7)).toBe(122);
  expect(watchDays(weekly, 60)).toBe(60);
  expect(watchDays(irregular, 7)).toBe(84);
});

describe('what it is compared with', () => {
  it.each([1, 6, 20, 40])(
    'is as long before the change as after it, %d days on, and three intervals at least',
    (days) => {
      const { before, after } = changeWindows(weekly, APPLIED, APPLIED + days * DAY_MS)!;
      expect(after.fromMs).toBeGreaterThanOrEqual(APPLIED);
      expect(before.toMs).toBeLessThanOrEqual(APPLIED);
      expect(before.toMs - before.fromMs).toBe(Math.max(21 * DAY_MS, after.toMs - after.fromMs));
      for (const { fromMs, toMs } of [before, after]) expect([fromMs % HOUR_MS, toMs % HOUR_MS]).toEqual([0, 0]);
    },
  );

  it('is nothing while nothing but the settling time has passed, and the same hours where it works on most days', () => {
    expect(changeWindows(weekly, APPLIED, APPLIED + 10 * 60_000)).toBeUndefined();
    const now = APPLIED + 3 * DAY_MS;
    expect(changeWindows(undefined, APPLIED, now)).toEqual(comparisonWindows(APPLIED, now));
  });
});
