/** Beyond so many deviations the formula's own error is larger than what is left. */
export const CERTAIN_DEVIATIONS = 5.2;

/** Probability that a standard normal variable is below x (Abramowitz and Stegun 7.1.26, error below 2e-7). */
export function normalCdf(x: number): number {
  if (x > CERTAIN_DEVIATIONS) return 1;
  if (x < -CERTAIN_DEVIATIONS) return 0;
  const scaled = Math.abs(x) / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * scaled);
  const polynomial = ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t;
  const upper = 1 - polynomial * Math.exp(-scaled * scaled);
  return x < 0 ? (1 - upper) / 2 : (1 + upper) / 2;
}

/** Standard normal draws from a seed (mulberry32 and Box–Muller). */
export function seededNormals(count: number, seed: number): Float64Array {
  const uniform = mulberry32(seed);
  const normals = new Float64Array(count);
  for (let index = 0; index < count; index++) {
    normals[index] = Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  }
  return normals;
}

function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
