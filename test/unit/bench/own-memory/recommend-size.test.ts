import { durationsByStart, observationAt } from '../../../../bench/own-memory/observation-at.ts';
import { recommendSize } from '../../../../bench/own-memory/recommend-size.ts';
import { RUNTIME_MEMORY_MB, type TaskProfile } from '../../../../bench/own-memory/task-profile.ts';

const TIMEOUT_SECONDS = 900;

const aProfile = (overrides: Partial<TaskProfile> = {}): TaskProfile => ({
  baselineMemorySizeMb: 512,
  invocationsPerMonth: 30,
  coldStartShare: 1,
  initCpuMs: 80,
  cold: [{ cpuMs: 200, waitedMs: 60_000 }],
  warm: [],
  peakMemoryMb: { 1000: 80, 10000: 95 },
  ...overrides,
});

describe('observationAt', () => {
  it('adds what the runtime takes to the most memory of any account', () => {
    expect(observationAt(aProfile(), 512).maxMemoryUsedMb).toBe(95 + RUNTIME_MEMORY_MB);
  });

  it('bills INIT with every cold start, at least as a night’s bill takes it, and longer where there is little CPU', () => {
    const profile = aProfile({ cold: [{ cpuMs: 0, waitedMs: 1_000 }] });
    expect(durationsByStart(profile, 1_769).cold).toEqual([1_400]);
    expect(durationsByStart(profile, 1_769 / 10).cold[0]).toBeCloseTo(1_800);
  });

  it('counts cold starts by their share', () => {
    const profile = aProfile({
      cold: [{ cpuMs: 0, waitedMs: 600 }],
      warm: [{ cpuMs: 0, waitedMs: 100 }],
      coldStartShare: 0.1,
    });
    const { meanDurationMs, p50DurationMs, p95DurationMs } = observationAt(profile, 1_769);
    expect(meanDurationMs).toBeCloseTo(0.1 * 1_000 + 0.9 * 100);
    expect([p50DurationMs, p95DurationMs]).toEqual([100, 1_000]);
  });
});

describe('recommendSize', () => {
  const sizeOf = (profile: TaskProfile, task = 'discover-functions') =>
    recommendSize(task, profile, TIMEOUT_SECONDS).memorySizeMb;

  it('takes memory from what waits, down to what it uses and a quarter more', () => {
    expect(sizeOf(aProfile())).toBe(160);
  });

  it('gives more where the memory used leaves too little room, whatever it costs', () => {
    expect(sizeOf(aProfile({ peakMemoryMb: { 10000: 440 } }))).toBeGreaterThanOrEqual(1.25 * (440 + RUNTIME_MEMORY_MB));
  });

  it('leaves what computes within the guard of the size it began with, however often it is asked', () => {
    const computing = aProfile({ cold: [{ cpuMs: 5_000, waitedMs: 100 }] });
    const { memorySizeMb } = recommendSize('summarize-run', computing, TIMEOUT_SECONDS);
    const slowdown =
      observationAt(computing, memorySizeMb).meanDurationMs / observationAt(computing, 512).meanDurationMs;
    expect(slowdown).toBeLessThanOrEqual(1.12);
  });

  it('spends on a page that a person waits for what it would not spend on the same work of the night', () => {
    const page = aProfile({
      coldStartShare: 0.2,
      cold: [{ cpuMs: 160, waitedMs: 20 }],
      warm: [{ cpuMs: 100, waitedMs: 20 }],
    });
    expect(sizeOf(page, 'serve-page')).toBeGreaterThan(sizeOf(page));
  });
});
