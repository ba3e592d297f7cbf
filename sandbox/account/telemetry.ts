/**
 * What the account must know of its functions' traffic, and does not invent itself: metrics and report lines come from
 * whoever simulates the functions. All times are epoch milliseconds, windows are half-open.
 */

/** Which part of a function's traffic, as `AWS/Lambda` dimensions name it; no resource means all of it. */
export interface TrafficFilter {
  /** Value of the dimension `Resource`: `name` or `name:alias`. */
  readonly resource?: string;
  readonly executedVersion?: string;
}

/** One column per figure, one row per bucket. A bucket without invocations has no duration. */
export interface MetricColumns {
  readonly invocations: Float64Array;
  readonly errors: Float64Array;
  readonly throttles: Float64Array;
  readonly durationSumMs: Float64Array;
  readonly durationMaxMs: Float64Array;
  readonly concurrencyMax: Float64Array;
  /** Percentile `p` (0 to 1) of the durations, computed when first asked for. */
  durationQuantileMs(p: number): Float64Array;
}

export interface BucketGrid {
  readonly startMs: number;
  readonly periodMs: number;
  readonly count: number;
}

/** Report lines that are alike, counted: a fleet's month of lines could not be stored one by one. */
export interface ReportRow {
  readonly count: number;
  readonly durationMs: number;
  readonly billedDurationMs: number;
  readonly initDurationMs: number | undefined;
  readonly memorySizeMb: number;
  readonly maxMemoryUsedMb: number;
  readonly status: 'success' | 'failure' | 'timeout';
}

export interface FunctionLogs {
  readonly format: 'Text' | 'JSON';
  readonly logGroupName: string;
  readonly rows: readonly ReportRow[];
  /** The most memory that any row tells of, where that is known without reading them. */
  readonly mostMemoryUsedMb?: number | undefined;
  /** Log lines of every kind in the window, and their size. */
  readonly lines: number;
  readonly bytes: number;
}

export interface FunctionTelemetry {
  /** Undefined for a function it does not know. */
  metrics(functionName: string, filter: TrafficFilter, grid: BucketGrid): MetricColumns | undefined;
  /** Maximum memory used (MB) per bucket, NaN where nothing ran; undefined where Lambda Insights is not installed. */
  insightsMemoryMb(functionName: string, grid: BucketGrid): Float64Array | undefined;
  logs(functionName: string, startMs: number, endMs: number): FunctionLogs | undefined;
  /** Noise-free mean duration at a size, for whoever must predict (Compute Optimizer does). */
  expectedDurationMs(functionName: string, memorySizeMb: number): number | undefined;
}
