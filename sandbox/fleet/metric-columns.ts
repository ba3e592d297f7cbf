import type { BucketGrid, MetricColumns, TrafficFilter } from '../account/telemetry.ts';
import { type Atom, MOST_EXPLICIT_SAMPLES } from './atom.ts';
import type { DurationShape } from './duration-shape.ts';
import type { FleetFunction } from './fleet-function.ts';
import { probit } from './noise.ts';
import type { TrafficPart } from './timeline.ts';
import { HOUR_MS } from './traffic.ts';
import { walkAtoms } from './walk-atoms.ts';

// Local, because a test runner's sandbox makes every look-up of a global costly.
const { ceil, exp, floor, max, min } = Math;

/** Figures of a bucket that are drawn at once. */
const COLUMNS = 5;

/** Invocations of one bucket that share a distribution: a size, at one regime. */
interface Blend {
  invocations: number;
  /** Σ invocations × log of their mean duration. */
  weightedLogMean: number;
  readonly shape: DurationShape;
  readonly part: TrafficPart;
}

/** The name under which `AWS/Lambda` counts a function's calls: with whatever its callers put behind the name. */
export function invokedResource(fn: FleetFunction): string {
  if (fn.kind === 'namesLatest') return `${fn.name}:$LATEST`;
  return fn.kind === 'aliasPinned' ? `${fn.name}:live` : fn.name;
}

function matches(fn: FleetFunction, filter: TrafficFilter, part: TrafficPart): boolean {
  if (filter.resource !== undefined && filter.resource !== invokedResource(fn)) return false;
  // ExecutedVersion is published for calls by alias only.
  return filter.executedVersion === undefined || (fn.kind === 'aliasPinned' && filter.executedVersion === part.version);
}

/** What is asked for of few functions. */
interface RareColumns {
  readonly errors: Float64Array;
  readonly concurrencyMax: Float64Array;
}

/**
 * A function's metrics over a grid of buckets. Percentiles, errors and concurrency cost extra and are computed when asked
 * for: a night asks for the last two of one function in twenty.
 */
export class FleetColumns implements MetricColumns {
  readonly invocations: Float64Array;
  readonly throttles: Float64Array;
  readonly durationSumMs: Float64Array;
  readonly durationMaxMs: Float64Array;
  private rare: RareColumns | undefined;
  /** What its invocations are spread by, where a bucket has one distribution, as nearly all have: a blend by its index. */
  private readonly kinds: Pick<Blend, 'shape' | 'part'>[] = [];
  private readonly kindOf: Uint16Array;
  private readonly weightedLogMeans: Float64Array;
  /** All distributions of the buckets that have several. */
  private readonly mixed = new Map<number, readonly Blend[]>();
  private readonly sortedSamples = new Map<number, readonly number[]>();
  private readonly fn: FleetFunction;
  private readonly filter: TrafficFilter;
  private readonly grid: BucketGrid;
  private readonly endMs: number;

  /** `endMs`: nothing later has been published yet. */
  constructor(fn: FleetFunction, filter: TrafficFilter, grid: BucketGrid, endMs: number) {
    this.fn = fn;
    this.filter = filter;
    this.grid = grid;
    this.endMs = min(endMs, grid.startMs + grid.count * grid.periodMs);
    // One piece of memory for all: a night makes tens of thousands of these.
    const memory = new Float64Array(COLUMNS * grid.count);
    let taken = 0;
    const column = () => {
      taken += grid.count;
      return memory.subarray(taken - grid.count, taken);
    };
    this.invocations = column();
    this.throttles = column();
    this.durationSumMs = column();
    this.durationMaxMs = column();
    this.weightedLogMeans = column();
    this.kindOf = new Uint16Array(grid.count);
    this.fill();
  }

  get errors(): Float64Array {
    this.rare ??= this.drawRare();
    return this.rare.errors;
  }

  get concurrencyMax(): Float64Array {
    this.rare ??= this.drawRare();
    return this.rare.concurrencyMax;
  }

  durationQuantileMs(p: number): Float64Array {
    const values = new Float64Array(this.grid.count);
    for (let bucket = 0; bucket < values.length; bucket++) {
      if (this.invocations[bucket]! > 0) values[bucket] = this.quantile(bucket, p);
    }
    return values;
  }

  /** Visits all atoms, bucket by bucket. */
  private walk(visit: (atom: Atom, bucket: number) => void): void {
    const { fn, filter, grid, endMs } = this;
    const { startMs, periodMs, count } = grid;
    if (startMs % HOUR_MS === 0 && periodMs % HOUR_MS === 0) {
      // No hour lies in two buckets: one walk for all of them.
      walkAtoms(fn, startMs, endMs, (atom, hourMs) => {
        if (matches(fn, filter, atom.part)) visit(atom, floor((hourMs - startMs) / periodMs));
      });
      return;
    }
    for (let bucket = 0; bucket < count; bucket++) this.walkBucket(bucket, visit);
  }

