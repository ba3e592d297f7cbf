import type { Statistic } from '@aws-sdk/client-cloudwatch';
import { UnsupportedByAccountError } from '../core/unsupported.ts';
import type { BucketGrid } from '../telemetry.ts';
import { type MetricIdentity, type MetricSource, parseStatistic } from './metric-source.ts';

/** A grouped Metrics Insights query over one dimension. */
export interface InsightsQuery {
  readonly aggregate: 'SUM' | 'MAX' | 'AVG';
  readonly namespace: string;
  readonly metricName: string;
  readonly dimension: string;
  readonly descending: boolean;
  readonly limit: number;
}

const QUERY =
  /^\s*SELECT (SUM|MAX|AVG)\((\w+)\) FROM SCHEMA\("([\w/]+)", (\w+)\) GROUP BY (\w+) ORDER BY \1\(\) (ASC|DESC)(?: LIMIT (\d+))?\s*$/;
/** A query returns at most so many time series. */
const MOST_SERIES = 500;
const STATISTICS = { SUM: 'Sum', MAX: 'Maximum', AVG: 'Average' } as const satisfies Record<string, Statistic>;

/** The one form of query that is implemented; any other is refused. */
export function parseInsights(text: string): InsightsQuery {
  const match = QUERY.exec(text);
  if (!match || match[4] !== match[5]) throw new UnsupportedByAccountError(`Metrics Insights query ${text}`);
  return {
    aggregate: match[1] as InsightsQuery['aggregate'],
    metricName: match[2]!,
    namespace: match[3]!,
    dimension: match[4]!,
    descending: match[6] === 'DESC',
    limit: Math.min(MOST_SERIES, Number(match[7] ?? MOST_SERIES)),
  };
}

/** Values of single metrics, of an account's sums and of groups; NaN where there is no data point. */
export class MetricReader {
  private readonly sourceOf: (namespace: string) => MetricSource;
  private readonly functionNames: () => readonly string[];

  constructor(sourceOf: (namespace: string) => MetricSource, functionNames: () => readonly string[]) {
    this.sourceOf = sourceOf;
    this.functionNames = functionNames;
  }

  /** AWS/Lambda without dimensions is every function together; only counts and maxima can be put together here. */
  read(metric: MetricIdentity, stat: string, grid: BucketGrid): number[] {
    if (metric.namespace !== 'AWS/Lambda' || metric.dimensions.size > 0) return this.single(metric, stat, grid);
    const series = this.functionNames().map((name) => this.single(of(metric, 'FunctionName', name), stat, grid));
    if (stat !== 'Sum' && stat !== 'Maximum') {
      throw new UnsupportedByAccountError(`statistic ${stat} of AWS/Lambda over all functions`);
    }
    return Array.from({ length: grid.count }, (_, bucket) => {
      const values = series.map((each) => each[bucket]!).filter((value) => !Number.isNaN(value));
      if (values.length === 0) return Number.NaN;
      return stat === 'Sum' ? values.reduce((sum, value) => sum + value, 0) : Math.max(...values);
    });
  }

  /** One series a group, in the query's order; groups without any data point are none. */
  group(query: InsightsQuery, grid: BucketGrid): { name: string; values: number[] }[] {
    if (query.dimension !== 'FunctionName') {
      throw new UnsupportedByAccountError(`Metrics Insights by ${query.dimension}`);
    }
    const { namespace, metricName, dimension } = query;
    const groups = this.functionNames().map((name) => ({
      name,
      values: this.single(
        { namespace, metricName, dimensions: new Map([[dimension, name]]) },
        STATISTICS[query.aggregate],
        grid,
      ),
    }));
    const total = ({ values }: { values: number[] }) =>
      values.filter((value) => !Number.isNaN(value)).reduce((sum, value) => sum + value, 0);
    return groups
      .filter(({ values }) => values.some((value) => !Number.isNaN(value)))
      .sort((a, b) => (query.descending ? total(b) - total(a) : total(a) - total(b)))
      .slice(0, query.limit);
  }

  private single(metric: MetricIdentity, stat: string, grid: BucketGrid): number[] {
    const statistic = parseStatistic(stat);
    if (!statistic) throw new UnsupportedByAccountError(`statistic ${stat}`);
    const values = this.sourceOf(metric.namespace).series(metric, statistic, grid);
    return values ? [...values] : new Array<number>(grid.count).fill(Number.NaN);
  }
}

const of = (metric: MetricIdentity, dimension: string, value: string): MetricIdentity => ({
  ...metric,
  dimensions: new Map([[dimension, value]]),
});
