import type { MetricDatum, PutMetricDataCommandInput, PutMetricDataCommandOutput } from '@aws-sdk/client-cloudwatch';
import type { AccountContext } from '../core/account-context.ts';
import { type Operation, operation } from '../core/operation.ts';
import { UnsupportedByAccountError } from '../core/unsupported.ts';
import type { BucketGrid } from '../telemetry.ts';
import { invalidCombination, invalidValue } from './errors.ts';
import type { MetricIdentity, MetricSource, Statistic } from './metric-source.ts';

interface Sample {
  readonly atMs: number;
  readonly count: number;
  readonly sum: number;
  readonly min: number;
  readonly max: number;
  /** Single values with their counts; absent for statistic sets, which have no percentiles. */
  readonly values: readonly (readonly [value: number, count: number])[] | undefined;
}

const MOST_DATA_PER_CALL = 1_000;
const MOST_DIMENSIONS = 30;
const MOST_VALUES = 150;

/** Metrics that callers put themselves. */
export class CustomMetrics implements MetricSource {
  private readonly context: AccountContext;
  private readonly samples = new Map<string, Sample[]>();

  constructor(context: AccountContext) {
    this.context = context;
  }

  putMetricData(): Operation {
    return operation<PutMetricDataCommandInput, PutMetricDataCommandOutput>(['Namespace', 'MetricData'], (input) => {
      if (input.Namespace?.startsWith('AWS/')) throw invalidValue('The value AWS/ for parameter Namespace is invalid.');
      const data = input.MetricData ?? [];
      if (data.length > MOST_DATA_PER_CALL) {
        throw invalidValue(`The collection MetricData must not have a size greater than ${MOST_DATA_PER_CALL}.`);
      }
      const samples = data.map((datum) => [this.keyOf(input.Namespace!, datum), this.sampleOf(datum)] as const);
      for (const [key, sample] of samples) {
        const list = this.samples.get(key);
        if (list) list.push(sample);
        else this.samples.set(key, [sample]);
      }
      return {};
    });
  }

  series(metric: MetricIdentity, statistic: Statistic, grid: BucketGrid): Float64Array | undefined {
    const samples = this.samples.get(metricKey(metric.namespace, metric.metricName, metric.dimensions));
    if (!samples) return undefined;
    return Float64Array.from({ length: grid.count }, (_, bucket) => {
      const from = grid.startMs + bucket * grid.periodMs;
      const inside = samples.filter((sample) => sample.atMs >= from && sample.atMs < from + grid.periodMs);
      return inside.length === 0 ? Number.NaN : aggregate(inside, statistic);
    });
  }

  private keyOf(namespace: string, datum: MetricDatum): string {
    const dimensions = datum.Dimensions ?? [];
    if (dimensions.length > MOST_DIMENSIONS) throw invalidValue(`at most ${MOST_DIMENSIONS} dimensions`);
    return metricKey(namespace, datum.MetricName!, new Map(dimensions.map(({ Name, Value }) => [Name!, Value!])));
  }

  private sampleOf(datum: MetricDatum): Sample {
    const atMs = datum.Timestamp?.getTime() ?? this.context.clock.now();
    const given = [datum.Value, datum.Values, datum.StatisticValues].filter((part) => part !== undefined);
    if (given.length !== 1) throw invalidCombination('exactly one of Value, Values and StatisticValues must be given');
    const set = datum.StatisticValues;
    if (set) {
      return { atMs, count: set.SampleCount!, sum: set.Sum!, min: set.Minimum!, max: set.Maximum!, values: undefined };
    }
    const list = datum.Values ?? [datum.Value!];
    const counts = datum.Counts ?? list.map(() => 1);
    if (list.length !== counts.length || list.length > MOST_VALUES)
      throw invalidValue('Values and Counts do not match');
    if (list.some((value) => !Number.isFinite(value)))
      throw invalidValue('The value for parameter MetricData.member.Value is invalid.');
    const values = list.map((value, index) => [value, counts[index]!] as const);
    return {
      atMs,
      values,
      count: counts.reduce((sum, count) => sum + count, 0),
      sum: values.reduce((sum, [value, count]) => sum + value * count, 0),
      min: Math.min(...list),
      max: Math.max(...list),
    };
  }
}

function metricKey(namespace: string, name: string, dimensions: ReadonlyMap<string, string>): string {
  return JSON.stringify([namespace, name, [...dimensions].sort(([a], [b]) => (a < b ? -1 : 1))]);
}

function aggregate(samples: readonly Sample[], statistic: Statistic): number {
  const count = samples.reduce((sum, sample) => sum + sample.count, 0);
  const total = samples.reduce((sum, sample) => sum + sample.sum, 0);
  switch (statistic.kind) {
    case 'Sum':
      return total;
    case 'SampleCount':
      return count;
    case 'Average':
      return total / count;
    case 'Minimum':
      return Math.min(...samples.map((sample) => sample.min));
    case 'Maximum':
      return Math.max(...samples.map((sample) => sample.max));
    case 'Percentile':
      return percentile(samples, statistic.p, count);
  }
}

function percentile(samples: readonly Sample[], p: number, count: number): number {
  if (samples.some((sample) => !sample.values)) throw new UnsupportedByAccountError('percentiles of statistic sets');
  const sorted = samples.flatMap((sample) => sample.values!).sort(([a], [b]) => a - b);
  let left = Math.max(1, Math.ceil(p * count));
  for (const [value, times] of sorted) {
    left -= times;
    if (left <= 0) return value;
  }
  return sorted.at(-1)![0];
}
