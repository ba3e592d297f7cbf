/** Probability that a standard normal variable is below x (Abramowitz and Stegun 7.1.26, error below 2e-7). */
export function normalCdf(x: number): number {
  const scaled = Math.abs(x) / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * scaled);
  const polynomial = ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t;
  const upper = 1 - polynomial * Math.exp(-scaled * scaled);
  return x < 0 ? (1 - upper) / 2 : (1 + upper) / 2;
}
