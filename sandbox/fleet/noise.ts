// Local, because a test runner's sandbox makes every look-up of a global costly.
const { abs, exp, floor, imul, log, max, round, sqrt } = Math;

/**
 * Randomness as a pure function of integers: every figure of the fleet is `hash(seed, function, hour, salt)`, so that
 * it depends neither on the order of calls nor on anything stored.
 */

/**
 * Mixes two 32-bit integers into one (murmur3's finalizer over a multiplied sum). Signed, because V8 keeps signed
 * 32-bit integers unboxed.
 */
export function mix(a: number, b: number): number {
  let h = a ^ imul(b, 0x9e3779b1);
  h = imul(h ^ (h >>> 16), 0x85ebca6b);
  h = imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/** FNV-1a over UTF-16 code units: a text's 32-bit seed. */
export function hashText(text: string): number {
  let h = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) h = imul(h ^ text.charCodeAt(index), 0x01000193);
  return h;
}

/** Uniform in the open interval (0, 1). */
export function uniform(hash: number): number {
  return ((hash >>> 0) + 0.5) / 4294967296;
}

/**
 * Inverse of the standard normal distribution function (Acklam's rational approximation, relative error below 1.2e-9).
 * https://web.archive.org/web/20151030215612/http://home.online.no/~pjacklam/notes/invnorm/
 */
export function probit(p: number): number {
  if (p < 0.02425) return tailProbit(sqrt(-2 * log(p)));
  if (p > 0.97575) return -tailProbit(sqrt(-2 * log(1 - p)));
  const q = p - 0.5;
  const r = q * q;
  return (
    ((((((-39.69683028665376 * r + 220.9460984245205) * r - 275.9285104469687) * r + 138.357751867269) * r -
      30.66479806614716) *
      r +
      2.506628277459239) *
      q) /
    (((((-54.47609879822406 * r + 161.5858368580409) * r - 155.6989798598866) * r + 66.80131188771972) * r -
      13.28068155288572) *
      r +
      1)
  );
}

function tailProbit(q: number): number {
  return (
    (((((-0.007784894002430293 * q - 0.3223964580411365) * q - 2.400758277161838) * q - 2.549732539343734) * q +
      4.374664141464968) *
      q +
      2.938163982698783) /
    ((((0.007784695709041462 * q + 0.3224671290700398) * q + 2.445134137142996) * q + 3.754408661907416) * q + 1)
  );
}

const TABLE_BITS = 12;
const TABLE_LAST = 2 ** TABLE_BITS - 1;
const REST_BITS = 32 - TABLE_BITS;
/** Edges of equal slices of probability; the outermost are infinite and never read. */
const SLICE_EDGES = Float64Array.from({ length: TABLE_LAST + 2 }, (_, edge) => probit(edge / (TABLE_LAST + 1)));

/**
 * Standard normal from a hash: interpolated within 1 of 4,096 slices of probability, exact in the two outermost. Five
 * times as fast as the function itself, and a fleet's metrics are made of little else.
 */
export function normal(hash: number): number {
  const slice = hash >>> REST_BITS;
  if (slice === 0 || slice === TABLE_LAST) return probit(uniform(hash));
  const low = SLICE_EDGES[slice]!;
  return low + (SLICE_EDGES[slice + 1]! - low) * ((hash & (2 ** REST_BITS - 1)) / 2 ** REST_BITS);
}

/** Standard normal distribution function (Abramowitz and Stegun 26.2.17, absolute error below 7.5e-8). */
export function normalCdf(z: number): number {
  const t = 1 / (1 + 0.2316419 * abs(z));
  const density = 0.3989422804014327 * exp((-z * z) / 2);
  const tail =
    density * t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return z > 0 ? 1 - tail : tail;
}

/** Above this expectation a rounded normal is as good as a Poisson draw, and costs the same for any rate. */
const POISSON_BY_NORMAL_FROM = 30;

/** A Poisson count from one hash. */
export function poisson(expected: number, hash: number): number {
  if (expected <= 0) return 0;
  if (expected >= POISSON_BY_NORMAL_FROM) return max(0, round(expected + sqrt(expected) * normal(hash)));
  const u = uniform(hash);
  let probability = exp(-expected);
  let cumulative = probability;
  let count = 0;
  while (u > cumulative && count < 200) {
    count++;
    probability *= expected / count;
    cumulative += probability;
  }
  return count;
}

/** A generator for building a fleet: a stream of hashes from one seed, in the order of its calls. */
export class SeededStream {
  private state: number;
  private counter = 0;

  constructor(seed: number, name: string) {
    this.state = mix(seed, hashText(name));
  }

  next(): number {
    this.counter++;
    return mix(this.state, this.counter);
  }

  uniform(): number {
    return uniform(this.next());
  }

  normal(): number {
    return normal(this.next());
  }

  chance(probability: number): boolean {
    return this.uniform() < probability;
  }

  pick<T>(choices: readonly T[]): T {
    return choices[floor(this.uniform() * choices.length)]!;
  }

  /** Picks by weight from `[choice, weight]` pairs. */
  weighted<T>(choices: readonly (readonly [T, number])[]): T {
    const total = choices.reduce((sum, [, weight]) => sum + weight, 0);
    let left = this.uniform() * total;
    for (const [choice, weight] of choices) {
      left -= weight;
      if (left <= 0) return choice;
    }
    return choices[choices.length - 1]![0];
  }
}
