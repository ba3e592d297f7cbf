import type { BucketGrid } from '../telemetry.ts';

/** A statistic as CloudWatch names it. */
export type Statistic =
  | { readonly kind: 'Sum' | 'Average' | 'Minimum' | 'Maximum' | 'SampleCount' }
  | { readonly kind: 'Percentile'; readonly p: number };

export interface MetricIdentity {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: ReadonlyMap<string, string>;
}

/** Values of one metric over a grid; NaN where there is no data point. Undefined: no such metric, hence no data. */
export interface MetricSource {
  series(metric: MetricIdentity, statistic: Statistic, grid: BucketGrid): Float64Array | undefined;
}

const PERCENTILE = /^p(\d{1,2}(?:\.\d{1,10})?|100)$/;

/** Undefined for trimmed means and the other forms that are not implemented. */
export function parseStatistic(text: string): Statistic | undefined {
  if (['Sum', 'Average', 'Minimum', 'Maximum', 'SampleCount'].includes(text)) {
    return { kind: text } as Statistic;
  }
  const percentile = PERCENTILE.exec(text);
  return percentile ? { kind: 'Percentile', p: Number(percentile[1]) / 100 } : undefined;
}
