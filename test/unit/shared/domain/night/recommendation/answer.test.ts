import { recommendWith } from '../../../../../../shared/domain/night/recommendation/recommend.ts';
import type {
  Recommendation,
  RecommendationRequest,
} from '../../../../../../shared/domain/night/recommendation/types.ts';
import { priorOf } from './curve-samples.ts';
import { anObservation, aRequest, observedAt } from './requests.ts';

const WAITS = priorOf([1, 0, 0]);
const COMPUTES = priorOf([0, 0, 1]);
const EITHER = priorOf([0.5, 0, 0.5]);
const BOUNDS = { minMb: 768, maxMb: 1_280 };
const SEEN_TWICE = observedAt([2_048, 1_024], 400, 0);

const answerOf = (prior: typeof WAITS, overrides: Partial<RecommendationRequest> = {}): Recommendation =>
  recommendWith(prior, aRequest({ strategy: 'cost', bounds: BOUNDS, observations: SEEN_TWICE, ...overrides }));

/** Recommendations under a prior of three shapes and few sizes: what an answer says, not what the learned prior knows. */
describe('an answer', () => {
  it('that nothing can be said keeps the size, and counts the invocations', () => {
    const few = [3, 4].map((invocations) => anObservation({ invocations }));
    expect(answerOf(WAITS, { observations: few })).toEqual({
      ...{
        id: 'orders#1',
        finding: 'Unavailable',
        findingReasons: ['InsufficientData'],
        recommendedMemorySizeMb: 1_024,
      },
      ...{ candidates: [], risk: 'VeryLow', expectedGain: 0, advice: [] },
      reason: 'keep 1024 MB: 7 invocations are too few to tell how duration follows memory',
    });
  });

  it('to lower memory says why, what is gained, and where the way leads', () => {
    const answer = answerOf(WAITS, { remainingNights: 2, requestsPerMonth: 1_000_000 });
    expect(answer).toMatchObject({
      ...{ id: 'orders#1', finding: 'NotOptimized', findingReasons: ['MemoryOverprovisioned'], risk: 'VeryLow' },
      ...{ recommendedMemorySizeMb: 768, leastOnTheWayMb: 768, predicted: { memorySizeMb: 768 } },
      reason: expect.stringMatching(/^it mostly waits, so less memory hardly slows it/),
    });
    // An eighth of 2,048 MB is saved: of that cost, and so a quarter of the present one.
    expect(answer.expectedGain).toBeCloseTo(0.123, 2);
    expect(answer.expectedEndGain).toBeCloseTo(0.243, 2);
    expect(answer.baselineRelativeDuration).toBeCloseTo(1, 2);
    // 400 ms × 0.25 GB × a million at 0.0000166667 USD.
    expect(answer.estimatedSavingsUsdPerMonth).toBeCloseTo(1.67, 1);
    expect(answer.estimatedSavingsUsdPerYear).toBeCloseTo(12 * answer.estimatedSavingsUsdPerMonth!, 8);
    expect(answer.runnerUp!.memorySizeMb).toBe(832);
    expect(answer.recommendedTimeoutSeconds).toBeUndefined();
  });

  it('says nothing of money where traffic is not known, nor of an end where only tonight counts', () => {
    const balanced = answerOf(WAITS, { strategy: 'balanced', remainingNights: 1 });
    expect(balanced.recommendedMemorySizeMb).toBe(768);
    for (const absent of ['estimatedSavingsUsdPerMonth', 'expectedEndGain', 'leastOnTheWayMb', 'timeoutReason'])
      expect(balanced).not.toHaveProperty(absent);
  });

  it('to keep the size gains nothing, and says why', () => {
    const kept = answerOf(COMPUTES, { observations: observedAt([1_024], 0, 300) });
    expect(kept).toMatchObject({
      ...{ finding: 'Optimized', findingReasons: [], recommendedMemorySizeMb: 1_024 },
      ...{ expectedGain: 0, expectedEndGain: 0, reason: expect.stringMatching(/^keep 1024 MB: no size in reach/) },
    });
    expect(kept).not.toHaveProperty('leastOnTheWayMb');
  });

  it('to raise memory names the lack, and running out of it before all', () => {
    const short = observedAt([1_024], 0, 300).map((each) => ({ ...each, maxMemoryUsedMb: 1_000 }));
    const request = { observations: short, bounds: { minMb: 768, maxMb: 2_048 } };
    const raised = answerOf(COMPUTES, request);
    expect(raised.findingReasons).toEqual(['MemoryUnderprovisioned']);
    // Staying is not allowed at all: there is nothing to compare with.
    expect([raised.expectedGain, raised.expectedEndGain]).toEqual([0, 0]);
    expect(raised.recommendedMemorySizeMb).toBeGreaterThanOrEqual(1_100);
    expect(answerOf(COMPUTES, { ...request, outOfMemoryCount: 1 }).findingReasons).toEqual(['OutOfMemory']);
    expect(answerOf(COMPUTES, { ...request, outOfMemoryCount: 0 }).findingReasons).toEqual(['MemoryUnderprovisioned']);
  });

  it('says how likely a slowdown is that a customer notices', () => {
    const risk = (share: number) =>
      answerOf(priorOf([1 - share, 0, share]), {
        ...{ strategy: 'balanced', balancedWeight: 1, remainingNights: 1, observations: observedAt([1_024], 400, 0) },
        bounds: { minMb: 768, maxMb: 768 },
      }).risk;
    expect([0, 0.01, 0.04, 0.2, 0.6, 1].map(risk)).toEqual(['VeryLow', 'VeryLow', 'Low', 'Medium', 'High', 'High']);
  });

  it('raises the timeout for the slower size it recommends, with the reason', () => {
    const slow = observedAt([1_024], 0, 300).map((each) => ({ ...each, maxDurationMs: 700 }));
    const request = { strategy: 'balanced', timeoutSeconds: 1, observations: slow } as const;
    const answer = answerOf(COMPUTES, { ...request, bounds: { minMb: 768, maxMb: 768 } });
    expect(answer.recommendedTimeoutSeconds).toBe(2);
    expect(answer.timeoutReason).toMatch(/^raise the timeout from 1 s to 2 s/);
    expect(answerOf(COMPUTES, { ...request, bounds: { minMb: 1_024, maxMb: 1_024 } })).not.toHaveProperty(
      'timeoutReason',
    );
  });

  it('tells how much faster the baseline was', () => {
    const observations = observedAt([1_536, 1_024], 0, 300);
    expect(answerOf(COMPUTES, { observations }).baselineRelativeDuration).toBeCloseTo(2 / 3, 2);
  });

  it('carries advice', () => {
    expect(answerOf(WAITS, { memoryLeakSuspected: true }).advice.map(({ kind }) => kind)).toContain('memory-leak');
  });
});

