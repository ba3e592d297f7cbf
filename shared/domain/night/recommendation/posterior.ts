import { type CurveEvidence, type EvidenceFit, fitEvidence, logLikelihood, predictionWeights } from './misfit.ts';
import { normalCdf, seededNormals } from './normal.ts';
import { type CurvePrior, shapeTable } from './prior.ts';
import { type TakeNumbers, takeNew } from './sample-space.ts';
import { drawStraying, strayingSteps } from './straying.ts';

/** Curves the evidence leaves possible, with their probabilities: what every later question is answered from. */
export interface CurveSamples {
  /** Memory sizes, MB, in the order of the columns below. */
  readonly sizes: readonly number[];
  /** Probability of each sample; adds up to 1. */
  readonly weights: Float64Array;
  /** Expected log duration, one row of sizes per sample. */
  readonly logDurations: Float64Array;
  /** Variance of log duration around the row above, laid out alike. */
  readonly variances: Float64Array;
  /** One way the curve may really run around the expected one, straying included; laid out alike. */
  readonly drawn: Float64Array;
}

/** Samples drawn unless told otherwise: more make rare curves visible, and every step after this one slower. */
export const SAMPLE_COUNT = 192;

/** Variance by which the edge of a slowdown is blurred, so that few samples give smooth probabilities. */
const EDGE_VARIANCE = 0.01 ** 2;

/** Draws of a pair of mirrored paths: two a size, for more sizes than a night usually looks at. */
const DRAWS_PER_PAIR = 192;
/** Standard normal draws, the same for every function and night: recommendations must not depend on chance. */
const NORMALS = seededNormals((SAMPLE_COUNT / 2) * DRAWS_PER_PAIR, 20_260_919);

/** Every second path mirrors the one before it. */
const drawsOf = (row: number): Parameters<typeof drawStraying>[1] => ({
  normals: NORMALS,
  offset: (row >> 1) * DRAWS_PER_PAIR,
  sign: (row & 1) === 0 ? 1 : -1,
});

/** Extra log weight of a shape (by index) from evidence that is no duration, such as CPU time. */
export type ShapeEvidence = (shapeIndex: number) => number;

export interface InferenceOptions {
  readonly shapeEvidence?: ShapeEvidence | undefined;
  /** At most SAMPLE_COUNT. */
  readonly sampleCount?: number;
  /** Where the samples are kept. @default - in memory of their own */
  readonly take?: TakeNumbers;
}

/** Conditions the prior on the evidence (at least one observation) and predicts the curve at the given sizes. */
export function inferCurves(
  prior: CurvePrior,
  evidence: readonly CurveEvidence[],
  sizes: readonly number[],
  { shapeEvidence, sampleCount = SAMPLE_COUNT, take = takeNew }: InferenceOptions = {},
): CurveSamples {
  const fits = prior.misfits.map((misfit) => fitEvidence(misfit, evidence));
  const residuals = residualsOf(prior, evidence, take);
  const weights = jointWeights(prior, fits, residuals, shapeEvidence, take);
  return predict(prior, fits, residuals, sizes, representatives(weights, sampleCount), take);
}

function residualsOf(prior: CurvePrior, evidence: readonly CurveEvidence[], take: TakeNumbers): Float64Array {
  const count = evidence.length;
  const residuals = take(prior.shapes.length * count);
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
  take: TakeNumbers,
): Float64Array {
  const classes = fits.length;
  const count = residuals.length / prior.shapes.length;
  const weights = take(prior.shapes.length * classes);
  let most = Number.NEGATIVE_INFINITY;
  for (let shape = 0, at = 0; shape < prior.shapes.length; shape++) {
    const beside = shapeEvidence?.(shape) ?? 0;
    for (let fit = 0; fit < classes; fit++, at++) {
      const log = logLikelihood(fits[fit]!, residuals, shape * count) + beside;
      weights[at] = log;
      most = Math.max(most, log);
    }
  }
  let total = 0;
  for (let shape = 0, at = 0; shape < prior.shapes.length; shape++) {
    for (let fit = 0; fit < classes; fit++, at++) {
      const before = prior.shapeWeights[shape]! * prior.misfitWeights[fit]!;
      weights[at] = before * Math.exp(weights[at]! - most);
      total += weights[at]!;
    }
  }
  for (let at = 0; at < weights.length; at++) weights[at]! /= total;
  return weights;
}

