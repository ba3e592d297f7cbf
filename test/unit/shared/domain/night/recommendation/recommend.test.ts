import { recommend } from '../../../../../../shared/domain/night/recommendation/recommend.ts';
import { anObservation, aRequest, observedAt } from './requests.ts';

describe('recommend', () => {
  test('says Unavailable and keeps the size without observations', () => {
    const answer = recommend(aRequest({ observations: [] }));

    expect(answer).toMatchObject({
      finding: 'Unavailable',
      findingReasons: ['InsufficientData'],
      recommendedMemorySizeMb: 1024,
    });
  });

  test('takes too few invocations for no evidence', () => {
    const answer = recommend(aRequest({ observations: [anObservation({ invocations: 40 })], minimumInvocations: 50 }));

    expect(answer.finding).toBe('Unavailable');
    expect(answer.reason).toContain('40 invocations');
  });

  test('raises a function that is starved of CPU', () => {
    const observations = observedAt([128, 256], 10, 300);
    const answer = recommend(aRequest({ currentMemorySizeMb: 256, observations }));

    expect(answer.finding).toBe('NotOptimized');
    expect(answer.findingReasons).toEqual(['MemoryUnderprovisioned']);
    expect(answer.recommendedMemorySizeMb).toBeGreaterThanOrEqual(640);
  });

  test('lowers a function that only waits, one notch at most', () => {
    const observations = observedAt([3008, 1504], 400, 0);
    const answer = recommend(aRequest({ strategy: 'balanced', currentMemorySizeMb: 1504, observations }));

    expect(answer.findingReasons).toEqual(['MemoryOverprovisioned']);
    expect(answer.recommendedMemorySizeMb).toBeLessThan(1504);
    expect(answer.recommendedMemorySizeMb).toBeGreaterThanOrEqual(752);
  });

  test.each([256, 1024, 3008, 10_240])(
    'tries a fifth less at most of %d MB under a tight guard while it has seen one size',
    (size) => {
      const observations = observedAt([size], 400, 0);
      const step = (maxSlowdown: number): number =>
        recommend(aRequest({ strategy: 'cost', maxSlowdown, currentMemorySizeMb: size, observations }))
          .recommendedMemorySizeMb;

      expect(step(0.05)).toBeGreaterThanOrEqual(Math.floor(size / 1.25));
      expect(step(0)).toBeGreaterThanOrEqual(Math.floor(size / 1.25));
    },
  );

  test('returns to the known size when an experiment disappoints', () => {
    const observations = observedAt([1769, 896], 0, 300);
    const answer = recommend(
      aRequest({
        strategy: 'cost',
        maxSlowdown: 0.1,
        currentMemorySizeMb: 896,
        baselineMemorySizeMb: 1769,
        observations,
      }),
    );

    expect(answer.recommendedMemorySizeMb).toBeGreaterThan(896);
    expect(answer.predicted?.meetsGuard).toBe(true);
  });

  test('stops when nothing in reach is better by more than the noise', () => {
    const observations = observedAt([128, 256, 512, 1024, 1769, 2304], 0, 300);
    const again = recommend(
      aRequest({ strategy: 'speed', currentMemorySizeMb: 1769, observations, remainingNights: 1 }),
    );

    expect(again.finding).toBe('Optimized');
    expect(again.recommendedMemorySizeMb).toBe(1769);
    expect(again.reason).toContain('keep 1769 MB');
  });

  test('never lowers memory when no observation says how much is used', () => {
    const observations = observedAt([3008, 2048], 400, 0).map(({ maxMemoryUsedMb: _, ...rest }) => rest);
    const answer = recommend(aRequest({ currentMemorySizeMb: 2048, observations }));

    expect(answer.recommendedMemorySizeMb).toBeGreaterThanOrEqual(2048);
  });

  test('raises a function that ran out of memory', () => {
    const answer = recommend(
      aRequest({ strategy: 'cost', outOfMemoryCount: 3, observations: observedAt([1024], 400, 0) }),
    );

    expect(answer.findingReasons).toEqual(['OutOfMemory']);
    expect(answer.recommendedMemorySizeMb).toBeGreaterThanOrEqual(1280);
  });

  test('does not lower a function that seems to leak', () => {
    const answer = recommend(aRequest({ memoryLeakSuspected: true, observations: observedAt([1024], 400, 0) }));

    expect(answer.recommendedMemorySizeMb).toBeGreaterThanOrEqual(1024);
    expect(answer.advice.map((each) => each.kind)).toContain('memory-leak');
  });

  test('keeps to the memory a runtime claims for itself', () => {
    const answer = recommend(
      aRequest({ runtimeMemoryFloorMb: 900, strategy: 'cost', observations: observedAt([1024], 400, 0) }),
    );

    expect(answer.recommendedMemorySizeMb).toBeGreaterThanOrEqual(900);
  });

  test('keeps within the bounds of the policy', () => {
    const answer = recommend(
      aRequest({
        currentMemorySizeMb: 256,
        bounds: { minMb: 256, maxMb: 512 },
        observations: observedAt([256], 0, 300),
      }),
    );

    expect(answer.recommendedMemorySizeMb).toBeLessThanOrEqual(512);
  });

  test('steps towards bounds it cannot reach in one notch', () => {
    const answer = recommend(
      aRequest({ currentMemorySizeMb: 4096, bounds: { maxMb: 1024 }, observations: observedAt([4096], 400, 0) }),
    );

    expect(answer.recommendedMemorySizeMb).toBe(2048);
  });

  test('follows the brief’s rules when asked: a quarter less when memory is under-used', () => {
    const answer = recommend(aRequest({ strategy: 'brief-rules' }));

    expect(answer.recommendedMemorySizeMb).toBe(768);
  });

  test('gives the brief’s rules exactly, whether people recognise the size or not', () => {
    const observations = observedAt([3008], 100, 100);
    const answer = recommend(aRequest({ strategy: 'brief-rules', currentMemorySizeMb: 3008, observations }));

    expect(answer.recommendedMemorySizeMb).toBe(2256);
  });

  test('does not lower memory when the slowest invocations would near the timeout', () => {
    const observations = observedAt([3008, 1504], 400, 0).map((each) => ({ ...each, maxDurationMs: 3_000 }));
    const sizeWith = (timeoutSeconds: number): number =>
      recommend(aRequest({ currentMemorySizeMb: 1504, observations, timeoutSeconds })).recommendedMemorySizeMb;

    expect(sizeWith(60)).toBeLessThan(1504);
    expect(sizeWith(3.5)).toBeGreaterThanOrEqual(1504);
  });

  test('states savings a month and a year from the traffic', () => {
    const observations = observedAt([3008, 1504], 400, 0);
    const answer = recommend(aRequest({ currentMemorySizeMb: 1504, observations, requestsPerMonth: 10_000_000 }));

    expect(answer.estimatedSavingsUsdPerMonth).toBeGreaterThan(1);
    expect(answer.estimatedSavingsUsdPerYear).toBeCloseTo(12 * answer.estimatedSavingsUsdPerMonth!, 6);
  });

  test('describes every candidate with bounds around its estimate', () => {
    const { candidates } = recommend(aRequest());

    expect(candidates.length).toBeGreaterThan(5);
    for (const each of candidates) {
      expect(each.meanDurationLowerMs).toBeLessThanOrEqual(each.meanDurationMs);
      expect(each.meanDurationUpperMs).toBeGreaterThanOrEqual(each.meanDurationMs);
      expect(each.p95DurationUpperMs).toBeGreaterThanOrEqual(each.p95DurationMs);
    }
  });

  test('takes CPU time for evidence of how much of the duration is computing', () => {
    const at = (cpuTimeMs: number): number => {
      const observations = [anObservation({ memorySizeMb: 512, meanDurationMs: 1_000, cpuTimeMs })];
      const answer = recommend(
        aRequest({ currentMemorySizeMb: 512, observations, bounds: { minMb: 256, maxMb: 2048 } }),
      );
      return answer.candidates.find((each) => each.memorySizeMb === 1024)!.meanDurationMs;
    };

    expect(at(285)).toBeLessThan(600);
    expect(at(10)).toBeGreaterThan(850);
  });

  test('takes Compute Optimizer’s projections for a weak observation', () => {
    const plain = recommend(aRequest());
    const projected = recommend(aRequest({ computeOptimizer: [{ memorySizeMb: 512, expectedDurationMs: 400 }] }));
    const at512 = (answer: typeof plain): number =>
      answer.candidates.find((each) => each.memorySizeMb === 512)!.meanDurationMs;

    expect(at512(projected)).toBeLessThan(at512(plain));
    expect(at512(projected)).toBeGreaterThan(390);
  });

  test('keeps the shape but not the level of the curve across a deployment', () => {
    const [before, after] = observedAt([512, 1024], 0, 300) as [
      ReturnType<typeof anObservation>,
      ReturnType<typeof anObservation>,
    ];
    const slower = { ...after, meanDurationMs: after.meanDurationMs * 2.2, codeSha256: 'b' };
    const same = recommend(aRequest({ observations: [{ ...before, codeSha256: 'b' }, slower] }));
    const deployed = recommend(aRequest({ observations: [{ ...before, codeSha256: 'a' }, slower] }));
    const growth = (answer: typeof same): number => {
      const at = (size: number): number => answer.candidates.find((each) => each.memorySizeMb === size)!.meanDurationMs;
      return at(512) / at(1024);
    };

    expect(growth(deployed)).toBeGreaterThan(growth(same) * 1.1);
  });

  test('goes back up from a size that production showed beyond the guard', () => {
    const slow = anObservation({ memorySizeMb: 512, meanDurationMs: 500 });
    const answer = recommend(
      aRequest({
        strategy: 'cost',
        currentMemorySizeMb: 512,
        baselineMemorySizeMb: 1024,
        observations: [anObservation(), slow],
      }),
    );

    expect(answer.recommendedMemorySizeMb).toBeGreaterThan(512);
    expect(answer.candidates.find((each) => each.memorySizeMb === 512)?.meetsGuard).toBe(false);
    expect(answer.baselineRelativeDuration).toBeCloseTo(400 / 500, 1);
  });

  test('finds out about a function it knows nothing of by a step that cannot slow it beyond the guard', () => {
    const { recommendedMemorySizeMb, reason, expectedGain } = recommend(
      aRequest({ strategy: 'cost', maxSlowdown: 0.1, currentMemorySizeMb: 1024 }),
    );

    expect(recommendedMemorySizeMb).not.toBe(1024);
    expect(1024 / recommendedMemorySizeMb).toBeLessThanOrEqual(1.12);
    expect(expectedGain).toBeGreaterThan(0.02);
    expect(reason).toMatch(/what tonight shows decides the next step/);
  });

  test('goes down by more once a small step has shown that the size hardly matters', () => {
    const flat = observedAt([1024, 931], 400, 0);
    const answer = recommend(aRequest({ strategy: 'cost', currentMemorySizeMb: 931, observations: flat }));

    expect(931 / answer.recommendedMemorySizeMb).toBeGreaterThanOrEqual(1.3);
  });

  test('answers with numbers however many sizes a function ever ran at', () => {
    const observations = Array.from({ length: 150 }, (_, index) => anObservation({ memorySizeMb: 1024 + index }));
    const answer = recommend(aRequest({ currentMemorySizeMb: 1173, observations }));

    expect(answer.candidates.length).toBeGreaterThan(3);
    for (const { meanDurationMs, costUsdPerMillion } of answer.candidates) {
      expect(Number.isFinite(meanDurationMs * costUsdPerMillion)).toBe(true);
    }
  });

  test('buys no insight by a larger size where nothing says how much memory is used: it could not come back', () => {
    const observations = [anObservation({ memorySizeMb: 512, maxMemoryUsedMb: undefined })];
    const { predicted, recommendedMemorySizeMb } = recommend(
      aRequest({ strategy: 'cost', currentMemorySizeMb: 512, observations }),
    );

    expect(recommendedMemorySizeMb).toBeGreaterThanOrEqual(512);
    expect(predicted!.relativeCost).toBeLessThanOrEqual(1.005);
  });
});
