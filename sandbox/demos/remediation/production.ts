import type { MetricIdentity, MetricSource, Statistic } from '../../account/cloudwatch/metric-source.ts';
import type { SandboxAccount } from '../../account/sandbox-account.ts';
import type { BucketGrid, FunctionLogs, FunctionTelemetry, MetricColumns, ReportRow } from '../../account/telemetry.ts';

const MINUTE_MS = 60_000;

/** What production sees of a function in a minute: the configuration it runs on now. */
export interface MinuteContext {
  readonly atMs: number;
  /** Minutes since the scenario's fault began; negative before. */
  readonly sinceFault: number;
  readonly memorySizeMb: number;
  readonly timeoutSeconds: number;
  readonly reserved: number | undefined;
}

/** One minute of a function; durations in ms. */
export interface FunctionMinute {
  readonly invocations: number;
  readonly errors: number;
  readonly throttles: number;
  readonly meanDurationMs: number;
  readonly p95DurationMs: number;
  readonly maxDurationMs: number;
  readonly maxMemoryUsedMb: number;
  readonly concurrency: number;
}

type Behaviour = (context: MinuteContext) => FunctionMinute;
type Feed = (sinceFault: number, atMs: number) => readonly FedMetric[];

export interface FedMetric {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly value: number;
}

interface PastMinute extends FunctionMinute {
  readonly atMs: number;
  readonly memorySizeMb: number;
}

/**
 * Production, minute by minute. Functions behave by the configuration that the account holds for them at that minute,
 * so that a remedy that helps shows in the metrics, and one that does not, does not.
 */
export class Production implements FunctionTelemetry, MetricSource {
  private readonly account: SandboxAccount;
  private readonly faultAtMs: number;
  private readonly behaviours = new Map<string, Behaviour>();
  private readonly feeds: Feed[] = [];
  private readonly past = new Map<string, PastMinute[]>();
  private readonly fed = new Map<string, Map<number, number>>();

  constructor(account: SandboxAccount, faultAtMs: number) {
    this.account = account;
    this.faultAtMs = faultAtMs;
  }

  addFunction(name: string, behaviour: Behaviour): void {
    this.behaviours.set(name, behaviour);
    this.past.set(name, []);
  }

  /** Metrics of other services and of the application, fed once a minute. */
  addFeed(feed: Feed): void {
    this.feeds.push(feed);
  }

  functionNames(): string[] {
    return [...this.behaviours.keys()];
  }

  /** Lets the minute that begins then happen. */
  step(atMs: number): void {
    const sinceFault = Math.floor((atMs - this.faultAtMs) / MINUTE_MS);
    for (const [name, behaviour] of this.behaviours) {
      const record = this.account.lambda.functions.find(name);
      if (!record) continue;
      const memorySizeMb = record.configuration.MemorySize!;
      const context = { atMs, sinceFault, memorySizeMb, timeoutSeconds: record.configuration.Timeout! };
      const minute = behaviour({ ...context, reserved: record.reservedConcurrency });
      this.past.get(name)!.push({ ...minute, atMs, memorySizeMb });
    }
    for (const feed of this.feeds) for (const each of feed(sinceFault, atMs)) this.feed(each, atMs);
  }

  private feed({ namespace, name, dimensions, value }: FedMetric, atMs: number): void {
    const key = keyOf(namespace, name, Object.entries(dimensions));
    const values = this.fed.get(key) ?? new Map<number, number>();
    values.set(atMs, value);
    this.fed.set(key, values);
  }

  series({ namespace, metricName, dimensions }: MetricIdentity, { kind }: Statistic, grid: BucketGrid) {
    const values = this.fed.get(keyOf(namespace, metricName, [...dimensions]));
    if (!values) return undefined;
    return Float64Array.from({ length: grid.count }, (_, bucket) => {
      const found = minutesOf(grid, bucket).flatMap((atMs) => values.get(atMs) ?? []);
      if (found.length === 0) return Number.NaN;
      const sum = found.reduce((total, value) => total + value, 0);
      if (kind === 'SampleCount') return found.length;
      if (kind === 'Average') return sum / found.length;
      return kind === 'Maximum' ? Math.max(...found) : sum;
    });
  }

