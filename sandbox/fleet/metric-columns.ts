import type { BucketGrid, MetricColumns, TrafficFilter } from '../account/telemetry.ts';
import { type Atom, MOST_EXPLICIT_SAMPLES } from './atom.ts';
import type { DurationShape } from './duration-shape.ts';
import type { FleetFunction } from './fleet-function.ts';
import { probit } from './noise.ts';
import type { TrafficPart } from './timeline.ts';
import { walkAtoms } from './walk-atoms.ts';

// Local, because a test runner's sandbox makes every look-up of a global costly.
const { ceil, exp, max, min } = Math;

/** Figures of a bucket. */
const COLUMNS = 7;

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

/** A function's metrics over a grid of buckets. Percentiles cost extra and are computed when asked for. */
export class FleetColumns implements MetricColumns {
  readonly invocations: Float64Array;
  readonly errors: Float64Array;
  readonly throttles: Float64Array;
  readonly durationSumMs: Float64Array;
  readonly durationMaxMs: Float64Array;
  readonly concurrencyMax: Float64Array;
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
    this.errors = column();
    this.throttles = column();
    this.durationSumMs = column();
    this.durationMaxMs = column();
    this.concurrencyMax = column();
    this.weightedLogMeans = column();
    this.kindOf = new Uint16Array(grid.count);
    for (let bucket = 0; bucket < grid.count; bucket++) this.fill(bucket);
  }

  durationQuantileMs(p: number): Float64Array {
    const values = new Float64Array(this.grid.count);
    for (let bucket = 0; bucket < values.length; bucket++) {
      if (this.invocations[bucket]! > 0) values[bucket] = this.quantile(bucket, p);
    }
    return values;
  }

  private walk(bucket: number, visit: (atom: Atom) => void): void {
    const { startMs, periodMs } = this.grid;
    const from = startMs + bucket * periodMs;
    walkAtoms(this.fn, from, min(from + periodMs, this.endMs), (atom) => {
      if (matches(this.fn, this.filter, atom.part)) visit(atom);
    });
  }

  private fill(bucket: number): void {
    const blends: Blend[] = [];
    this.walk(bucket, (atom) => {
      this.throttles[bucket]! += atom.throttlesInWindow;
      const count = atom.invocationsInWindow;
      if (count === 0) return;
      this.invocations[bucket]! += count;
      this.errors[bucket]! += atom.errorsInWindow;
      this.durationSumMs[bucket]! += atom.durationSumInWindowMs;
      this.durationMaxMs[bucket] = max(this.durationMaxMs[bucket]!, atom.durationMaxInWindowMs);
      this.concurrencyMax[bucket] = max(this.concurrencyMax[bucket]!, atom.concurrencyMax);
      blendIn(blends, atom, count);
    });
    this.keep(bucket, blends);
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
    this.walk(bucket, (atom) => {
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
