import type { DurationShape } from './duration-shape.ts';
import { behaviourAt, type FleetFunction } from './fleet-function.ts';
import { mix, normal, poisson, probit, uniform } from './noise.ts';
import type { Regime, TrafficPart } from './timeline.ts';
import { HOUR_MS } from './traffic.ts';

// Local, because a test runner's sandbox makes every look-up of a global costly.
const { ceil, exp, log, max, min, round, sqrt } = Math;

/** Up to this many invocations an atom's durations are drawn one by one; beyond, by formula. */
export const MOST_EXPLICIT_SAMPLES = 12;

/** Log-spread of an hour's mean duration: neighbours, input mix, downstream latency. */
const HOURLY_DRIFT = 0.03;
/** Headroom of the busiest moment over the hour's mean concurrency, in standard deviations of a Poisson load. */
const PEAK_DEVIATIONS = 3;
/** Share of invocations that fail as soon as need exceeds the size, and how far beyond it all do. */
const LEAST_OOM_SHARE = 0.02;
const OOM_SPREAD = 0.3;

const SALT_DRIFT = 0x2c1b;
const SALT_ERRORS = 0x3e91;
const SALT_MEAN = 0x58d7;
const SALT_MAX = 0x1f83;
const SALT_SAMPLE = 0x4b6f;

/**
 * The piece of a function's traffic within which nothing changes: one hour, one regime, one part of the traffic. All
 * figures follow from (seed, hour, regime) alone. One object is reused for a whole walk; do not keep it.
 */
export class Atom {
  fn!: FleetFunction;
  regime!: Regime;
  part!: TrafficPart;
  partIndex = 0;
  /** Hash of function and hour; everything drawn here descends from it. */
  hash = 0;
  /** Invocations of the whole atom. */
  invocations = 0;
  errors = 0;
  throttles = 0;
  timeouts = 0;
  /** Log of the atom's mean duration in ms. */
  logMean = 0;
  /** Mean after the timeout's cut, ms. */
  meanMs = 0;
  durationSumMs = 0;
  durationMaxMs = 0;
  concurrencyMax = 0;
  shape!: DurationShape;
  spread = 0;
  limitLog = Infinity;
  /** The window's share of the atom, as a range of invocations. */
  fromIndex = 0;
  toIndex = 0;
  throttlesInWindow = 0;

  /** Duration of the atom's i-th invocation, for atoms small enough to be drawn one by one. */
  sampleMs(index: number): number {
    const log = this.shape.logRatioAt(normal(mix(this.hash ^ SALT_SAMPLE ^ (this.partIndex << 16), index)));
    return exp(this.logMean + min(log, this.limitLog));
  }

  get isExplicit(): boolean {
    return this.invocations <= MOST_EXPLICIT_SAMPLES;
  }

  get invocationsInWindow(): number {
    return this.toIndex - this.fromIndex;
  }

  get errorsInWindow(): number {
    const { errors, invocations } = this;
    return spreadBefore(errors, invocations, this.toIndex) - spreadBefore(errors, invocations, this.fromIndex);
  }

  /** Sum of the window's durations: drawn one by one, or its share of the atom's. */
  get durationSumInWindowMs(): number {
    const count = this.invocationsInWindow;
    if (count === this.invocations) return this.durationSumMs;
    if (!this.isExplicit) return (this.durationSumMs * count) / this.invocations;
    let sum = 0;
    for (let index = this.fromIndex; index < this.toIndex; index++) sum += this.sampleMs(index);
    return sum;
  }

  /** The window's longest duration: the atom's own if it falls into the window, else that of as many draws. */
  get durationMaxInWindowMs(): number {
    const count = this.invocationsInWindow;
    if (count === this.invocations) return this.durationMaxMs;
    if (!this.isExplicit) return this.partialMaximum(count);
    let longest = 0;
    for (let index = this.fromIndex; index < this.toIndex; index++) longest = max(longest, this.sampleMs(index));
    return longest;
  }

  private partialMaximum(count: number): number {
    const whereLongest = (mix(this.hash ^ SALT_MAX, this.partIndex) >>> 0) % this.invocations;
    if (whereLongest >= this.fromIndex && whereLongest < this.toIndex) return this.durationMaxMs;
    return min(this.durationMaxMs, maximumOf(this, count, mix(this.hash ^ SALT_MAX, this.fromIndex)));
  }
}

