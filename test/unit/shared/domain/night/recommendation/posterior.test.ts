import type { CurveEvidence } from '../../../../../../shared/domain/night/recommendation/misfit.ts';
import { fitEvidence, predictionWeights } from '../../../../../../shared/domain/night/recommendation/misfit.ts';
import {
  type CurveSamples,
  inferCurves,
  SAMPLE_COUNT,
  slowdownProbability,
} from '../../../../../../shared/domain/night/recommendation/posterior.ts';
import { priorOf, samplesOf } from './curve-samples.ts';

const at = (memorySizeMb: number, durationMs: number): CurveEvidence => ({
  ...{ memorySizeMb, logDuration: Math.log(durationMs), noiseVariance: 1e-4, deployment: '', ageDays: 0 },
});
const SIZES = [512, 1_024];
const msAt = (samples: CurveSamples, row: number, column: number): number =>
  Math.exp(samples.logDurations[row * samples.sizes.length + column]!);
/** Rows that expect half the memory to take twice as long, in between, or just as long. */
const countOf = (samples: CurveSamples): number[] => {
  const counts = [0, 0, 0];
  samples.weights.forEach((_, row) => {
    const slowdown = msAt(samples, row, 0) / msAt(samples, row, 1);
    counts[slowdown < 1.05 ? 0 : slowdown < 1.9 ? 1 : 2]! += 1;
  });
  return counts;
};

describe('inferCurves', () => {
  it('draws shapes as often as the prior says where one size tells nothing of them', () => {
    const samples = inferCurves(priorOf([0.25, 0.25, 0.5]), [at(1_024, 400)], SIZES, { sampleCount: 16 });
    expect(countOf(samples)).toEqual([4, 4, 8]);
    expect([...samples.weights]).toEqual(new Array(16).fill(1 / 16));
    for (let row = 0; row < 16; row++) expect(msAt(samples, row, 1)).toBeCloseTo(400, 6);
  });

  it('draws classes of straying as often as the prior says, each with what it leaves open', () => {
    const misfits = [0.01, 0.3].map((deviation) => ({ deviation, lengthOctaves: 2 }));
    const prior = { ...priorOf([1, 0, 0]), misfits, misfitWeights: [0.75, 0.25] };
    const evidence = [at(1_024, 400)];
    const { variances } = inferCurves(prior, evidence, SIZES, { sampleCount: 16 });
    const left = misfits.map((misfit) => predictionWeights(fitEvidence(misfit, evidence), 512).variance);
    const at512 = Array.from({ length: 16 }, (_, row) => variances[2 * row]!);
    expect(at512.filter((each) => Math.abs(each - left[0]!) < 1e-12)).toHaveLength(12);
    expect(at512.filter((each) => Math.abs(each - left[1]!) < 1e-12)).toHaveLength(4);
  });

  it('believes the shape that two sizes show', () => {
    const computes = inferCurves(priorOf([0.4, 0.4, 0.2]), [at(2_048, 100), at(1_024, 173)], SIZES);
    expect(countOf(computes)).toEqual([0, 0, SAMPLE_COUNT]);
    const waits = inferCurves(priorOf([0.2, 0.4, 0.4]), [at(2_048, 100), at(1_024, 100)], SIZES);
    expect(countOf(waits)).toEqual([SAMPLE_COUNT, 0, 0]);
  });

  it('adds what other evidence says of a shape', () => {
    const shapeEvidence = (shape: number): number => (shape === 1 ? 0 : -50);
    const samples = inferCurves(priorOf([0.4, 0.2, 0.4]), [at(1_024, 400)], SIZES, { shapeEvidence, sampleCount: 8 });
    expect(countOf(samples)).toEqual([0, 8, 0]);
  });

  it('draws ways around what is expected: in mirrored pairs, as far as is left open, hardly any at a size that was seen', () => {
    const evidence = [at(1_024, 400)];
    const { drawn, logDurations, variances } = inferCurves(priorOf([1, 0, 0], 0.2), evidence, [256, 1_024]);
    const strayed = (row: number, column: number) => drawn[2 * row + column]! - logDurations[2 * row + column]!;
    const rows = Array.from({ length: SAMPLE_COUNT }, (_, row) => row);
    for (const row of rows) {
      expect(strayed(row, 1)).toBeCloseTo(0, 8);
      if (row % 2 === 0) expect(strayed(row, 0)).toBeCloseTo(-strayed(row + 1, 0), 8);
    }
    const spread = rows.reduce((sum, row) => sum + strayed(row, 0) ** 2, 0) / rows.length;
    expect(spread / variances[0]!).toBeGreaterThan(0.7);
    expect(spread / variances[0]!).toBeLessThan(1.3);
    expect(new Set(rows.map((row) => Math.abs(strayed(row, 0)).toFixed(9))).size).toBe(SAMPLE_COUNT / 2);
  });

  it('draws the same whatever order the sizes are asked in', () => {
    const infer = (sizes: number[]) => inferCurves(priorOf([0.5, 0, 0.5], 0.2), [at(700, 400)], sizes).drawn;
    const [ascending, descending] = [infer([256, 512, 2_048]), infer([2_048, 512, 256])];
    for (let row = 0; row < SAMPLE_COUNT; row++) {
      const row3 = [...ascending.subarray(3 * row, 3 * row + 3)];
      expect([...descending.subarray(3 * row, 3 * row + 3)].reverse()).toEqual(row3);
    }
  });
});

describe('slowdownProbability', () => {
  const samples = samplesOf(SIZES, [
    { weight: 0.25, expectedMs: [200, 100] },
    { weight: 0.75, expectedMs: [110, 100], drawnMs: [150, 100] },
  ]);

  it('adds up the curves that are expected beyond the limit', () => {
    expect(slowdownProbability(samples, 0, 1, Math.log(1.5))).toBeCloseTo(0.25, 6);
    expect(slowdownProbability(samples, 0, 1, Math.log(1.05))).toBeCloseTo(1, 4);
    expect(slowdownProbability(samples, 0, 1, Math.log(2.2))).toBeCloseTo(0, 6);
    // On the limit itself half of what is blurred lies beyond it.
    expect(slowdownProbability(samples, 0, 1, Math.log(2))).toBeCloseTo(0.125, 6);
    expect(slowdownProbability(samples, 1, 0, Math.log(0.6))).toBeCloseTo(0.75, 6);
  });

  it('counts what is left open around what is expected', () => {
    const open = { ...samples, variances: new Float64Array(4).fill(0.0399) };
    // log 1.1 and log 2 against a limit of 0.2, with a deviation of √(0.0399 + 0.01²) = 0.2.
    const exact = 0.25 * (1 - phi((0.2 - Math.log(2)) / 0.2)) + 0.75 * (1 - phi((0.2 - Math.log(1.1)) / 0.2));
    expect(slowdownProbability(open, 0, 1, 0.2)).toBeCloseTo(exact, 4);
  });
});

/** By integrating the density, so that nothing of the product is asked. */
function phi(x: number): number {
  const step = x / 2_000;
  let area = 0;
  for (let i = 0; i < 2_000; i++) area += Math.exp(-0.5 * ((i + 0.5) * step) ** 2) * step;
  return 0.5 + area / Math.sqrt(2 * Math.PI);
}