/**
 * Draws pairs systematically, in proportion to their weight and without randomness. A heavy pair is drawn many times:
 * each draw strays from its shape in its own way.
 */
function representatives(weights: Float64Array, count: number): Int32Array {
  const drawn = new Int32Array(count);
  let passed = 0;
  let at = 0;
  for (let index = 0; index < weights.length && at < count; index++) {
    passed += weights[index]! * count;
    while (at < count && at + 0.5 <= passed) drawn[at++] = index;
  }
  return drawn;
}

function predict(
  prior: CurvePrior,
  fits: readonly EvidenceFit[],
  residuals: Float64Array,
  sizes: readonly number[],
  samples: Int32Array,
  take: TakeNumbers,
): CurveSamples {
  const evidenceSizes = fits[0]!.evidence.map((each) => each.memorySizeMb);
  const places = [...new Set([...sizes, ...evidenceSizes])].sort((a, b) => a - b);
  const placeOf = sizes.map((size) => places.indexOf(size));
  const evidencePlaceOf = evidenceSizes.map((size) => places.indexOf(size));
  const strays = fits.map((fit) => strayingSteps(fit.misfit, places));
  const tables = sizes.map((size) => shapeTable(prior, size));
  const linear = fits.map((fit) => linearPrediction(fit, sizes));
  const curves = emptySamples(sizes, samples.length, take);
  const stray = new Float64Array(places.length);
  // What each observation says beyond the shape, and beyond the shape and its straying.
  const beyond = new Float64Array(evidenceSizes.length);
  const beyondStray = new Float64Array(evidenceSizes.length);
  for (let row = 0; row < samples.length; row++) {
    const shape = Math.floor(samples[row]! / fits.length);
    const fit = samples[row]! % fits.length;
    drawStraying(strays[fit]!, drawsOf(row), stray);
    for (let i = 0; i < beyond.length; i++) {
      beyond[i] = residuals[shape * beyond.length + i]!;
      beyondStray[i] = beyond[i]! - stray[evidencePlaceOf[i]!]!;
    }
    const { weights, variances } = linear[fit]!;
    curves.variances.set(variances, row * sizes.length);
    for (let column = 0, at = row * sizes.length; column < sizes.length; column++, at++) {
      const log = tables[column]![shape]!;
      curves.logDurations[at] = log + weighted(weights, column, beyond);
      curves.drawn[at] = log + stray[placeOf[column]!]! + weighted(weights, column, beyondStray);
    }
  }
  return curves;
}

function emptySamples(sizes: readonly number[], rows: number, take: TakeNumbers): CurveSamples {
  return {
    sizes,
    weights: take(rows).fill(1 / rows),
    logDurations: take(rows * sizes.length),
    variances: take(rows * sizes.length),
    drawn: take(rows * sizes.length),
  };
}

/** Prediction weights of every size, one row of observations per size, and the variances left. */
function linearPrediction(
  fit: EvidenceFit,
  sizes: readonly number[],
): { weights: Float64Array; variances: Float64Array } {
  const count = fit.evidence.length;
  const weights = new Float64Array(sizes.length * count);
  const variances = new Float64Array(sizes.length);
  for (let column = 0; column < sizes.length; column++) {
    const prediction = predictionWeights(fit, sizes[column]!);
    weights.set(prediction.weights, column * count);
    variances[column] = prediction.variance;
  }
  return { weights, variances };
}

function weighted(weights: Float64Array, row: number, values: Float64Array): number {
  let sum = 0;
  for (let i = 0, at = row * values.length; i < values.length; i++, at++) sum += weights[at]! * values[i]!;
  return sum;
}

/** Probability that log duration at one column exceeds that at another by more than the limit. */
export function slowdownProbability(samples: CurveSamples, column: number, reference: number, limit: number): number {
  const { weights, logDurations, variances, drawn, sizes } = samples;
  let probability = 0;
  for (let row = 0; row < weights.length; row++) {
    const at = row * sizes.length;
    const margin = limit - logDurations[at + column]! + drawn[at + reference]!;
    probability += weights[row]! * (1 - normalCdf(margin / Math.sqrt(variances[at + column]! + EDGE_VARIANCE)));
  }
  return probability;
}
