import { NOTCH_FACTOR } from './memory-sizes.ts';
import { expectedLosses, type Losses } from './objective.ts';
import type { CurveSamples } from './posterior.ts';

export interface LookaheadOptions {
  /** Weight of tonight, and of each night after it; the last one stands for all that follow. They add up to 1. */
  readonly nightWeights: readonly number[];
  /** The least size that the memory evidence will allow after a night at a size, MB. */
  readonly floorMb: (memorySizeMb: number) => number;
  /** Whether production has shown the size already: running there again teaches nothing. */
  readonly isKnown: (memorySizeMb: number) => boolean;
}

/** Log durations closer than this are one outcome: a night cannot tell them apart. */
const OUTCOME_WIDTH = 0.025;
/** An outcome stands for at least this probability, lest few samples promise more insight than there is. */
const LEAST_OUTCOME_WEIGHT = 1 / 16;

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
  const [tonightWeight = 1] = options.nightWeights;
  const leastFuture = (1 - tonightWeight) * clairvoyantLoss(samples, later);
  let best = Number.POSITIVE_INFINITY;
  for (const action of actions.toSorted((a, b) => tonight[a]! - tonight[b]!)) {
    // What no insight could make better than the best so far need not be looked into.
    const isHopeless = tonightWeight * tonight[action]! + leastFuture >= best;
    const future = isHopeless
      ? (1 - tonightWeight) * lasting[action]!
      : futureLoss(samples, action, lasting, later, laterColumns, options);
    values[action] = tonightWeight * tonight[action]! + future;
    best = Math.min(best, values[action]!);
  }
  return values;
}

function futureLoss(
  samples: CurveSamples,
  action: number,
  lasting: Float64Array,
  later: LaterLosses,
  laterColumns: readonly number[],
  options: LookaheadOptions,
): number {
  const floorMb = options.floorMb(samples.sizes[action]!);
  const starts = options.nightWeights.map((_, night) => firstWithin(samples, laterColumns, action, night, floorMb));
  return options.isKnown(samples.sizes[action]!)
    ? withoutLearning(lasting, action, laterColumns, starts, options.nightWeights)
    : afterExperiment(samples, action, later, starts, options.nightWeights);
}

/** Expected loss of someone who knows the curve: no experiment can lead below it. */
function clairvoyantLoss(samples: CurveSamples, later: LaterLosses): number {
  let expected = 0;
  for (let row = 0; row < samples.weights.length; row++) {
    let best = Number.POSITIVE_INFINITY;
    for (let k = 0; k < later.columns; k++) {
      const value = later.values[row * later.columns + k]!;
      if (value < best) best = value;
    }
    expected += samples.weights[row]! * best;
  }
  return expected;
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
  const rows = samples.weights.length;
  const first = starts.at(-1)!;
  const bins = outcomeBins(samples, action);
  const sums = new Float64Array(bins.count * later.columns);
  for (let row = 0; row < rows; row++) {
    const at = bins.binOf[row]! * later.columns;
    const weight = samples.weights[row]!;
    for (let k = first; k < later.columns; k++) sums[at + k]! += weight * later.values[row * later.columns + k]!;
  }
  let expected = 0;
  for (let bin = 0; bin < bins.count; bin++) {
    let best = Number.POSITIVE_INFINITY;
    let reached = later.columns;
    for (let night = 1; night < nightWeights.length; night++) {
      while (reached > starts[night]!) {
        const sum = sums[bin * later.columns + --reached]!;
        if (sum < best) best = sum;
      }
      expected += nightWeights[night]! * best;
    }
  }
  return expected;
}

interface OutcomeBins {
  readonly count: number;
  /** Bin of each sample. */
  readonly binOf: Int32Array;
}

/** Sorts the samples by the duration they predict for a size into outcomes that an experiment can tell apart. */
function outcomeBins(samples: CurveSamples, action: number): OutcomeBins {
  const rows = samples.weights.length;
  const stride = samples.sizes.length;
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < rows; row++) {
    const log = samples.drawn[row * stride + action]!;
    if (log < least) least = log;
    if (log > most) most = log;
  }
  const fine = Math.floor((most - least) / OUTCOME_WIDTH) + 1;
  const fineWeights = new Float64Array(fine);
  const binOf = new Int32Array(rows);
  for (let row = 0; row < rows; row++) {
    binOf[row] = Math.floor((samples.drawn[row * stride + action]! - least) / OUTCOME_WIDTH);
    fineWeights[binOf[row]!]! += samples.weights[row]!;
  }
  const merged = mergedBins(fineWeights);
  for (let row = 0; row < rows; row++) binOf[row] = merged[binOf[row]!]!;
  return { count: merged[fine - 1]! + 1, binOf };
}

/** Joins neighbouring bins until each is heavy enough; returns the new bin of each old one. */
function mergedBins(weights: Float64Array): Int32Array {
  const merged = new Int32Array(weights.length);
  let bin = 0;
  let gathered = 0;
  for (let old = 0; old < weights.length; old++) {
    if (gathered >= LEAST_OUTCOME_WEIGHT) {
      bin++;
      gathered = 0;
    }
    merged[old] = bin;
    gathered += weights[old]!;
  }
  return merged;
}
