import { fitEvidence, logLikelihood } from '../../shared/domain/night/recommendation/misfit.ts';
import type { CurvePrior } from '../../shared/domain/night/recommendation/prior.ts';
import { logShape } from '../../shared/domain/night/recommendation/shape.ts';
import type { MisfitClass } from '../../shared/domain/night/recommendation/straying.ts';
import type { MeasuredCurve } from '../quality/curves.ts';
import { shapeDictionary, weightBeforeLearning } from './dictionary.ts';

export interface LearningOptions {
  /** Weight, in groups of functions, of what is believed of every shape before any curve is seen. */
  readonly pseudoGroups: number;
  /** Steps of expectation maximisation; few, so that the prior stays broader than the curves it saw. */
  readonly steps: number;
  /** Shapes lighter than this are left out. */
  readonly leastWeight: number;
}

export const LEARNING_OPTIONS: LearningOptions = { pseudoGroups: 50, steps: 6, leastWeight: 3e-4 };

const MISFITS: readonly MisfitClass[] = [0.015, 0.05, 0.13, 0.35].map((deviation) => ({ deviation, lengthOctaves: 2 }));
/** Standard deviation of a measured mean, log scale (an oracle on half the samples loses 0.1 to 2 % to the other). */
const MEASURING_NOISE = 0.01;

const SHAPES = shapeDictionary();
const BEFORE_LEARNING = normalized(SHAPES.map(weightBeforeLearning));

/** How likely a curve is under each (misfit class, shape): does not depend on the prior, so computed once a curve. */
export type CurveLikelihoods = readonly Float64Array[];

export function curveLikelihoods(curve: MeasuredCurve): CurveLikelihoods {
  const evidence = curve.points.map((point) => ({
    memorySizeMb: point.memorySizeMb,
    logDuration: Math.log(point.meanDurationMs),
    noiseVariance: MEASURING_NOISE ** 2,
    deployment: '',
    ageDays: 0,
  }));
  const residuals = SHAPES.map((shape) =>
    Float64Array.from(evidence, (each) => each.logDuration - logShape(shape, each.memorySizeMb)),
  );
  const logs = MISFITS.map((misfit) => {
    const fit = fitEvidence(misfit, evidence);
    return Float64Array.from(residuals, (each) => logLikelihood(fit, each, 0));
  });
  const most = logs.reduce((max, row) => row.reduce((a, b) => Math.max(a, b), max), Number.NEGATIVE_INFINITY);
  return logs.map((row) => row.map((log) => Math.exp(log - most)));
}

/** Learns weights of shapes and misfit classes from curves, every group counting once however many clones it has. */
export function learnPrior(
  curves: readonly { readonly group: string; readonly likelihoods: CurveLikelihoods }[],
  options: LearningOptions = LEARNING_OPTIONS,
): CurvePrior {
  const clones = Map.groupBy(curves, (curve) => curve.group);
  let shapeWeights: number[] = BEFORE_LEARNING;
  let misfitWeights: number[] = MISFITS.map(() => 1 / MISFITS.length);
  for (let step = 0; step < options.steps; step++) {
    const shapes = Float64Array.from(BEFORE_LEARNING, (weight) => weight * options.pseudoGroups);
    const misfits = new Float64Array(MISFITS.length).fill(options.pseudoGroups / MISFITS.length);
    for (const curve of curves) {
      addResponsibilities(curve.likelihoods, shapeWeights, misfitWeights, 1 / clones.get(curve.group)!.length, {
        shapes,
        misfits,
      });
    }
    shapeWeights = normalized(shapes);
    misfitWeights = normalized(misfits);
  }
  return pruned(shapeWeights, misfitWeights, options.leastWeight);
}

function addResponsibilities(
  likelihoods: CurveLikelihoods,
  shapeWeights: readonly number[],
  misfitWeights: readonly number[],
  curveWeight: number,
  sums: { shapes: Float64Array; misfits: Float64Array },
): void {
  const joint = likelihoods.map((row, misfit) =>
    row.map((likelihood, shape) => likelihood * shapeWeights[shape]! * misfitWeights[misfit]!),
  );
  const total = joint.reduce((sum, row) => row.reduce((a, b) => a + b, sum), 0);
  joint.forEach((row, misfit) => {
    row.forEach((each, shape) => {
      sums.shapes[shape]! += (curveWeight * each) / total;
      sums.misfits[misfit]! += (curveWeight * each) / total;
    });
  });
}

function pruned(shapeWeights: readonly number[], misfitWeights: readonly number[], least: number): CurvePrior {
  const shapes = shapeWeights.map((_, index) => index).filter((index) => shapeWeights[index]! >= least);
  const misfits = misfitWeights.map((_, index) => index).filter((index) => misfitWeights[index]! >= 0.02);
  return {
    shapes: shapes.map((index) => SHAPES[index]!),
    shapeWeights: normalized(shapes.map((index) => shapeWeights[index]!)),
    misfits: misfits.map((index) => MISFITS[index]!),
    misfitWeights: normalized(misfits.map((index) => misfitWeights[index]!)),
  };
}

function normalized(values: Iterable<number>): number[] {
  const list = [...values];
  const total = list.reduce((sum, value) => sum + value, 0);
  return list.map((value) => value / total);
}
