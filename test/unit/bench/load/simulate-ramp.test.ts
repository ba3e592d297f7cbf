import { type RampModel, simulateRamp } from '../../../../bench/load/simulate-ramp.ts';

const WORK = { hitMs: [1], missMs: [20], initMs: [100] };
const MODEL: RampModel = {
  steps: [50, 200],
  secondsPerStep: 20,
  thinkSeconds: 2,
  keysPerUser: 5,
  zipfExponent: 1,
  maxConcurrency: 1_000,
  environmentsPerTenSeconds: 1_000,
  invokeOverheadMs: 10,
  seed: 1,
};

describe('simulateRamp', () => {
  it('gives the same ramp for the same seed, and another for another', () => {
    expect(simulateRamp(WORK, MODEL)).toEqual(simulateRamp(WORK, MODEL));
    expect(simulateRamp(WORK, { ...MODEL, seed: 2 })).not.toEqual(simulateRamp(WORK, MODEL));
  });

  it('asks as often as users and their pauses allow', () => {
    const [first, second] = simulateRamp(WORK, MODEL);
    expect(first!.requestsPerSecond).toBeGreaterThan(22);
    expect(first!.requestsPerSecond).toBeLessThan(28);
    expect(second!.requestsPerSecond / first!.requestsPerSecond).toBeCloseTo(4, 0);
  });

  it('answers no faster than a hit and no slower than a cold miss', () => {
    for (const step of simulateRamp(WORK, MODEL)) {
      expect(step.p50Ms).toBeGreaterThanOrEqual(11);
      expect(step.p99Ms).toBeLessThanOrEqual(130);
    }
  });

  it('throttles what the account has no concurrency for', () => {
    const slow = { hitMs: [1_000], missMs: [1_000], initMs: [0] };
    const [step] = simulateRamp(slow, { ...MODEL, steps: [200], maxConcurrency: 10 });
    expect(step!.environments).toBe(10);
    expect(step!.throttled).toBeGreaterThan(step!.requests / 2);
  });

  it('throttles what the scaling rate does not allow yet', () => {
    const slow = { hitMs: [1_000], missMs: [1_000], initMs: [0] };
    const [step] = simulateRamp(slow, { ...MODEL, steps: [200], secondsPerStep: 10, environmentsPerTenSeconds: 20 });
    expect(step!.environments).toBe(20);
    expect(step!.throttled).toBeGreaterThan(0);
  });

  it('gives each environment a cache of its own, so that more environments hit less', () => {
    const one = simulateRamp(WORK, { ...MODEL, steps: [20] })[0]!;
    const slowWork = { hitMs: [1_500], missMs: [1_500], initMs: [0] };
    const many = simulateRamp(slowWork, { ...MODEL, steps: [20] })[0]!;
    expect(many.environments).toBeGreaterThan(one.environments);
    expect(many.cacheHitRate).toBeLessThan(one.cacheHitRate);
  });
});
