import * as z from 'zod/mini';
import { functionMetricsSchema } from './evidence.ts';
import { parseContract } from './parse.ts';
import { rhythmSchema } from './rhythm.ts';
import { runContextSchema } from './run.ts';
import { schemaVersion } from './schema-version.ts';

/** What the model expects at one size; see Candidate in shared/domain/night/recommendation. */
const candidateSchema = z.object({
  memorySizeMb: z.number(),
  meanDurationMs: z.number(),
  meanDurationLowerMs: z.number(),
  meanDurationUpperMs: z.number(),
  p95DurationMs: z.number(),
  p95DurationLowerMs: z.number(),
  p95DurationUpperMs: z.number(),
  costUsdPerMillion: z.number(),
  relativeCost: z.number(),
  relativeDuration: z.number(),
  meetsGuard: z.boolean(),
  observed: z.boolean(),
});
export type AssessedCandidate = z.output<typeof candidateSchema>;

/** A configuration as far as Rightsizer ever changes one. */
export const configurationSchema = z.object({ memorySizeMb: z.number(), timeoutSeconds: z.number() });
export type FunctionConfiguration = z.output<typeof configurationSchema>;

/** Where a change takes effect; absent: `$LATEST`, for functions that are called without a qualifier. */
const changeTargetSchema = z.object({
  kind: z.literal('alias'),
  aliasName: z.string(),
  /** The version the alias led to when it was proposed: code, memory and timeout as in `$LATEST`. */
  functionVersion: z.string(),
});
export type ChangeTarget = z.output<typeof changeTargetSchema>;

/** Why a function should change, to what, and on what evidence; the body of a proposal. */
export const assessmentSchema = z.object({
  functionName: z.string(),
  functionArn: z.string(),
  architecture: z.enum(['arm64', 'x86_64']),
  /** Absent of container images, and in assessments of an older deployment. */
  runtime: z.optional(z.string()),
  codeSha256: z.string(),
  owner: z.object({
    tool: z.string(),
    stackName: z.optional(z.string()),
    logicalId: z.optional(z.string()),
    team: z.optional(z.string()),
  }),
  tags: z.record(z.string(), z.string()),
  finding: z.enum(['Optimized', 'NotOptimized', 'Unavailable']),
  findingReasons: z.array(z.string()),
  reason: z.string(),
  /** The part of the reason that is about the timeout; absent where it is not to change. */
  timeoutReason: z.optional(z.string()),
  risk: z.enum(['VeryLow', 'Low', 'Medium', 'High']),
  /** See Recommendation in shared/domain/night/recommendation; absent in assessments of an older deployment. */
  expectedGain: z.optional(z.number()),
  expectedEndGain: z.optional(z.number()),
  baselineRelativeDuration: z.optional(z.number()),
  /** A step within an earlier approval, weighed without the price of a question; never asked about where it no longer is. */
  isCovered: z.optional(z.boolean()),
  /** Least size that further steps are expected to lead to; absent where none is to follow. */
  leastOnTheWayMb: z.optional(z.number()),
  current: configurationSchema,
  recommended: configurationSchema,
  target: z.optional(changeTargetSchema),
  baselineMemorySizeMb: z.number(),
  ephemeralStorageMb: z.number(),
  metrics: z.optional(functionMetricsSchema),
  /** How it is called, where it rests for days between its runs; the metrics are then of more than the look-back. */
  rhythm: z.optional(rhythmSchema),
  memory: z.object({
    source: z.string(),
    maxMemoryUsedMb: z.optional(z.number()),
    coverage: z.optional(z.number()),
    /** Night that read it, where that was not this one. */
    readOn: z.optional(z.string()),
    reason: z.optional(z.string()),
  }),
  candidates: z.array(candidateSchema),
  advice: z.array(
    z.object({ kind: z.string(), message: z.string(), estimatedSavingsUsdPerMonth: z.optional(z.number()) }),
  ),
});
export type Assessment = z.output<typeof assessmentSchema>;

export const estimateSavingsInputSchema = z.object({ run: runContextSchema, assessment: assessmentSchema });
export type EstimateSavingsInput = z.output<typeof estimateSavingsInputSchema>;
export const parseEstimateSavingsInput = (value: unknown): EstimateSavingsInput =>
  parseContract('estimate-savings input', estimateSavingsInputSchema, value);

/** Money of one proposal; estimates until verified. Negative savings are a cost (a memory raise that buys safety). */
export const savingsSchema = z.object({
  costUsdPerMonthBefore: z.number(),
  costUsdPerMonthAfter: z.number(),
  /** The part of both that memory does not change. */
  requestsUsdPerMonth: z.number(),
  savingsUsdPerMonth: z.number(),
  savingsUsdPerYear: z.number(),
  /** What this change and those it leads to are expected to save in the end; absent where that is this change alone. */
  expectedEndSavingsUsdPerMonth: z.optional(z.number()),
  pricesAsOf: z.string(),
  priceSource: z.enum(['PriceList', 'Fallback']),
});
export type Savings = z.output<typeof savingsSchema>;

export interface AnalyzeOutput {
  schemaVersion: 1;
  assessment: Assessment;
}

export const estimateSavingsOutputSchema = z.object({
  schemaVersion,
  assessment: assessmentSchema,
  savings: savingsSchema,
  /** False when the saving is under the policy's minimum and nothing else speaks for the change. */
  worthProposing: z.boolean(),
});
export type EstimateSavingsOutput = z.output<typeof estimateSavingsOutputSchema>;
