import * as z from 'zod/mini';
import { discoverFunctionsOutputSchema, manifestEntrySchema } from './manifest.ts';
import { parseContract } from './parse.ts';
import { type Rhythm, rhythmSchema } from './rhythm.ts';
import { runContextSchema } from './run.ts';
import type { StageSources } from './source.ts';

/** Where the most memory ever used is known from, or why it is not. There is no memory metric in AWS/Lambda. */
export const memoryEvidenceSchema = z.object({
  source: z.enum(['ComputeOptimizer', 'ReportLines', 'LambdaInsights', 'none']),
  maxMemoryUsedMb: z.optional(z.number()),
  /** REPORT lines read; their share of Invocations is the coverage. */
  reportCount: z.optional(z.number()),
  /** Set where earlier nights read some of those lines, and tonight only what was written since. */
  newLines: z.optional(
    z.object({
      from: z.string(),
      reports: z.number(),
      maxMemoryUsedMb: z.optional(z.number()),
      /** What the lines before were counted against. */
      invocationsBefore: z.number(),
    }),
  ),
  coldStartShare: z.optional(z.number()),
  initDurationMs: z.optional(z.number()),
  /** Set where the lines were read some nights ago: that night, and which share of the invocations they covered. */
  readOn: z.optional(z.string()),
  coverage: z.optional(z.number()),
  reason: z.optional(z.string()),
  computeOptimizer: z.optional(
    z.array(
      z.object({
        memorySizeMb: z.number(),
        expectedDurationMs: z.number(),
        lowerDurationMs: z.optional(z.number()),
        upperDurationMs: z.optional(z.number()),
      }),
    ),
  ),
});
export type MemoryEvidence = z.output<typeof memoryEvidenceSchema>;

export const assessmentItemSchema = z.extend(manifestEntrySchema, {
  memoryEvidence: memoryEvidenceSchema,
  /** An earlier night found that it rests for days, or seems idle: the look-back alone would show little of it. */
  isRare: z.optional(z.literal(true)),
});
/** One item of the first fan-out. */
export type AssessmentItem = z.output<typeof assessmentItemSchema>;

const collectMemoryEvidenceInputSchema = z.object({ run: runContextSchema, discovered: discoverFunctionsOutputSchema });
export type CollectMemoryEvidenceInput = z.output<typeof collectMemoryEvidenceInputSchema>;
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
export const functionMetricsSchema = z.object({
  from: z.string(),
  to: z.string(),
  invocations: z.number(),
  /** Calls of our own that kept it warm, left out of the invocations and durations here; absent where there were none. */
  warmUpCalls: z.optional(z.number()),
  /** Read of functions that are proposed only, like throttles and concurrency; absent is not 0. */
  errors: z.optional(z.number()),
  throttles: z.optional(z.number()),
  invocationsPerMonth: z.number(),
  /** Over the whole look-back, whatever the configuration was; what REPORT lines are counted against. */
  invocationsInLookback: z.optional(z.number()),
  /** Since the first line that was read tonight, where earlier nights read those before it. */
  invocationsSinceRead: z.optional(z.number()),
  meanDurationMs: z.optional(z.number()),
  p50DurationMs: z.optional(z.number()),
  p95DurationMs: z.optional(z.number()),
  p99DurationMs: z.optional(z.number()),
  maxDurationMs: z.optional(z.number()),
  maxConcurrentExecutions: z.optional(z.number()),
});
export type FunctionMetrics = z.output<typeof functionMetricsSchema>;

export const collectMetricsInputSchema = z.object({
  BatchInput: z.object({ run: runContextSchema }),
  Items: z.array(assessmentItemSchema),
});
export type CollectMetricsInput = z.output<typeof collectMetricsInputSchema>;
export const parseCollectMetricsInput = (value: unknown): CollectMetricsInput =>
  parseContract('batch of functions', collectMetricsInputSchema, value);

/** What Analyze gets: a function, its memory evidence, its metrics (absent: CloudWatch had none to give). */
export const analyzeInputSchema = z.object({
  run: runContextSchema,
  item: assessmentItemSchema,
  metrics: z.optional(functionMetricsSchema),
  /** Set where the metrics are of more than the look-back, as it rests for days between its runs. */
  rhythm: z.optional(rhythmSchema),
  /** Why its account's metrics could not be read, where those of others in its batch could. */
  metricsUnavailable: z.optional(z.string()),
});
export type AnalyzeInput = z.output<typeof analyzeInputSchema>;
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
