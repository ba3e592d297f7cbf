import { ownMemoryRow } from '../../../../bench/own-memory/own-memory-row.ts';
import { RUNTIME_MEMORY_MB, type TaskProfile } from '../../../../bench/own-memory/task-profile.ts';

const SETTINGS = { memorySizeMb: 512, timeoutSeconds: 900 };

const PROFILE: TaskProfile = {
  baselineMemorySizeMb: 512,
  invocationsPerMonth: 30,
  coldStartShare: 1,
  initCpuMs: 80,
  cold: [{ cpuMs: 0, waitedMs: 59_600 }],
  warm: [],
  peakMemoryMb: { 1000: 95, 10000: 185 },
};

const rowOf = (overrides: Partial<TaskProfile> = {}, overruledBecause?: string) =>
  ownMemoryRow('discover-functions', { ...PROFILE, ...overrides }, SETTINGS, overruledBecause);

it('says how memory grows with the account, and how large an account the deployed size holds', () => {
  const { memoryMbPer1000Functions, fitsFunctions, maxMemoryUsedMb } = rowOf();
  expect(maxMemoryUsedMb).toBe(185 + RUNTIME_MEMORY_MB);
  expect(memoryMbPer1000Functions).toBe(10);
  // By whole thousands: 302 MB more hold 30,000.
  expect(fitsFunctions).toBe(40_000);
});

it('takes scatter for no growth', () => {
  expect(rowOf({ peakMemoryMb: { 1000: 96, 10000: 95 } })).toMatchObject({ fitsFunctions: null });
});

it('bills a month of invocations at either size, INIT among them', () => {
  const { recommendedMemorySizeMb, usdPerMonthNow, usdPerMonthRecommended, coldP95Ms, warmP50Ms } = rowOf();
  expect([coldP95Ms, warmP50Ms]).toEqual([60_000, null]);
  expect(usdPerMonthNow).toBeCloseTo(30 * 60 * 0.5 * 0.0000133334, 4);
  expect(usdPerMonthRecommended).toBeLessThan(usdPerMonthNow);
  expect(recommendedMemorySizeMb).toBeLessThan(512);
});

it('gives the reason why the model is overruled, where it is', () => {
  expect(rowOf({}, 'a reader of ours needs it').reason).toBe('overruled: a reader of ours needs it');
});
