import { normalCdf, probit } from './noise.ts';

// Local, because a test runner's sandbox makes every look-up of a global costly.
const { exp, log, max, min, round } = Math;

/** Nothing in production is as even as a benchmark: the least slope keeps a function's maximum above its p99. */
const LEAST_LOG_SPREAD = 0.004;

/** Half a percent of a duration is finer than anything measured. */
const LIMIT_STEPS = 200;

/** A point of a distribution: `ratio` × the mean is not exceeded with probability `p`. */
export interface ShapePoint {
  readonly p: number;
  readonly ratio: number;
}

/**
 * How one function's durations spread around their mean: the logarithm of the ratio to the mean, piecewise linear over
 * the normal score and continued with the outermost slopes. One slope is a log-normal distribution.
 */
export class DurationShape {
  private readonly scores: number[];
  private readonly logRatios: number[];
  private readonly limitedShares = new Map<number, number>();

  private constructor(scores: number[], logRatios: number[]) {
    this.scores = scores;
    this.logRatios = logRatios;
    const shift = log(this.meanRatio());
    for (let index = 0; index < logRatios.length; index++) logRatios[index]! -= shift;
  }

  static logNormal(sigma: number): DurationShape {
    return new DurationShape([-1, 1], [-sigma, sigma]);
  }

  /** Through measured points, made increasing; the lower half mirrors the spread between p50 and p95. */
  static through(points: readonly ShapePoint[]): DurationShape {
    const scores: number[] = [];
    const logs: number[] = [];
    for (const { p, ratio } of [...points].sort((a, b) => a.p - b.p)) {
      const score = probit(p);
      const before = logs.at(-1);
      const floor = before === undefined ? -Infinity : before + LEAST_LOG_SPREAD * (score - scores.at(-1)!);
      scores.push(score);
      logs.push(max(log(ratio), floor));
    }
    const lowerSlope = (logs[1]! - logs[0]!) / (scores[1]! - scores[0]!);
    scores.unshift(scores[0]! - 3);
    logs.unshift(logs[0]! - 3 * lowerSlope);
    return new DurationShape(scores, logs);
  }

  /** Log of the ratio to the mean at a normal score. */
  logRatioAt(score: number): number {
    const { scores, logRatios } = this;
    let upper = 1;
    while (upper < scores.length - 1 && score > scores[upper]!) upper++;
    const x0 = scores[upper - 1]!;
    const y0 = logRatios[upper - 1]!;
    return y0 + ((score - x0) * (logRatios[upper]! - y0)) / (scores[upper]! - x0);
  }

  ratioAt(score: number): number {
    return exp(this.logRatioAt(score));
  }

  /** Probability of a duration up to `exp(logRatio)` × the mean. */
  cdf(logRatio: number): number {
    const { scores, logRatios } = this;
    let upper = 1;
    while (upper < scores.length - 1 && logRatio > logRatios[upper]!) upper++;
    const y0 = logRatios[upper - 1]!;
    const x0 = scores[upper - 1]!;
    return normalCdf(x0 + ((logRatio - y0) * (scores[upper]! - x0)) / (logRatios[upper]! - y0));
  }

  /** What a limit at `exp(limitLog)` × the mean leaves of the mean, as a share of it; remembered in steps of 0.5 %. */
  limitedShare(limitLog: number): number {
    const step = round(limitLog * LIMIT_STEPS);
    let share = this.limitedShares.get(step);
    if (share === undefined) {
      share = this.computeLimitedShare(exp(step / LIMIT_STEPS));
      this.limitedShares.set(step, share);
    }
    return share;
  }

  private computeLimitedShare(limit: number): number {
    let limited = 0;
    let free = 0;
    for (const score of COARSE_SCORES) {
      const ratio = this.ratioAt(score);
      free += ratio;
      limited += min(limit, ratio);
    }
    return limited / free;
  }

  /** Mean over equal slices of probability; the outermost slices' middles lie at one invocation in 4,000. */
  private meanRatio(): number {
    let sum = 0;
    for (const score of FINE_SCORES) sum += this.ratioAt(score);
    return sum / FINE_SCORES.length;
  }
}

function sliceScores(slices: number): Float64Array {
  return Float64Array.from({ length: slices }, (_, index) => probit((index + 0.5) / slices));
}

const FINE_SCORES = sliceScores(2000);
/** For what is computed every simulated hour. */
const COARSE_SCORES = sliceScores(64);
