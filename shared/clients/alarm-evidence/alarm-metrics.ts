import { CloudWatchClient, GetMetricDataCommand, type MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import { callAws } from '../aws-call.ts';
import { createClient } from '../sdk.ts';

export interface TimeSpan {
  fromMs: number;
  toMs: number;
}

export interface LambdaFigures {
  invocations: number;
  errors: number;
  throttles: number;
  /** Mean of the minutes' percentiles. */
  p95DurationMs: number | undefined;
  maxDurationMs: number | undefined;
}

export interface TableFigures {
  throttled: { reads: number; writes: number };
  /** Units a second, the busiest minute's. */
  consumed: { readUnits: number; writeUnits: number };
}

/** Which function of the account has most of something. */
export type Ranking = 'Errors' | 'Throttles' | 'DeadLetterErrors' | 'Duration';

/** Metrics of the last minutes, of the resource that an alarm blames. */
export interface AlarmMetrics {
  readFunction(functionName: string, span: TimeSpan): Promise<LambdaFigures>;
  readTable(tableName: string, span: TimeSpan): Promise<TableFigures>;
  /** Names of functions by the sum of a metric, the largest first; one Metrics Insights query. */
  rankFunctions(metricName: Ranking, span: TimeSpan): Promise<string[]>;
}

const PERMISSION = 'cloudwatch:GetMetricData';
const MINUTE_SECONDS = 60;
const RANKED = 10;

export function createAlarmMetrics(): AlarmMetrics {
  const cloudwatch = createClient(CloudWatchClient);
  return {
    readFunction: async (functionName, span) => {
      const metric = (name: string, stat: string) =>
        stats('AWS/Lambda', name, { FunctionName: functionName }, stat, MINUTE_SECONDS);
      const values = await read(cloudwatch, span, {
        invocations: metric('Invocations', 'Sum'),
        errors: metric('Errors', 'Sum'),
        throttles: metric('Throttles', 'Sum'),
        p95: metric('Duration', 'p95'),
        maximum: metric('Duration', 'Maximum'),
      });
      return {
        invocations: sum(values['invocations']),
        errors: sum(values['errors']),
        throttles: sum(values['throttles']),
        p95DurationMs: mean(values['p95']),
        maxDurationMs: maximum(values['maximum']),
      };
    },
    readTable: async (tableName, span) => {
      const metric = (name: string) => stats('AWS/DynamoDB', name, { TableName: tableName }, 'Sum', MINUTE_SECONDS);
      const values = await read(cloudwatch, span, {
        reads: metric('ReadThrottleEvents'),
        writes: metric('WriteThrottleEvents'),
        readUnits: metric('ConsumedReadCapacityUnits'),
        writeUnits: metric('ConsumedWriteCapacityUnits'),
      });
      return {
        throttled: { reads: sum(values['reads']), writes: sum(values['writes']) },
        consumed: {
          readUnits: (maximum(values['readUnits']) ?? 0) / MINUTE_SECONDS,
          writeUnits: (maximum(values['writeUnits']) ?? 0) / MINUTE_SECONDS,
        },
      };
    },
    rankFunctions: (metricName, span) => rankFunctions(cloudwatch, metricName, span),
  };
}

/** CloudWatch's periods are whole minutes. */
const spanSeconds = ({ fromMs, toMs }: TimeSpan): number => Math.ceil((toMs - fromMs) / 60_000) * 60;

const stats = (
  Namespace: string,
  MetricName: string,
  dimensions: Record<string, string>,
  Stat: string,
  Period: number,
): NonNullable<MetricDataQuery['MetricStat']> => ({
  Metric: {
    Namespace,
    MetricName,
    Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
  },
  Period,
  Stat,
});

async function read(
  cloudwatch: CloudWatchClient,
  { fromMs, toMs }: TimeSpan,
  queries: Record<string, NonNullable<MetricDataQuery['MetricStat']>>,
): Promise<Record<string, number[]>> {
  const input = {
    MetricDataQueries: Object.entries(queries).map(([Id, MetricStat]) => ({ Id, MetricStat, ReturnData: true })),
    StartTime: new Date(fromMs),
    EndTime: new Date(toMs),
  };
  const { MetricDataResults: results = [] } = await callAws(PERMISSION, () =>
    cloudwatch.send(new GetMetricDataCommand(input)),
  );
  return Object.fromEntries(results.map(({ Id, Values }) => [Id ?? '', Values ?? []]));
}

async function rankFunctions(
  cloudwatch: CloudWatchClient,
  metricName: Ranking,
  { fromMs, toMs }: TimeSpan,
): Promise<string[]> {
  const query = {
    Id: 'q',
    Expression: `SELECT SUM(${metricName}) FROM SCHEMA("AWS/Lambda", FunctionName) GROUP BY FunctionName ORDER BY SUM() DESC LIMIT ${RANKED}`,
    Period: spanSeconds({ fromMs, toMs }),
  };
  const { MetricDataResults: results = [] } = await callAws(PERMISSION, () =>
    cloudwatch.send(
      new GetMetricDataCommand({
        MetricDataQueries: [query],
        StartTime: new Date(fromMs),
        EndTime: new Date(toMs),
      }),
    ),
  );
  return results
    .map(({ Label, Values }) => ({ name: Label ?? '', total: sum(Values) }))
    .filter(({ name, total }) => name !== '' && total > 0)
    .sort((a, b) => b.total - a.total)
    .map(({ name }) => name);
}

const sum = (values: readonly number[] = []): number => values.reduce((total, value) => total + value, 0);
const mean = (values: readonly number[] = []): number | undefined =>
  values.length === 0 ? undefined : sum(values) / values.length;
const maximum = (values: readonly number[] = []): number | undefined =>
  values.length === 0 ? undefined : Math.max(...values);