  metrics(functionName: string, _filter: unknown, grid: BucketGrid): MetricColumns | undefined {
    const past = this.past.get(functionName);
    if (!past) return undefined;
    const buckets = Array.from({ length: grid.count }, (_, bucket) =>
      within(past, grid.startMs + bucket * grid.periodMs, grid.periodMs),
    );
    const column = (value: (minutes: readonly PastMinute[]) => number) => Float64Array.from(buckets, value);
    const mean = (value: (minute: PastMinute) => number) =>
      column(
        (minutes) => sum(minutes, (each) => value(each) * each.invocations) / sum(minutes, (each) => each.invocations),
      );
    return {
      invocations: column((minutes) => sum(minutes, (each) => each.invocations)),
      errors: column((minutes) => sum(minutes, (each) => each.errors)),
      throttles: column((minutes) => sum(minutes, (each) => each.throttles)),
      durationSumMs: column((minutes) => sum(minutes, (each) => each.meanDurationMs * each.invocations)),
      durationMaxMs: column((minutes) => Math.max(0, ...minutes.map((each) => each.maxDurationMs))),
      concurrencyMax: column((minutes) => Math.max(0, ...minutes.map((each) => each.concurrency))),
      durationQuantileMs: (p) =>
        mean((minute) => (p >= 0.99 ? minute.maxDurationMs : p >= 0.9 ? minute.p95DurationMs : minute.meanDurationMs)),
    };
  }

  insightsMemoryMb(): undefined {
    return undefined;
  }

  expectedDurationMs(): undefined {
    return undefined;
  }

  logs(functionName: string, startMs: number, endMs: number): FunctionLogs | undefined {
    const past = this.past.get(functionName);
    if (!past) return undefined;
    const minutes = within(past, startMs, endMs - startMs).filter((each) => each.invocations > 0);
    const lines = sum(minutes, (each) => each.invocations) * 3;
    return {
      format: 'Text',
      logGroupName: `/aws/lambda/${functionName}`,
      rows: minutes.map(reportRow),
      lines,
      bytes: lines * 150,
    };
  }
}

const reportRow = (minute: PastMinute): ReportRow => ({
  count: minute.invocations,
  durationMs: minute.meanDurationMs,
  billedDurationMs: Math.ceil(minute.meanDurationMs),
  initDurationMs: undefined,
  memorySizeMb: minute.memorySizeMb,
  maxMemoryUsedMb: Math.round(minute.maxMemoryUsedMb),
  status: minute.errors > 0 ? 'failure' : 'success',
});

const keyOf = (namespace: string, name: string, dimensions: readonly (readonly [string, string])[]): string =>
  JSON.stringify([namespace, name, [...dimensions].sort()]);

const sum = (minutes: readonly PastMinute[], value: (minute: PastMinute) => number): number =>
  minutes.reduce((total, minute) => total + value(minute), 0);

const minutesOf = ({ startMs, periodMs }: BucketGrid, bucket: number): number[] =>
  Array.from({ length: periodMs / MINUTE_MS }, (_, minute) => startMs + bucket * periodMs + minute * MINUTE_MS);

/** Minutes are pushed in order and without gaps, so where a window lies among them is arithmetic. */
function within(past: readonly PastMinute[], startMs: number, lengthMs: number): PastMinute[] {
  const first = past[0];
  if (!first) return [];
  const from = Math.max(0, Math.ceil((startMs - first.atMs) / MINUTE_MS));
  const to = Math.max(from, Math.ceil((startMs + lengthMs - first.atMs) / MINUTE_MS));
  return past.slice(from, to);
}
