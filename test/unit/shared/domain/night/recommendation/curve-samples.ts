import { Losses } from '../../../../../../shared/domain/night/recommendation/losses.ts';
import type { CurveSamples } from '../../../../../../shared/domain/night/recommendation/posterior.ts';
import type { CurvePrior } from '../../../../../../shared/domain/night/recommendation/prior.ts';

/** One possible curve: what is expected, and how it may really run (the same unless told otherwise), in ms by size. */
export interface PossibleCurve {
  weight: number;
  expectedMs: readonly number[];
  drawnMs?: readonly number[];
}

/** Possible curves as the model hands them on; every size has the same variance of log duration. */
export function samplesOf(sizes: readonly number[], curves: readonly PossibleCurve[], variance = 0): CurveSamples {
  return {
    sizes,
    weights: Float64Array.from(curves, ({ weight }) => weight),
    logDurations: Float64Array.from(curves.flatMap(({ expectedMs }) => expectedMs.map(Math.log))),
    drawn: Float64Array.from(curves.flatMap(({ expectedMs, drawnMs = expectedMs }) => drawnMs.map(Math.log))),
    variances: new Float64Array(curves.length * sizes.length).fill(variance),
  };
}

/** Waits, does both, or computes on one thread; real curves hardly stray from it. */
export function priorOf(shapeWeights: readonly [number, number, number], deviation = 0.01): CurvePrior {
  return {
    shapes: [1, 0.5, 0].map((ioShare) => ({
      ...{ ioShare, exponent: 1, saturationMb: 1_769, parallelShare: 0, parallelMb: 1_769 },
    })),
    shapeWeights,
    misfits: [{ deviation, lengthOctaves: 2 }],
    misfitWeights: [1],
  };
}

/** Losses as given: tonight's and the lasting ones, a row of sizes for each curve. */
export function lossesOf(
  weights: Float64Array,
  { columns, tonight, lasting }: { columns: number; tonight: Float64Array; lasting: Float64Array },
): Losses {
  const column = (of: Float64Array, at: number) => weights.map((_, row) => of[row * columns + at]!);
  return new Losses(
    weights,
    columns,
    (at) => column(tonight, at),
    (at) => column(lasting, at),
  );
}
