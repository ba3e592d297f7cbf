import * as v from 'valibot';
import { functionMetricsSchema } from './evidence.ts';
import { parseContract } from './parse.ts';
import { rhythmSchema } from './rhythm.ts';
import { runContextSchema } from './run.ts';
import { schemaVersion } from './schema-version.ts';
import { finiteNumber, record } from './typed-values.ts';

/** What the model expects at one size; see Candidate in shared/domain/night/recommendation. */
const candidateSchema = v.object({
  memorySizeMb: finiteNumber,
  meanDurationMs: finiteNumber,
  meanDurationLowerMs: finiteNumber,
  meanDurationUpperMs: finiteNumber,
  p95DurationMs: finiteNumber,
  p95DurationLowerMs: finiteNumber,
  p95DurationUpperMs: finiteNumber,
  costUsdPerMillion: finiteNumber,
  relativeCost: finiteNumber,
  relativeDuration: finiteNumber,
  meetsGuard: v.boolean(),
  observed: v.boolean(),
});
export type AssessedCandidate = v.InferOutput<typeof candidateSchema>;

/** A configuration as far as Rightsizer ever changes one. */
export const configurationSchema = v.object({ memorySizeMb: finiteNumber, timeoutSeconds: finiteNumber });
export type FunctionConfiguration = v.InferOutput<typeof configurationSchema>;

/** Where a change takes effect; absent: `$LATEST`, for functions that are called without a qualifier. */
const changeTargetSchema = v.object({
  kind: v.literal('alias'),
  aliasName: v.string(),
  /** The version the alias led to when it was proposed: code, memory and timeout as in `$LATEST`. */
  functionVersion: v.string(),
});
export type ChangeTarget = v.InferOutput<typeof changeTargetSchema>;

/** Why a function should change, to what, and on what evidence; the body of a proposal. */
export const assessmentSchema = v.object({
  functionName: v.string(),
  functionArn: v.string(),
  architecture: v.picklist(['arm64', 'x86_64']),
  /** Absent of container images, and in assessments of an older deployment. */
  runtime: v.optional(v.string()),
  codeSha256: v.string(),
  owner: v.object({
    tool: v.string(),
    stackName: v.optional(v.string()),
    logicalId: v.optional(v.string()),
    team: v.optional(v.string()),
  }),
  tags: record(v.string(), v.string()),
  finding: v.picklist(['Optimized', 'NotOptimized', 'Unavailable']),
  findingReasons: v.array(v.string()),
  reason: v.string(),
  /** The part of the reason that is about the timeout; absent where it is not to change. */
  timeoutReason: v.optional(v.string()),
  risk: v.picklist(['VeryLow', 'Low', 'Medium', 'High']),
  /** See Recommendation in shared/domain/night/recommendation; absent in assessments of an older deployment. */
  expectedGain: v.optional(finiteNumber),
  expectedEndGain: v.optional(finiteNumber),
  baselineRelativeDuration: v.optional(finiteNumber),
  /** A step within an earlier approval, weighed without the price of a question; never asked about where it no longer is. */
  isCovered: v.optional(v.boolean()),
  /** Least size that further steps are expected to lead to; absent where none is to follow. */
  leastOnTheWayMb: v.optional(finiteNumber),
  current: configurationSchema,
  recommended: configurationSchema,
  target: v.optional(changeTargetSchema),
  baselineMemorySizeMb: finiteNumber,
  ephemeralStorageMb: finiteNumber,
  metrics: v.optional(functionMetricsSchema),
  /** How it is called, where it rests for days between its runs; the metrics are then of more than the look-back. */
  rhythm: v.optional(rhythmSchema),
  memory: v.object({
    source: v.string(),
    maxMemoryUsedMb: v.optional(finiteNumber),
    coverage: v.optional(finiteNumber),
    /** Night that read it, where that was not this one. */
    readOn: v.optional(v.string()),
    reason: v.optional(v.string()),
  }),
  candidates: v.array(candidateSchema),
  advice: v.array(
    v.object({ kind: v.string(), message: v.string(), estimatedSavingsUsdPerMonth: v.optional(finiteNumber) }),
  ),
});
export type Assessment = v.InferOutput<typeof assessmentSchema>;

export const estimateSavingsInputSchema = v.object({ run: runContextSchema, assessment: assessmentSchema });
export type EstimateSavingsInput = v.InferOutput<typeof estimateSavingsInputSchema>;
export const parseEstimateSavingsInput = (value: unknown): EstimateSavingsInput =>
  parseContract('estimate-savings input', estimateSavingsInputSchema, value);

/** Money of one proposal; estimates until verified. Negative savings are a cost (a memory raise that buys safety). */
export const savingsSchema = v.object({
  costUsdPerMonthBefore: finiteNumber,
  costUsdPerMonthAfter: finiteNumber,
  /** The part of both that memory does not change. */
  requestsUsdPerMonth: finiteNumber,
  savingsUsdPerMonth: finiteNumber,
  savingsUsdPerYear: finiteNumber,
  /** What this change and those it leads to are expected to save in the end; absent where that is this change alone. */
  expectedEndSavingsUsdPerMonth: v.optional(finiteNumber),
  pricesAsOf: v.string(),
  priceSource: v.picklist(['PriceList', 'Fallback']),
});
export type Savings = v.InferOutput<typeof savingsSchema>;

export interface AnalyzeOutput {
  schemaVersion: 1;
  assessment: Assessment;
}

export const estimateSavingsOutputSchema = v.object({
  schemaVersion,
  assessment: assessmentSchema,
  savings: savingsSchema,
  /** False when the saving is under the policy's minimum and nothing else speaks for the change. */
  worthProposing: v.boolean(),
});
export type EstimateSavingsOutput = v.InferOutput<typeof estimateSavingsOutputSchema>;
