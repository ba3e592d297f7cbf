import type { MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import { itemBytes } from './item-size.ts';

const READ_UNIT_BYTES = 4_096;
const WRITE_UNIT_BYTES = 1_024;
/** Statistics of one metric in one request that are billed as one metric. */
const STATISTICS_PER_METRIC = 5;

type Item = Record<string, unknown>;
type Fields = Record<string, unknown>;

/** What is billed by what is in a call, and not by the call. */
export interface MeteredCalls {
  metricsRead: number;
  logBytesScanned: number;
  readUnits: number;
  writeUnits: number;
  objectsWritten: number;
  objectsRead: number;
  published: number;
  events: number;
}

/** Counts the units that AWS would bill for calls, from what went in and what came out. */
export class CallMeter {
  readonly counted: MeteredCalls = {
    metricsRead: 0,
    logBytesScanned: 0,
    readUnits: 0,
    writeUnits: 0,
    objectsWritten: 0,
    objectsRead: 0,
    published: 0,
    events: 0,
  };
  private readonly finishedQueries = new Set<string>();
  private readonly counters: Readonly<Record<string, (input: Fields, answer: Fields) => void>> = {
    'CloudWatch.GetMetricData': (input) => this.metrics((input['MetricDataQueries'] ?? []) as MetricDataQuery[]),
    'CloudWatchLogs.GetQueryResults': (input, answer) => this.scan(String(input['queryId']), answer),
    'DynamoDB.GetItem': (input, { Item: item }) => this.read([item as Item | undefined], input['ConsistentRead']),
    'DynamoDB.BatchGetItem': (input, answer) => this.batch(input, answer),
    'DynamoDB.Query': (input, { Items }) => this.query((Items ?? []) as Item[], input['ConsistentRead']),
    'DynamoDB.PutItem': ({ Item: item }) => this.write(item as Item),
    'DynamoDB.UpdateItem': (_, { Attributes }) => this.write((Attributes ?? {}) as Item),
    'S3.PutObject': () => this.add('objectsWritten', 1),
    'S3.ListObjectsV2': () => this.add('objectsWritten', 1),
    'S3.GetObject': () => this.add('objectsRead', 1),
    'SNS.Publish': () => this.add('published', 1),
    'EventBridge.PutEvents': ({ Entries }) => this.add('events', (Entries as unknown[]).length),
  };

  answered(call: string, input: Fields, answer: object): void {
    this.counters[call]?.(input, answer as Fields);
  }

  /** A write that its condition refused is billed as well; how large the item was, nobody says. */
  refused(call: string): void {
    if (call === 'DynamoDB.PutItem' || call === 'DynamoDB.UpdateItem') this.add('writeUnits', 1);
  }

  private add(what: keyof MeteredCalls, units: number): void {
    this.counted[what] += units;
  }

  private metrics(queries: readonly MetricDataQuery[]): void {
    const statistics = new Map<string, number>();
    for (const { MetricStat } of queries) {
      const metric = JSON.stringify(MetricStat?.Metric);
      statistics.set(metric, (statistics.get(metric) ?? 0) + 1);
    }
    for (const asked of statistics.values()) this.add('metricsRead', Math.ceil(asked / STATISTICS_PER_METRIC));
  }

  private scan(queryId: string, { status, statistics }: Fields): void {
    if (status !== 'Complete' || this.finishedQueries.has(queryId)) return;
    this.finishedQueries.add(queryId);
    this.add('logBytesScanned', (statistics as { bytesScanned?: number } | undefined)?.bytesScanned ?? 0);
  }

  /** Each item by itself; one that is not there costs a unit. */
  private read(items: readonly (Item | undefined)[], isConsistent: unknown): void {
    for (const item of items) this.add('readUnits', readUnits(item === undefined ? 0 : itemBytes(item), isConsistent));
  }

  private batch({ RequestItems }: Fields, { Responses }: Fields): void {
    for (const [table, { Keys, ConsistentRead }] of Object.entries(RequestItems as Record<string, BatchOfKeys>)) {
      const found = (Responses as Record<string, Item[]> | undefined)?.[table] ?? [];
      this.read([...found, ...Array.from({ length: Keys.length - found.length }, () => undefined)], ConsistentRead);
    }
  }

  /** All items of a page together. */
  private query(items: readonly Item[], isConsistent: unknown): void {
    const bytes = items.reduce((sum, item) => sum + itemBytes(item), 0);
    this.add('readUnits', readUnits(bytes, isConsistent));
  }

  /** An item in the sparse index of open changes is written there as well. */
  private write(item: Item): void {
    const units = Math.max(1, Math.ceil(itemBytes(item) / WRITE_UNIT_BYTES));
    this.add('writeUnits', item['openPartition'] === undefined ? units : 2 * units);
  }
}

interface BatchOfKeys {
  Keys: unknown[];
  ConsistentRead?: boolean;
}

function readUnits(bytes: number, isConsistent: unknown): number {
  const units = Math.max(1, Math.ceil(bytes / READ_UNIT_BYTES));
  return isConsistent === true ? units : units / 2;
}
