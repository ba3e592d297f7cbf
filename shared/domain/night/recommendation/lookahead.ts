import type { Losses } from './losses.ts';
import { NOTCH_FACTOR } from './memory-sizes.ts';
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
  const tonight = (action: number): number => losses.expectedTonight(action);
  const later = laterColumns.map((column) => losses.lasting(column));
  const values = new Float64Array(losses.columns).fill(Number.POSITIVE_INFINITY);
  const [tonightWeight = 1] = options.nightWeights;
  const leastFuture = (1 - tonightWeight) * clairvoyantLoss(samples.weights, later);
  let best = Number.POSITIVE_INFINITY;
  for (const action of actions.toSorted((a, b) => tonight(a) - tonight(b))) {
    // What no insight could make better than the best so far need not be looked into.
    const isHopeless = tonightWeight * tonight(action) + leastFuture >= best;
    const future = isHopeless
      ? (1 - tonightWeight) * losses.expectedLasting(action)
      : futureLoss(samples, action, losses, later, laterColumns, options);
    values[action] = tonightWeight * tonight(action) + future;
    best = Math.min(best, values[action]!);
  }
  return values;
}

function futureLoss(
  samples: CurveSamples,
  action: number,
  losses: Losses,
  later: readonly Float64Array[],
  laterColumns: readonly number[],
  options: LookaheadOptions,
): number {
  const floorMb = options.floorMb(samples.sizes[action]!);
  const starts = options.nightWeights.map((_, night) => firstWithin(samples, laterColumns, action, night, floorMb));
  return options.isKnown(samples.sizes[action]!)
    ? withoutLearning(losses, action, laterColumns, starts, options.nightWeights)
    : afterExperiment(samples, action, later, starts, options.nightWeights);
}

/** Expected loss of someone who knows the curve: no experiment can lead below it. */
function clairvoyantLoss(weights: Float64Array, later: readonly Float64Array[]): number {
  const best = new Float64Array(weights.length).fill(Number.POSITIVE_INFINITY);
  for (const losses of later)
    for (let row = 0; row < best.length; row++) if (losses[row]! < best[row]!) best[row] = losses[row]!;
  let expected = 0;
  for (let row = 0; row < best.length; row++) expected += weights[row]! * best[row]!;
  return expected;
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
  losses: Losses,
  action: number,
  laterColumns: readonly number[],
  starts: readonly number[],
  nightWeights: readonly number[],
): number {
  let future = 0;
  for (let night = 1; night < nightWeights.length; night++) {
    let best = losses.expectedLasting(action);
    for (const column of laterColumns.slice(starts[night]!)) best = Math.min(best, losses.expectedLasting(column));
    future += nightWeights[night]! * best;
  }
  return future;
}

/** Expected loss of the nights after an experiment, each at its best reachable size, over what it may show. */
function afterExperiment(
  samples: CurveSamples,
  action: number,
  later: readonly Float64Array[],
  starts: readonly number[],
  nightWeights: readonly number[],
): number {
  const { weights } = samples;
  const { binOf, count } = outcomeBins(samples, action);
  const columns = later.length;
  const sums = new Float64Array(count * columns);
  for (let k = starts.at(-1)!; k < columns; k++) {
    const losses = later[k]!;
    for (let row = 0; row < weights.length; row++) sums[binOf[row]! * columns + k]! += weights[row]! * losses[row]!;
  }
  let expected = 0;
  for (let bin = 0; bin < count; bin++) {
    let best = Number.POSITIVE_INFINITY;
    let reached = columns;
    for (let night = 1; night < nightWeights.length; night++) {
      while (reached > starts[night]!) {
        const sum = sums[bin * columns + --reached]!;
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