/** How many of `some` among `all` fall before index `index`, spread evenly: additive over neighbouring windows. */
export function spreadBefore(some: number, all: number, index: number): number {
  if (some === 0 || index <= 0) return 0;
  if (index >= all) return some;
  return min(some, max(0, ceil((index * some) / all - 0.5)));
}

/** Memory that the function's environments have come to use by then, uncut by their size. */
export function memoryNeedMb(fn: FleetFunction, regime: Regime, atMs: number): number {
  const leakedHours = regime.leakMbPerHour > 0 ? max(0, atMs - regime.freshSinceMs) / HOUR_MS : 0;
  return fn.maxMemoryUsedMb + regime.leakMbPerHour * leakedHours;
}

function outOfMemoryShare(needMb: number, memorySizeMb: number): number {
  if (needMb <= memorySizeMb) return 0;
  return min(1, LEAST_OOM_SHARE + (needMb - memorySizeMb) / (OOM_SPREAD * needMb));
}

/** Draws an atom's figures from its hash, for so many attempts in so much of an hour. */
export function describe(atom: Atom, invocations: number, hourMs: number, shareOfHour: number): void {
  const { fn, regime, part } = atom;
  const hash = atom.hash ^ (atom.partIndex << 8);
  const behaviour = behaviourAt(fn, part.memorySizeMb);
  atom.shape = behaviour.shape;
  atom.spread = behaviour.spread;
  atom.logMean = behaviour.logMean + log(regime.durationFactor) + HOURLY_DRIFT * normal(atom.hash ^ SALT_DRIFT);
  const limitLog = log(part.timeoutS * 1000) - atom.logMean;
  const isLimited = limitLog < behaviour.negligibleLog;
  atom.limitLog = limitLog;
  const timeoutShare = isLimited ? 1 - atom.shape.cdf(limitLog) : 0;
  atom.meanMs = exp(atom.logMean) * (isLimited ? atom.shape.limitedShare(limitLog) : 1);
  limitByConcurrency(atom, invocations, shareOfHour);
  const n = atom.invocations;
  const crashShare = outOfMemoryShare(memoryNeedMb(fn, regime, hourMs), part.memorySizeMb);
  atom.timeouts = timeoutShare > 0 ? min(n, poisson(n * timeoutShare, mix(hash, 7))) : 0;
  const otherRate = fn.baseErrorRate + regime.extraErrorRate + crashShare;
  const others = crashShare >= 1 ? n : poisson(n * min(1, otherRate), mix(hash ^ SALT_ERRORS, 1));
  atom.errors = min(n, atom.timeouts + others);
  drawDurations(atom, hash);
}

function limitByConcurrency(atom: Atom, attempts: number, shareOfHour: number): void {
  const meanLoad = (attempts * atom.meanMs) / (shareOfHour * HOUR_MS);
  const peak = min(attempts, max(1, ceil(meanLoad + PEAK_DEVIATIONS * sqrt(meanLoad))));
  const reserved = atom.regime.reservedConcurrency;
  const isShort = reserved !== undefined && peak > reserved;
  const servedShare = isShort ? reserved / peak : 1;
  atom.invocations = round(attempts * servedShare);
  atom.throttles = attempts - atom.invocations;
  atom.concurrencyMax = isShort ? reserved : peak;
}

function drawDurations(atom: Atom, hash: number): void {
  const n = atom.invocations;
  if (n <= MOST_EXPLICIT_SAMPLES) {
    atom.durationSumMs = 0;
    atom.durationMaxMs = 0;
    for (let index = 0; index < n; index++) {
      const sample = atom.sampleMs(index);
      atom.durationSumMs += sample;
      if (sample > atom.durationMaxMs) atom.durationMaxMs = sample;
    }
    return;
  }
  atom.durationSumMs = n * atom.meanMs * max(0.5, 1 + (atom.spread / sqrt(n)) * normal(mix(hash, SALT_MEAN)));
  atom.durationMaxMs = maximumOf(atom, n, mix(hash, SALT_MAX));
}

/** The maximum of n independent draws: its distribution function is the single draw's to the n-th power. */
function maximumOf(atom: Atom, n: number, hash: number): number {
  const p = min(uniform(hash) ** (1 / n), 1 - 1e-12);
  const log = atom.shape.logRatioAt(probit(p));
  return max(atom.meanMs, exp(atom.logMean + min(log, atom.limitLog)));
}
