import type {
  GetMetricDataCommandInput,
  GetMetricDataCommandOutput,
  MetricDataQuery,
  MetricDataResult,
} from '@aws-sdk/client-cloudwatch';
import type { AccountContext } from '../core/account-context.ts';
import { type Operation, operation } from '../core/operation.ts';
import { UnsupportedByAccountError } from '../core/unsupported.ts';
import type { BucketGrid } from '../telemetry.ts';
import { invalidCombination, invalidValue, validationError } from './errors.ts';
import { type MetricIdentity, type MetricSource, parseStatistic, type Statistic } from './metric-source.ts';

const MOST_QUERIES = 500;
const MOST_DATA_POINTS = 100_800;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** How long data points of a period are kept: 1 minute 15 days, 5 minutes 63, 1 hour 455 (CloudWatch user guide). */
function keptMs(periodS: number): number {
  if (periodS < 60) return 3 * HOUR_MS;
  if (periodS % 3600 === 0) return 455 * DAY_MS;
  return periodS % 300 === 0 ? 63 * DAY_MS : 15 * DAY_MS;
}

/** Start times are rounded down, the coarser the older. */
function roundedStartMs(startMs: number, nowMs: number): number {
  const age = nowMs - startMs;
  const step = age > 63 * DAY_MS ? HOUR_MS : age > 15 * DAY_MS ? 5 * MINUTE_MS : MINUTE_MS;
  return Math.floor(startMs / step) * step;
}

/** What of the quotas on data points a call takes. */
export interface AskedPoints {
  readonly quota: 'olderPoints' | 'recentPoints';
  readonly points: number;
}

/**
 * The data points a call is estimated at: of its range and periods, whether there is data or not. Asking for what is
 * older than three hours has a quota of its own. A further page asks for what the first one was estimated at.
 */
export function askedPoints(input: Record<string, unknown>, nowMs: number): AskedPoints {
  // The command's name was checked when the operation was registered.
  const { MetricDataQueries = [], StartTime, EndTime, NextToken } = input as unknown as GetMetricDataCommandInput;
  const seconds = Math.max(0, EndTime!.getTime() - StartTime!.getTime()) / 1000;
  const points = MetricDataQueries.reduce(
    (sum, { MetricStat, Period }) => sum + Math.ceil(seconds / (MetricStat?.Period ?? Period ?? 60)),
    0,
  );
  const quota = nowMs - StartTime!.getTime() > 3 * HOUR_MS ? 'olderPoints' : 'recentPoints';
  return { quota, points: NextToken === undefined ? points : 0 };
}

interface Query {
  readonly id: string;
  readonly label: string;
  readonly metric: MetricIdentity;
  readonly statistic: Statistic;
  readonly periodS: number;
}

/** Where a page begins: a query, and a point within it. */
interface Position {
  readonly query: number;
  readonly point: number;
}

/** GetMetricData for MetricStat queries; expressions are refused. `sourceOf` finds who answers for a namespace. */
export function getMetricData(context: AccountContext, sourceOf: (namespace: string) => MetricSource): Operation {
  return operation<GetMetricDataCommandInput, GetMetricDataCommandOutput>(
    ['MetricDataQueries', 'StartTime', 'EndTime', 'NextToken', 'ScanBy', 'MaxDatapoints'],
    (input) => {
      const queries = parseQueries(input.MetricDataQueries ?? []);
      const startMs = roundedStartMs(input.StartTime!.getTime(), context.clock.now());
      const endMs = input.EndTime!.getTime();
      if (endMs <= startMs) throw validationError('The parameter StartTime must be less than the parameter EndTime.');
      const budget = Math.min(input.MaxDatapoints ?? MOST_DATA_POINTS, MOST_DATA_POINTS);
      const page = new MetricPage(budget, input.ScanBy !== 'TimestampAscending');
      const from = parseToken(input.NextToken, queries.length);
      const dates = new Map<number, Date>();
      for (let index = from.query; index < queries.length && !page.next; index++) {
        const query = queries[index]!;
        const grid = gridOf(query.periodS, startMs, endMs);
        const values = sourceOf(query.metric.namespace).series(query.metric, query.statistic, grid);
        page.add(
          query,
          index,
          index === from.query ? from.point : 0,
          pointsOf(values, grid, context.clock.now()),
          grid,
          dates,
        );
      }
      return { MetricDataResults: page.results, Messages: [], NextToken: page.next };
    },
  );
}

function gridOf(periodS: number, startMs: number, endMs: number): BucketGrid {
  const periodMs = periodS * 1000;
  return { startMs, periodMs, count: Math.ceil((endMs - startMs) / periodMs) };
}

interface Points {
  /** Buckets that have a data point, oldest first. */
  readonly buckets: number[];
  readonly values: Float64Array;
}