describe("the brief's rules", () => {
  it('choose a size by themselves, of which the model says what to expect', () => {
    const brief = answerOf(EITHER, { strategy: 'brief-rules', bounds: {}, currentMemorySizeMb: 1_024 });
    expect(brief.recommendedMemorySizeMb).toBe(768);
    const odd = answerOf(WAITS, { strategy: 'brief-rules', bounds: {}, currentMemorySizeMb: 1_001 });
    expect(odd).toMatchObject({ recommendedMemorySizeMb: 751, predicted: { memorySizeMb: 751 } });
  });

  it('do not hold where traffic is two kinds of call, as every other strategy does', () => {
    const twoKinds = observedAt([1_024], 3, 0).map((each) => ({ ...each, p95DurationMs: 5, p99DurationMs: 4_000 }));
    const at = (strategy: 'brief-rules' | 'balanced', bounds = {}) =>
      answerOf(WAITS, { strategy, bounds, observations: twoKinds });
    expect(at('brief-rules').recommendedMemorySizeMb).toBe(768);
    expect(at('balanced')).toMatchObject({
      ...{ finding: 'Optimized', recommendedMemorySizeMb: 1_024, reason: expect.stringContaining('two kinds of call') },
    });
    // Where it may not stay, there is no holding.
    expect(at('balanced', { maxMb: 900 }).recommendedMemorySizeMb).toBeLessThanOrEqual(900);
  });
});
