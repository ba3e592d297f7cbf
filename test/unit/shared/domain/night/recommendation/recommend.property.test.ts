import fc from 'fast-check';
import { recommend } from '../../../../../../shared/domain/night/recommendation/recommend.ts';
import type { Observation, RecommendationRequest } from '../../../../../../shared/domain/night/recommendation/types.ts';

const memorySize = fc.integer({ min: 128, max: 10_240 });

const observation = fc.record({
  memorySizeMb: memorySize,
  invocations: fc.integer({ min: 20, max: 1_000_000 }),
  meanDurationMs: fc.double({ min: 50, max: 30_000, noNaN: true }),
  maxMemoryUsedMb: fc.integer({ min: 20, max: 120 }),
});

const request: fc.Arbitrary<RecommendationRequest> = fc
  .record({
    architecture: fc.constantFrom('arm64' as const, 'x86_64' as const),
    strategy: fc.constantFrom('cost' as const, 'balanced' as const, 'speed' as const, 'brief-rules' as const),
    balancedWeight: fc.double({ min: 0, max: 1, noNaN: true }),
    maxSlowdown: fc.double({ min: 0, max: 0.5, noNaN: true }),
    observations: fc.array(observation, { minLength: 1, maxLength: 6 }),
  })
  .map((fields) => ({
    id: 'any',
    functionName: 'any',
    timeoutSeconds: 900,
    currentMemorySizeMb: fields.observations.at(-1)!.memorySizeMb,
    ...fields,
  }));

const RUNS = { numRuns: 60, seed: 20_260_919, endOnFailure: true };

describe('recommend, whatever production shows', () => {
  test('never goes below what is used plus headroom, nor more than one notch down', () => {
    fc.assert(
      fc.property(request, (each) => {
        const size = recommend(each).recommendedMemorySizeMb;
        const used = Math.max(...each.observations.map((row) => row.maxMemoryUsedMb!));
        expect(size).toBeGreaterThanOrEqual(used * 1.1 - 1e-9);
        expect(size).toBeGreaterThanOrEqual(each.currentMemorySizeMb / 2);
        expect(size).toBeLessThanOrEqual(10_240);
        expect(Number.isInteger(size)).toBe(true);
      }),
      RUNS,
    );
  });

  test('never lowers memory without memory evidence', () => {
    fc.assert(
      fc.property(request, (each) => {
        const observations = each.observations.map(({ maxMemoryUsedMb: _, ...rest }): Observation => rest);
        const size = recommend({ ...each, observations }).recommendedMemorySizeMb;
        expect(size).toBeGreaterThanOrEqual(each.currentMemorySizeMb);
      }),
      RUNS,
    );
  });

  test('is the same for the same request, and does not change it', () => {
    fc.assert(
      fc.property(request, (each) => {
        const before = structuredClone(each);
        expect(recommend(each)).toEqual(recommend(before));
        expect(each).toEqual(before);
      }),
      RUNS,
    );
  });

  test('does not depend on the unit of time: durations and price scale together', () => {
    fc.assert(
      fc.property(request, fc.constantFrom(4, 16, 64), (each, factor) => {
        // The price a GB-second falls as durations grow, so that cost and its share of the request fee stay the same.
        const prices = (scale: number) => ({ usdPerGbSecond: 0.0000166667 / scale, usdPerRequest: 0 });
        // Whole, long durations: billing rounds up to a millisecond, which is no scale-free act.
        const at = (scale: number): RecommendationRequest => ({
          ...each,
          prices: prices(scale),
          observations: each.observations.map((row) => ({
            ...row,
            meanDurationMs: (1e6 + Math.round(row.meanDurationMs * 1e3)) * scale,
          })),
        });
        const small = recommend(at(1));
        const large = recommend(at(factor));
        expect(large.recommendedMemorySizeMb).toBe(small.recommendedMemorySizeMb);
        expect(large.predicted!.meanDurationMs / small.predicted!.meanDurationMs / factor).toBeCloseTo(1, 2);
      }),
      RUNS,
    );
  });

  test('never settles on a size that is likelier beyond the guard than within', () => {
    let lowered = 0;
    fc.assert(
      fc.property(request, (each) => {
        const answer = recommend({
          ...each,
          strategy: 'cost',
          remainingNights: 1,
          baselineMemorySizeMb: each.currentMemorySizeMb,
        });
        if (answer.recommendedMemorySizeMb < each.currentMemorySizeMb) lowered++;
        expect(answer.predicted!.guardProbability).toBeGreaterThan(0.5);
      }),
      RUNS,
    );
    expect(lowered).toBeGreaterThan(0);
  });

  test('settles intervals as evidence of one and the same size gathers', () => {
    fc.assert(
      fc.property(observation, (row) => {
        const width = (nights: number): number => {
          const observations = Array.from({ length: nights }, () => ({ ...row, invocations: 50 }));
          const { predicted } = recommend({
            id: 'any',
            functionName: 'any',
            architecture: 'arm64',
            timeoutSeconds: 900,
            strategy: 'balanced',
            currentMemorySizeMb: row.memorySizeMb,
            bounds: { minMb: row.memorySizeMb, maxMb: row.memorySizeMb },
            observations,
          });
          return Math.log(predicted!.meanDurationUpperMs / predicted!.meanDurationLowerMs);
        };
        expect(width(5)).toBeLessThanOrEqual(width(1) + 1e-9);
      }),
      RUNS,
    );
  });
});
