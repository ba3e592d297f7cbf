import { NOTCH_FACTOR } from './memory-sizes.ts';
import { expectedLosses, type Losses } from './objective.ts';
import type { CurveSamples } from './posterior.ts';

export interface LookaheadOptions {
  /** Weight of tonight, and of each night after it; the last one stands for all that follow. They add up to 1. */
  readonly nightWeights: readonly number[];
  /** The least size the memory evidence allows, MB. */
  readonly floorMb: number;
  /** Whether production has shown the size already: running there again teaches nothing. */
  readonly isKnown: (memorySizeMb: number) => boolean;
}

/** Durations an experiment may show, as this many equally likely ones. */
const OUTCOMES = 9;
/** Variance of the log duration an experiment shows around the true one: one night is unlike the next. */
const OUTCOME_VARIANCE = 0.015 ** 2;
/** Squared distance in deviations beyond which a curve can no longer explain an outcome. */
const NEGLIGIBLE = 18;

/**
 * What it is worth to run at each size tonight: its own loss, and the loss of the best size afterwards, when the
 * duration shown there has told the possible curves apart. Sizes not in `actions` get Infinity.
 */
export function lookaheadValues(
  samples: CurveSamples,
  losses: Losses,
  actions: readonly number[],
  laterColumns: readonly number[],
  options: LookaheadOptions,
): Float64Array {
  const tonight = expectedLosses(losses.tonight, losses.columns, samples.weights);
  const lasting = expectedLosses(losses.lasting, losses.columns, samples.weights);
  const later = laterLosses(samples, losses, laterColumns);
  const values = new Float64Array(losses.columns).fill(Number.POSITIVE_INFINITY);
  for (const action of actions) {
    const starts = options.nightWeights.map((_, night) =>
      firstWithin(samples, laterColumns, action, night, options.floorMb),
    );
    const future = options.isKnown(samples.sizes[action]!)
      ? withoutLearning(lasting, action, laterColumns, starts, options.nightWeights)
      : afterExperiment(samples, action, later, starts, options.nightWeights);
    values[action] = options.nightWeights[0]! * tonight[action]! + future;
  }
  return values;
}

interface LaterLosses {
  readonly columns: number;
  readonly values: Float64Array;
}

function laterLosses(samples: CurveSamples, losses: Losses, laterColumns: readonly number[]): LaterLosses {
  const values = new Float64Array(samples.weights.length * laterColumns.length);
  for (let row = 0; row < samples.weights.length; row++) {
    for (let k = 0; k < laterColumns.length; k++) {
      values[row * laterColumns.length + k] = losses.lasting[row * losses.columns + laterColumns[k]!]!;
    }
  }
  return { columns: laterColumns.length, values };
}

/** Index of the smallest later size that can be reached from the action within some nights of one notch each. */
function firstWithin(
  samples: CurveSamples,
  laterColumns: readonly number[],
  action: number,
  nights: number,
  floorMb: number,
): number {
  const floor = Math.max(floorMb, Math.floor(samples.sizes[action]! / NOTCH_FACTOR ** nights));
  const first = laterColumns.findIndex((column) => samples.sizes[column]! >= floor);
  return first === -1 ? laterColumns.length - 1 : first;
}

function withoutLearning(
  lasting: Float64Array,
  action: number,
  laterColumns: readonly number[],
  starts: readonly number[],
  nightWeights: readonly number[],
): number {
  let future = 0;
  for (let night = 1; night < nightWeights.length; night++) {
    let best = lasting[action]!;
    for (let k = starts[night]!; k < laterColumns.length; k++) best = Math.min(best, lasting[laterColumns[k]!]!);
    future += nightWeights[night]! * best;
  }
  return future;
}

/** Expected loss of the nights after an experiment, each at its best reachable size, over what it may show. */
function afterExperiment(
  samples: CurveSamples,
  action: number,
  later: LaterLosses,
  starts: readonly number[],
  nightWeights: readonly number[],
): number {
  const count = samples.weights.length;
  const stride = samples.sizes.length;
  const sums = new Float64Array(later.columns);
  const first = starts.at(-1)!;
  let expected = 0;
  for (const truth of outcomeRows(samples, action)) {
    const shown = samples.logDurations[truth * stride + action]!;
    const shownVariance = samples.variances[truth * stride + action]! + OUTCOME_VARIANCE;
    let total = 0;
    sums.fill(0);
    for (let row = 0; row < count; row++) {
      const variance = samples.variances[row * stride + action]! + shownVariance;
      const distance = samples.logDurations[row * stride + action]! - shown;
      const squared = (distance * distance) / variance;
      if (squared > NEGLIGIBLE) continue;
      const weight = (samples.weights[row]! * Math.exp(-0.5 * squared)) / Math.sqrt(variance);
      total += weight;
      for (let k = first; k < later.columns; k++) sums[k]! += weight * later.values[row * later.columns + k]!;
    }
    let best = Number.POSITIVE_INFINITY;
    let reached = later.columns;
    for (let night = 1; night < nightWeights.length; night++) {
      while (reached > starts[night]!) best = Math.min(best, sums[--reached]!);
      expected += (nightWeights[night]! * best) / total / OUTCOMES;
    }
  }
  return expected;
}

/** The samples at equally likely steps of the duration they predict for a size. */
function outcomeRows(samples: CurveSamples, action: number): number[] {
  const stride = samples.sizes.length;
  const order = Array.from(samples.weights.keys()).sort(
    (a, b) => samples.logDurations[a * stride + action]! - samples.logDurations[b * stride + action]!,
  );
  const rows: number[] = [];
  let passed = 0;
  let at = 0;
  for (let outcome = 0; outcome < OUTCOMES; outcome++) {
    while (at < order.length - 1 && passed + samples.weights[order[at]!]! < (outcome + 0.5) / OUTCOMES) {
      passed += samples.weights[order[at]!]!;
      at++;
    }
    rows.push(order[at]!);
  }
  return rows;
}
