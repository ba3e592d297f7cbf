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
 * figures follow from (seed, hour, regime) alone, and are drawn when they are first asked for: who counts lines needs no
 * durations. One object is reused for a whole walk; do not keep it.
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
  throttles = 0;
  /** The window's share of the atom, as a range of invocations. */
  fromIndex = 0;
  toIndex = 0;
  throttlesInWindow = 0;
  private attempts = 0;
  private hourMs = 0;
  private shareOfHour = 0;
  private isMeanKnown = false;
  private areErrorsKnown = false;
  private areDurationsKnown = false;
  private knownShape!: DurationShape;
  private spread = 0;
  private knownLogMean = 0;
  private limitLog = Infinity;
  private timeoutShare = 0;
  private knownMeanMs = 0;
  private knownErrors = 0;
  private knownSumMs = 0;
  private knownMaxMs = 0;

  /** Begins anew, for so many attempts in so much of an hour, once everything above `invocations` is set. */
  describe(attempts: number, hourMs: number, shareOfHour: number): void {
    this.attempts = attempts;
    this.hourMs = hourMs;
    this.shareOfHour = shareOfHour;
    this.isMeanKnown = false;
    this.areErrorsKnown = false;
    this.areDurationsKnown = false;
    const reserved = this.regime.reservedConcurrency;
    const isShort = reserved !== undefined && this.peak() > reserved;
    this.invocations = isShort ? round(attempts * (reserved / this.peak())) : attempts;
    this.throttles = attempts - this.invocations;
  }

  get shape(): DurationShape {
    if (!this.isMeanKnown) this.findMean();
    return this.knownShape;
  }

  /** Log of the atom's mean duration in ms. */
  get logMean(): number {
    if (!this.isMeanKnown) this.findMean();
    return this.knownLogMean;
  }

  /** Mean after the timeout's cut, ms. */
  get meanMs(): number {
    if (!this.isMeanKnown) this.findMean();
    return this.knownMeanMs;
  }

  get concurrencyMax(): number {
    return min(this.peak(), this.regime.reservedConcurrency ?? Infinity);
  }

  private get errors(): number {
    if (!this.areErrorsKnown) this.drawErrors();
    return this.knownErrors;
  }

  private get durationSumMs(): number {
    if (!this.areDurationsKnown) this.drawDurations();
    return this.knownSumMs;
  }

  private get durationMaxMs(): number {
    if (!this.areDurationsKnown) this.drawDurations();
    return this.knownMaxMs;
  }

  /** Duration of the atom's i-th invocation, for atoms small enough to be drawn one by one. */
  sampleMs(index: number): number {
    const log = this.shape.logRatioAt(normal(mix(this.hash ^ SALT_SAMPLE ^ (this.partIndex << 16), index)));
    return exp(this.knownLogMean + min(log, this.limitLog));
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
    return min(this.durationMaxMs, this.maximumOf(count, mix(this.hash ^ SALT_MAX, this.fromIndex)));
  }

  /** Most at once, were nothing reserved. */
  private peak(): number {
    const meanLoad = (this.attempts * this.meanMs) / (this.shareOfHour * HOUR_MS);
    return min(this.attempts, max(1, ceil(meanLoad + PEAK_DEVIATIONS * sqrt(meanLoad))));
  }

  private findMean(): void {
    const { regime, part } = this;
    const behaviour = behaviourAt(this.fn, part.memorySizeMb);
    const logMean = behaviour.logMean + log(regime.durationFactor) + HOURLY_DRIFT * normal(this.hash ^ SALT_DRIFT);
    const limitLog = log(part.timeoutS * 1000) - logMean;
    const isLimited = limitLog < behaviour.negligibleLog;
    this.knownShape = behaviour.shape;
    this.spread = behaviour.spread;
    this.knownLogMean = logMean;
    this.limitLog = limitLog;
    this.timeoutShare = isLimited ? 1 - behaviour.shape.cdf(limitLog) : 0;
    this.knownMeanMs = exp(logMean) * (isLimited ? behaviour.shape.limitedShare(limitLog) : 1);
    this.isMeanKnown = true;
  }

  private drawErrors(): void {
    const { fn, regime, part, invocations: n } = this;
    if (!this.isMeanKnown) this.findMean();
    const hash = this.hash ^ (this.partIndex << 8);
    const crashShare = outOfMemoryShare(memoryNeedMb(fn, regime, this.hourMs), part.memorySizeMb);
    const timeouts = this.timeoutShare > 0 ? min(n, poisson(n * this.timeoutShare, mix(hash, 7))) : 0;
    const otherRate = fn.baseErrorRate + regime.extraErrorRate + crashShare;
    const others = crashShare >= 1 ? n : poisson(n * min(1, otherRate), mix(hash ^ SALT_ERRORS, 1));
    this.knownErrors = min(n, timeouts + others);
    this.areErrorsKnown = true;
  }

  private drawDurations(): void {
    const n = this.invocations;
    const hash = this.hash ^ (this.partIndex << 8);
    this.knownMaxMs = 0;
    this.knownSumMs = 0;
    if (n > MOST_EXPLICIT_SAMPLES) {
      const { meanMs } = this;
      this.knownSumMs = n * meanMs * max(0.5, 1 + (this.spread / sqrt(n)) * normal(mix(hash, SALT_MEAN)));
      this.knownMaxMs = this.maximumOf(n, mix(hash, SALT_MAX));
    } else {
      for (let index = 0; index < n; index++) {
        const sample = this.sampleMs(index);
        this.knownSumMs += sample;
        if (sample > this.knownMaxMs) this.knownMaxMs = sample;
      }
    }
    this.areDurationsKnown = true;
  }

  /** The maximum of n independent draws: its distribution function is the single draw's to the n-th power. */
  private maximumOf(n: number, hash: number): number {
    const p = min(uniform(hash) ** (1 / n), 1 - 1e-12);
    const log = this.shape.logRatioAt(probit(p));
    return max(this.knownMeanMs, exp(this.knownLogMean + min(log, this.limitLog)));
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
