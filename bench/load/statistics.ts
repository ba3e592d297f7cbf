/** The smallest value that at least the given share of the values do not exceed; NaN of nothing. */
export function percentile(values: readonly number[], share: number): number {
  if (values.length === 0) return Number.NaN;
  const ascending = [...values].sort((a, b) => a - b);
  return ascending[Math.min(ascending.length - 1, Math.max(0, Math.ceil(share * ascending.length) - 1))]!;
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/**
 * Where the median lies with 95 % confidence, whatever the distribution: the values whose ranks are 1.96 standard
 * deviations of the binomial (n, ½) off the middle. NaN of nothing.
 */
export function medianInterval95(values: readonly number[]): Interval {
  if (values.length === 0) return { low: Number.NaN, high: Number.NaN };
  const ascending = [...values].sort((a, b) => a - b);
  const reach = (1.96 * Math.sqrt(ascending.length)) / 2;
  const at = (rank: number) => ascending[Math.min(ascending.length - 1, Math.max(0, rank - 1))]!;
  return { low: at(Math.floor(ascending.length / 2 - reach)), high: at(Math.ceil(ascending.length / 2 + 1 + reach)) };
}

export function rounded(value: number, digits = 1): number {
  return Number(value.toFixed(digits));
}
