import * as v from 'valibot';
import { discoverFunctionsOutputSchema, manifestEntrySchema } from './manifest.ts';
import { parseContract } from './parse.ts';
import { type Rhythm, rhythmSchema } from './rhythm.ts';
import { runContextSchema } from './run.ts';
import type { StageSources } from './source.ts';
import { finiteNumber } from './typed-values.ts';

/** Where the most memory ever used is known from, or why it is not. There is no memory metric in AWS/Lambda. */
export const memoryEvidenceSchema = v.object({
  source: v.picklist(['ComputeOptimizer', 'ReportLines', 'LambdaInsights', 'none']),
  maxMemoryUsedMb: v.optional(finiteNumber),
  /** REPORT lines read; their share of Invocations is the coverage. */
  reportCount: v.optional(finiteNumber),
  /** Set where earlier nights read some of those lines, and tonight only what was written since. */
  newLines: v.optional(
    v.object({
      from: v.string(),
      reports: finiteNumber,
      maxMemoryUsedMb: v.optional(finiteNumber),
      /** What the lines before were counted against. */
      invocationsBefore: finiteNumber,
    }),
  ),
  coldStartShare: v.optional(finiteNumber),
  initDurationMs: v.optional(finiteNumber),
  /** Set where the lines were read some nights ago: that night, and which share of the invocations they covered. */
  readOn: v.optional(v.string()),
  coverage: v.optional(finiteNumber),
  reason: v.optional(v.string()),
  computeOptimizer: v.optional(
    v.array(
      v.object({
        memorySizeMb: finiteNumber,
        expectedDurationMs: finiteNumber,
        lowerDurationMs: v.optional(finiteNumber),
        upperDurationMs: v.optional(finiteNumber),
      }),
    ),
  ),
});
export type MemoryEvidence = v.InferOutput<typeof memoryEvidenceSchema>;

export const assessmentItemSchema = v.object({
  ...manifestEntrySchema.entries,
  memoryEvidence: memoryEvidenceSchema,
  /** An earlier night found that it rests for days, or seems idle: the look-back alone would show little of it. */
  isRare: v.optional(v.literal(true)),
});
/** One item of the first fan-out. */
export type AssessmentItem = v.InferOutput<typeof assessmentItemSchema>;

const collectMemoryEvidenceInputSchema = v.object({ run: runContextSchema, discovered: discoverFunctionsOutputSchema });
export type CollectMemoryEvidenceInput = v.InferOutput<typeof collectMemoryEvidenceInputSchema>;
export const parseCollectMemoryEvidenceInput = (value: unknown): CollectMemoryEvidenceInput =>
  parseContract('collect-memory-evidence input', collectMemoryEvidenceInputSchema, value);

export interface CollectMemoryEvidenceOutput extends StageSources {
  schemaVersion: 1;
  /** S3 key of the JSON array of AssessmentItem, the reader of the first fan-out. */
  assessmentKey: string;
  functionsBySource: Record<MemoryEvidence['source'], number>;
  scannedBytes: number;
  scanBudgetBytes: number;
}

/** Production at the current size, from CloudWatch, since the function was last modified; durations in ms. */
export const functionMetricsSchema = v.object({
  from: v.string(),
  to: v.string(),
  invocations: finiteNumber,
  /** Calls of our own that kept it warm, left out of the invocations and durations here; absent where there were none. */
  warmUpCalls: v.optional(finiteNumber),
  /** Read of functions that are proposed only, like throttles and concurrency; absent is not 0. */
  errors: v.optional(finiteNumber),
  throttles: v.optional(finiteNumber),
  invocationsPerMonth: finiteNumber,
  /** Over the whole look-back, whatever the configuration was; what REPORT lines are counted against. */
  invocationsInLookback: v.optional(finiteNumber),
  /** Since the first line that was read tonight, where earlier nights read those before it. */
  invocationsSinceRead: v.optional(finiteNumber),
  meanDurationMs: v.optional(finiteNumber),
  p50DurationMs: v.optional(finiteNumber),
  p95DurationMs: v.optional(finiteNumber),
  p99DurationMs: v.optional(finiteNumber),
  maxDurationMs: v.optional(finiteNumber),
  maxConcurrentExecutions: v.optional(finiteNumber),
});
export type FunctionMetrics = v.InferOutput<typeof functionMetricsSchema>;

export const collectMetricsInputSchema = v.object({
  BatchInput: v.object({ run: runContextSchema }),
  Items: v.array(assessmentItemSchema),
});
export type CollectMetricsInput = v.InferOutput<typeof collectMetricsInputSchema>;
export const parseCollectMetricsInput = (value: unknown): CollectMetricsInput =>
  parseContract('batch of functions', collectMetricsInputSchema, value);

/** What Analyze gets: a function, its memory evidence, its metrics (absent: CloudWatch had none to give). */
export const analyzeInputSchema = v.object({
  run: runContextSchema,
  item: assessmentItemSchema,
  metrics: v.optional(functionMetricsSchema),
  /** Set where the metrics are of more than the look-back, as it rests for days between its runs. */
  rhythm: v.optional(rhythmSchema),
  /** Why its account's metrics could not be read, where those of others in its batch could. */
  metricsUnavailable: v.optional(v.string()),
});
export type AnalyzeInput = v.InferOutput<typeof analyzeInputSchema>;
export const parseAnalyzeInput = (value: unknown): AnalyzeInput =>
  parseContract('analyze input', analyzeInputSchema, value);

/** An item of a batch with what was read of it. */
export interface CollectedItem {
  item: AssessmentItem;
  metrics?: FunctionMetrics;
  rhythm?: Rhythm;
  metricsUnavailable?: string;
}

export interface CollectMetricsOutput {
  schemaVersion: 1;
  items: CollectedItem[];
  /** Data points asked of CloudWatch, by which PaceBatch waits. */
  metricPoints: number;
}
