import { UnsupportedByAccountError } from '../core/unsupported.ts';
import type { BucketGrid, FunctionTelemetry, MetricColumns, TrafficFilter } from '../telemetry.ts';
import type { MetricIdentity, MetricSource, Statistic } from './metric-source.ts';

/** Published by AWS, not simulated here: an empty answer would pass for "nothing happened". */
const NOT_SIMULATED = new Set([
  'PostRuntimeExtensionsDuration',
  'IteratorAge',
  'OffsetLag',
  'UnreservedConcurrentExecutions',
  'ClaimedAccountConcurrency',
  'AsyncEventsReceived',
  'AsyncEventAge',
  'AsyncEventsDropped',
  'DeadLetterErrors',
  'DestinationDeliveryFailures',
  'RecursiveInvocationsDropped',
]);

/** Buckets in which the function ran (or, for throttles, was refused); elsewhere CloudWatch has no data point. */
function where(columns: MetricColumns, value: (bucket: number) => number): Float64Array {
  const { invocations } = columns;
  const values = new Float64Array(invocations.length);
  for (let bucket = 0; bucket < values.length; bucket++) {
    values[bucket] = invocations[bucket]! > 0 ? value(bucket) : Number.NaN;
  }
  return values;
}

function refuse(metric: MetricIdentity, statistic: Statistic): never {
  const name = statistic.kind === 'Percentile' ? `p${statistic.p * 100}` : statistic.kind;
  throw new UnsupportedByAccountError(`statistic ${name} of ${metric.namespace} ${metric.metricName}`);
}

type Column = (columns: MetricColumns, statistic: Statistic) => Float64Array | undefined;

const COLUMNS: Readonly<Record<string, Column>> = {
  Invocations: (columns, { kind }) =>
    kind === 'Sum' || kind === 'SampleCount' ? where(columns, (bucket) => columns.invocations[bucket]!) : undefined,
  Errors: (columns, { kind }) => {
    if (kind === 'Sum') return where(columns, (bucket) => columns.errors[bucket]!);
    if (kind === 'SampleCount') return where(columns, (bucket) => columns.invocations[bucket]!);
    if (kind === 'Average') return where(columns, (bucket) => columns.errors[bucket]! / columns.invocations[bucket]!);
    return undefined;
  },
  Throttles: (columns, { kind }) =>
    kind === 'Sum'
      ? Float64Array.from(columns.throttles, (count, bucket) =>
          count > 0 || columns.invocations[bucket]! > 0 ? count : Number.NaN,
        )
      : undefined,
  Duration: duration,
  ConcurrentExecutions: (columns, { kind }) =>
    kind === 'Maximum' ? where(columns, (bucket) => columns.concurrencyMax[bucket]!) : undefined,
};

function duration(columns: MetricColumns, statistic: Statistic): Float64Array | undefined {
  const { invocations, durationSumMs, durationMaxMs } = columns;
  switch (statistic.kind) {
    case 'Sum':
      return where(columns, (bucket) => durationSumMs[bucket]!);
    case 'Average':
      return where(columns, (bucket) => durationSumMs[bucket]! / invocations[bucket]!);
    case 'Maximum':
      return where(columns, (bucket) => durationMaxMs[bucket]!);
    case 'SampleCount':
      return where(columns, (bucket) => invocations[bucket]!);
    case 'Percentile': {
      const values = columns.durationQuantileMs(statistic.p);
      return where(columns, (bucket) => values[bucket]!);
    }
    default:
      return undefined;
  }
}

/** `AWS/Lambda`, by function, by function and resource, or by function, resource and executed version. */
export class LambdaMetrics implements MetricSource {
  private readonly telemetry: () => FunctionTelemetry;

  constructor(telemetry: () => FunctionTelemetry) {
    this.telemetry = telemetry;
  }

  series(metric: MetricIdentity, statistic: Statistic, grid: BucketGrid): Float64Array | undefined {
    const { metricName } = metric;
    if (NOT_SIMULATED.has(metricName) || metricName.startsWith('Provisioned')) {
      throw new UnsupportedByAccountError(`metric AWS/Lambda ${metricName}`);
    }
    const column = COLUMNS[metricName];
    // A metric that AWS does not publish (such as MemoryUtilization) has no data, and asking for it is no error.
    if (!column) return undefined;
    const functionName = metric.dimensions.get('FunctionName');
    const filter = trafficFilter(metric.dimensions);
    if (functionName === undefined || filter === undefined) {
      const names = [...metric.dimensions.keys()].join(', ') || 'none';
      throw new UnsupportedByAccountError(`metric AWS/Lambda ${metricName} by dimensions: ${names}`);
    }
    const columns = this.telemetry().metrics(functionName, filter, grid);
    return columns && (column(columns, statistic) ?? refuse(metric, statistic));
  }
}

function trafficFilter(dimensions: ReadonlyMap<string, string>): TrafficFilter | undefined {
  const known = new Set(['FunctionName', 'Resource', 'ExecutedVersion']);
  if ([...dimensions.keys()].some((name) => !known.has(name))) return undefined;
  const resource = dimensions.get('Resource');
  const executedVersion = dimensions.get('ExecutedVersion');
  return {
    ...(resource === undefined ? {} : { resource }),
    ...(executedVersion === undefined ? {} : { executedVersion }),
  };
}

/** `LambdaInsights`, for the functions that carry its extension: the maximum memory used. */
export class LambdaInsightsMetrics implements MetricSource {
  private readonly telemetry: () => FunctionTelemetry;

  constructor(telemetry: () => FunctionTelemetry) {
    this.telemetry = telemetry;
  }

  series(metric: MetricIdentity, statistic: Statistic, grid: BucketGrid): Float64Array | undefined {
    const functionName = metric.dimensions.get('function_name');
    const isKnown = metric.metricName === 'used_memory_max' && metric.dimensions.size === 1;
    if (!isKnown || functionName === undefined || statistic.kind !== 'Maximum') refuse(metric, statistic);
    return this.telemetry().insightsMemoryMb(functionName, grid);
  }
}