  private walkBucket(bucket: number, visit: (atom: Atom, bucket: number) => void): void {
    const { fn, filter } = this;
    const { startMs, periodMs } = this.grid;
    const from = startMs + bucket * periodMs;
    walkAtoms(fn, from, min(from + periodMs, this.endMs), (atom) => {
      if (matches(fn, filter, atom.part)) visit(atom, bucket);
    });
  }

  private fill(): void {
    let blends: Blend[] = [];
    let last = 0;
    this.walk((atom, bucket) => {
      this.throttles[bucket]! += atom.throttlesInWindow;
      const count = atom.invocationsInWindow;
      if (count === 0) return;
      if (bucket !== last) {
        this.keep(last, blends);
        blends = [];
        last = bucket;
      }
      this.invocations[bucket]! += count;
      this.durationSumMs[bucket]! += atom.durationSumInWindowMs;
      this.durationMaxMs[bucket] = max(this.durationMaxMs[bucket]!, atom.durationMaxInWindowMs);
      blendIn(blends, atom, count);
    });
    this.keep(last, blends);
  }

  private drawRare(): RareColumns {
    const errors = new Float64Array(this.grid.count);
    const concurrencyMax = new Float64Array(this.grid.count);
    this.walk((atom, bucket) => {
      if (atom.invocationsInWindow === 0) return;
      errors[bucket]! += atom.errorsInWindow;
      concurrencyMax[bucket] = max(concurrencyMax[bucket]!, atom.concurrencyMax);
    });
    return { errors, concurrencyMax };
  }

  private keep(bucket: number, blends: readonly Blend[]): void {
    const [blend] = blends;
    if (blends.length > 1) this.mixed.set(bucket, blends);
    if (blends.length !== 1) return;
    const { shape, part, weightedLogMean } = blend!;
    const known = this.kinds.findIndex((kind) => kind.part === part);
    this.kindOf[bucket] = known === -1 ? this.kinds.push({ shape, part }) - 1 : known;
    this.weightedLogMeans[bucket] = weightedLogMean;
  }

  private blendsOf(bucket: number): readonly Blend[] {
    const mixed = this.mixed.get(bucket);
    if (mixed) return mixed;
    const { shape, part } = this.kinds[this.kindOf[bucket]!]!;
    const invocations = this.invocations[bucket]!;
    return [{ invocations, weightedLogMean: this.weightedLogMeans[bucket]!, shape, part }];
  }

  private quantile(bucket: number, p: number): number {
    const count = this.invocations[bucket]!;
    const longest = this.durationMaxMs[bucket]!;
    const rank = max(1, ceil(p * count));
    if (count <= MOST_EXPLICIT_SAMPLES) return this.samples(bucket)[rank - 1]!;
    if (rank === count) return longest;
    // Blom's plotting position: the expected score of an order statistic.
    const score = probit((rank - 0.375) / (count + 0.25));
    return min(longest, blendedQuantile(this.blendsOf(bucket), score));
  }

  private samples(bucket: number): readonly number[] {
    const known = this.sortedSamples.get(bucket);
    if (known) return known;
    const samples: number[] = [];
    this.walkBucket(bucket, (atom) => {
      for (let index = atom.fromIndex; index < atom.toIndex; index++) samples.push(atom.sampleMs(index));
    });
    samples.sort((a, b) => a - b);
    this.sortedSamples.set(bucket, samples);
    return samples;
  }
}

function blendIn(blends: Blend[], atom: Atom, count: number): void {
  let blend = blends.find((candidate) => candidate.part === atom.part);
  if (!blend) {
    blend = { invocations: 0, weightedLogMean: 0, shape: atom.shape, part: atom.part };
    blends.push(blend);
  }
  blend.invocations += count;
  blend.weightedLogMean += count * atom.logMean;
}

/** Enough halvings to tell durations apart to a millionth. */
const BISECTIONS = 40;

/** One distribution's quantile directly; of several, by bisection on their common distribution function. */
function blendedQuantile(blends: readonly Blend[], score: number): number {
  const logMean = (blend: Blend) => blend.weightedLogMean / blend.invocations;
  const at = (blend: Blend) => logMean(blend) + blend.shape.logRatioAt(score);
  if (blends.length === 1) return exp(at(blends[0]!));
  let low = min(...blends.map(at));
  let high = max(...blends.map(at));
  const total = blends.reduce((sum, blend) => sum + blend.invocations, 0);
  const p = scoreProbability(blends[0]!, score);
  for (let step = 0; step < BISECTIONS; step++) {
    const middle = (low + high) / 2;
    const below = blends.reduce((sum, blend) => sum + blend.invocations * blend.shape.cdf(middle - logMean(blend)), 0);
    if (below / total < p) low = middle;
    else high = middle;
  }
  return exp((low + high) / 2);
}

function scoreProbability(blend: Blend, score: number): number {
  return blend.shape.cdf(blend.shape.logRatioAt(score));
}
