import { type CurveEvidence, type EvidenceFit, fitEvidence, logLikelihood, predictionWeights } from './misfit.ts';
import { type CurvePrior, shapeTable } from './prior.ts';

/** Curves the evidence leaves possible, with their probabilities: what every later question is answered from. */
export interface CurveSamples {
  /** Memory sizes, MB, in the order of the columns below. */
  readonly sizes: readonly number[];
  /** Probability of each sample; adds up to 1. */
  readonly weights: Float64Array;
  /** Log duration, one row of sizes per sample. */
  readonly logDurations: Float64Array;
  /** Variance of log duration around the row above, laid out alike. */
  readonly variances: Float64Array;
}

/** More samples make rare curves visible and every step after this one slower. */
export const SAMPLE_COUNT = 64;

/** Extra log weight of a shape (by index) from evidence that is no duration, such as CPU time. */
export type ShapeEvidence = (shapeIndex: number) => number;

/** Conditions the prior on the evidence (at least one observation) and predicts the curve at the given sizes. */
export function inferCurves(
  prior: CurvePrior,
  evidence: readonly CurveEvidence[],
  sizes: readonly number[],
  shapeEvidence?: ShapeEvidence,
): CurveSamples {
  const fits = prior.misfits.map((misfit) => fitEvidence(misfit, evidence));
  const residuals = residualsOf(prior, evidence);
  const weights = jointWeights(prior, fits, residuals, shapeEvidence);
  return predict(prior, fits, residuals, sizes, representatives(weights, SAMPLE_COUNT));
}

function residualsOf(prior: CurvePrior, evidence: readonly CurveEvidence[]): Float64Array {
  const count = evidence.length;
  const residuals = new Float64Array(prior.shapes.length * count);
  for (let i = 0; i < count; i++) {
    const table = shapeTable(prior, evidence[i]!.memorySizeMb);
    for (let shape = 0; shape < table.length; shape++) {
      residuals[shape * count + i] = evidence[i]!.logDuration - table[shape]!;
    }
  }
  return residuals;
}

/** Probability of each (shape, misfit class) pair, shape-major. */
function jointWeights(
  prior: CurvePrior,
  fits: readonly EvidenceFit[],
  residuals: Float64Array,
  shapeEvidence: ShapeEvidence | undefined,
): Float64Array {
  const classes = fits.length;
  const count = residuals.length / prior.shapes.length;
  const weights = new Float64Array(prior.shapes.length * classes);
  let most = Number.NEGATIVE_INFINITY;
  for (let at = 0; at < weights.length; at++) {
    const shape = Math.floor(at / classes);
    const log = logLikelihood(fits[at % classes]!, residuals, shape * count) + (shapeEvidence?.(shape) ?? 0);
    weights[at] = log;
    most = Math.max(most, log);
  }
  let total = 0;
  for (let at = 0; at < weights.length; at++) {
    const before = prior.shapeWeights[Math.floor(at / classes)]! * prior.misfitWeights[at % classes]!;
    weights[at] = before * Math.exp(weights[at]! - most);
    total += weights[at]!;
  }
  for (let at = 0; at < weights.length; at++) weights[at]! /= total;
  return weights;
}

interface Representative {
  readonly index: number;
  readonly weight: number;
}

/** Keeps every pair heavier than its fair share, and systematically draws from the rest: few samples, no randomness. */
function representatives(weights: Float64Array, count: number): Representative[] {
  const fairShare = 1 / count;
  const kept: Representative[] = [];
  let rest = 0;
  for (let index = 0; index < weights.length; index++) {
    if (weights[index]! >= fairShare) kept.push({ index, weight: weights[index]! });
    else rest += weights[index]!;
  }
  const draws = count - kept.length;
  const step = rest / draws;
  let passed = 0;
  let next = step / 2;
  for (let index = 0; index < weights.length && next < rest; index++) {
    if (weights[index]! >= fairShare) continue;
    passed += weights[index]!;
    let weight = 0;
    for (; next <= passed; next += step) weight += step;
    if (weight > 0) kept.push({ index, weight });
  }
  return kept;
}

function predict(
  prior: CurvePrior,
  fits: readonly EvidenceFit[],
  residuals: Float64Array,
  sizes: readonly number[],
  samples: readonly Representative[],
): CurveSamples {
  const count = residuals.length / prior.shapes.length;
  const logDurations = new Float64Array(samples.length * sizes.length);
  const variances = new Float64Array(logDurations.length);
  sizes.forEach((size, column) => {
    const table = shapeTable(prior, size);
    const linear = fits.map((fit) => predictionWeights(fit, size));
    samples.forEach(({ index }, row) => {
      const shape = Math.floor(index / fits.length);
      const { weights, variance } = linear[index % fits.length]!;
      let log = table[shape]!;
      for (let i = 0; i < count; i++) log += weights[i]! * residuals[shape * count + i]!;
      logDurations[row * sizes.length + column] = log;
      variances[row * sizes.length + column] = variance;
    });
  });
  const total = samples.reduce((sum, each) => sum + each.weight, 0);
  return { sizes, weights: Float64Array.from(samples, (each) => each.weight / total), logDurations, variances };
}