function pointsOf(values: Float64Array | undefined, grid: BucketGrid, nowMs: number): Points {
  const buckets: number[] = [];
  if (!values) return { buckets, values: new Float64Array(0) };
  const oldestMs = nowMs - keptMs(grid.periodMs / 1000);
  for (let bucket = 0; bucket < values.length; bucket++) {
    const atMs = grid.startMs + bucket * grid.periodMs;
    if (!Number.isNaN(values[bucket]!) && atMs >= oldestMs && atMs <= nowMs) buckets.push(bucket);
  }
  return { buckets, values };
}

/** Fills one response up to its number of data points. */
class MetricPage {
  readonly results: MetricDataResult[] = [];
  next: string | undefined;
  private left: number;
  private readonly isDescending: boolean;

  constructor(budget: number, isDescending: boolean) {
    this.left = budget;
    this.isDescending = isDescending;
  }

  add(
    query: Query,
    index: number,
    fromPoint: number,
    points: Points,
    grid: BucketGrid,
    dates: Map<number, Date>,
  ): void {
    const { buckets, values } = points;
    const total = buckets.length;
    if (total > fromPoint && this.left === 0) {
      this.next = tokenFor({ query: index, point: fromPoint });
      return;
    }
    const until = Math.min(total, fromPoint + this.left);
    const Timestamps: Date[] = [];
    const Values: number[] = [];
    for (let point = fromPoint; point < until; point++) {
      const bucket = buckets[this.isDescending ? total - 1 - point : point]!;
      Timestamps.push(dateAt(grid.startMs + bucket * grid.periodMs, dates));
      Values.push(values[bucket]!);
    }
    this.left -= until - fromPoint;
    const isWhole = until === total;
    if (!isWhole) this.next = tokenFor({ query: index, point: until });
    this.results.push({
      Id: query.id,
      Label: query.label,
      Timestamps,
      Values,
      StatusCode: isWhole ? 'Complete' : 'PartialData',
    });
  }
}

/** Five million points of one night share a few hundred Date objects; nobody may change them. */
function dateAt(ms: number, dates: Map<number, Date>): Date {
  let date = dates.get(ms);
  if (!date) {
    date = new Date(ms);
    dates.set(ms, date);
  }
  return date;
}

function tokenFor(position: Position): string {
  return Buffer.from(`metrics:${position.query}:${position.point}`).toString('base64url');
}

function parseToken(token: string | undefined, queries: number): Position {
  if (token === undefined) return { query: 0, point: 0 };
  const match = /^metrics:(\d+):(\d+)$/.exec(Buffer.from(token, 'base64url').toString());
  if (!match || Number(match[1]) >= queries) throw invalidValue('The token is invalid');
  return { query: Number(match[1]), point: Number(match[2]) };
}

function parseQueries(given: readonly MetricDataQuery[]): Query[] {
  if (given.length === 0) throw validationError('The parameter MetricDataQueries is required.');
  if (given.length > MOST_QUERIES) {
    throw validationError(`The collection MetricDataQueries must not have a size greater than ${MOST_QUERIES}.`);
  }
  const ids = new Set(given.map((query) => query.Id));
  if (ids.size !== given.length)
    throw validationError('The values for parameter Id in MetricDataQueries must be unique.');
  return given.filter((query) => query.ReturnData !== false).map(parseQuery);
}

function parseQuery(query: MetricDataQuery): Query {
  if (!/^[a-z]\w*$/.test(query.Id ?? '')) {
    throw validationError(
      `The value ${query.Id} for parameter MetricDataQueries.member.Id is not matching the expected pattern ^[a-z][a-zA-Z0-9_]*$.`,
    );
  }
  if (query.Expression !== undefined)
    throw new UnsupportedByAccountError('GetMetricData with Expression (metric math)');
  const { MetricStat: stat, AccountId } = query;
  if (AccountId !== undefined || stat?.Unit !== undefined)
    throw new UnsupportedByAccountError('GetMetricData with AccountId or Unit');
  if (!stat?.Metric?.Namespace || !stat.Metric.MetricName) {
    throw invalidCombination(
      'Exactly one of MetricStat and Expression must be specified, with a namespace and a metric name.',
    );
  }
  const dimensions = new Map((stat.Metric.Dimensions ?? []).map(({ Name, Value }) => [Name!, Value!]));
  return {
    id: query.Id!,
    label: query.Label ?? `${[...dimensions.values()].join(' ')} ${stat.Metric.MetricName}`.trim(),
    metric: { namespace: stat.Metric.Namespace, metricName: stat.Metric.MetricName, dimensions },
    statistic: requireStatistic(stat.Stat),
    periodS: requirePeriod(stat.Period),
  };
}

function requireStatistic(text: string | undefined): Statistic {
  const statistic = parseStatistic(text ?? '');
  if (!statistic) throw new UnsupportedByAccountError(`GetMetricData with Stat=${text}`);
  return statistic;
}

function requirePeriod(period: number | undefined): number {
  const isValid = period !== undefined && period > 0 && (period % 60 === 0 || [1, 5, 10, 30].includes(period));
  if (!isValid) throw invalidValue(`Period must be 1, 5, 10, 30 or a multiple of 60, got ${period}`);
  return period;
}
