import fc from 'fast-check';
import {
  type CurveEvidence,
  fitEvidence,
  logLikelihood,
  predictionWeights,
} from '../../../../../../shared/domain/night/recommendation/misfit.ts';
import { strayingCovariance } from '../../../../../../shared/domain/night/recommendation/straying.ts';

const misfit = { deviation: 0.1, lengthOctaves: 2 };
const evidence = (overrides: Partial<CurveEvidence> = {}): CurveEvidence => ({
  ...{ memorySizeMb: 1_024, logDuration: 6, noiseVariance: 0.001, deployment: 'a', ageDays: 0, ...overrides },
});
const any = fc.record({
  memorySizeMb: fc.integer({ min: 128, max: 10_240 }),
  logDuration: fc.double({ min: 1, max: 9, noNaN: true }),
  noiseVariance: fc.double({ min: 1e-4, max: 0.1, noNaN: true }),
  deployment: fc.constantFrom('a', 'b'),
  ageDays: fc.integer({ min: 0, max: 500 }),
});
const RUNS = { numRuns: 30, seed: 16 };

/** The covariance as its parts are described: straying, the level of a deployment (30 %), and drift (5 % a week, a year at most). */
function covariance(a: Omit<CurveEvidence, 'noiseVariance' | 'logDuration'>, b: typeof a): number {
  const straying = strayingCovariance(misfit, Math.abs(Math.log2(a.memorySizeMb / b.memorySizeMb)));
  const level = a.deployment === b.deployment ? 0.09 : 0;
  return straying + level + (0.0025 / 7) * Math.max(0, 365 - Math.max(a.ageDays, b.ageDays));
}

describe('the likelihood of what was observed', () => {
  it('of two observations is that of their difference, whatever the level', () => {
    fc.assert(
      fc.property(any, any, fc.double({ min: -1, max: 1, noNaN: true }), (a, b, difference) => {
        const variance = covariance(a, a) + a.noiseVariance + covariance(b, b) + b.noiseVariance - 2 * covariance(a, b);
        const exact = -0.5 * (Math.log(variance) + difference ** 2 / variance);
        const residuals = Float64Array.from([99, 3 + difference, 3]);
        expect(logLikelihood(fitEvidence(misfit, [a, b]), residuals, 1)).toBeCloseTo(exact, 6);
      }),
      RUNS,
    );
  });

  it('of a single one is the same for every shape: it says nothing but the level', () => {
    const fit = fitEvidence(misfit, [evidence()]);
    const [low, high] = [logLikelihood(fit, Float64Array.of(1), 0), logLikelihood(fit, Float64Array.of(7), 0)];
    expect(low).toBeCloseTo(high, 8);
  });

  it('is less the more three observations disagree', () => {
    const fit = fitEvidence(
      misfit,
      [512, 1_024, 2_048].map((memorySizeMb) => evidence({ memorySizeMb })),
    );
    const at = (...residuals: number[]) => logLikelihood(fit, Float64Array.from(residuals), 0);
    expect(at(1, 1, 1)).toBeGreaterThan(at(1, 1, 1.2));
    expect(at(1, 1, 1.2)).toBeGreaterThan(at(1, 1.2, 1));
  });
});

describe('a prediction', () => {
  it('weighs the observations so that no other weights with the sum of 1 would be nearer', () => {
    fc.assert(
      fc.property(fc.array(any, { minLength: 2, maxLength: 4 }), fc.integer({ min: 128, max: 10_240 }), (all, size) => {
        const here = { memorySizeMb: size, deployment: all.at(-1)!.deployment, ageDays: 0 };
        const error = (weights: readonly number[]): number =>
          covariance(here, here) -
          2 * weights.reduce((sum, each, i) => sum + each * covariance(here, all[i]!), 0) +
          weights.reduce((sum, a, i) => {
            const row = weights.reduce((rest, b, j) => rest + b * covariance(all[i]!, all[j]!), 0);
            return sum + a * (row + a * all[i]!.noiseVariance);
          }, 0);
        const { weights, variance } = predictionWeights(fitEvidence(misfit, all), size);
        expect(weights.reduce((sum, each) => sum + each, 0)).toBeCloseTo(1, 8);
        expect(variance).toBeCloseTo(Math.max(0, error(weights)), 8);
        const moved = (by: number) => weights.map((each, i) => each + (i === 0 ? by : i === 1 ? -by : 0));
        expect(error(moved(0.01))).toBeGreaterThanOrEqual(error(weights) - 1e-10);
        expect(error(moved(-0.01))).toBeGreaterThanOrEqual(error(weights) - 1e-10);
      }),
      RUNS,
    );
  });
});
