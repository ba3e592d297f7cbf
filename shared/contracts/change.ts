import * as z from 'zod/mini';
import type { Verdict } from './decision.ts';
import type { ChangeRecord } from './ledger.ts';
import { CHANGED_KINDS } from './outcome.ts';
import { parseContract } from './parse.ts';
import { runContextSchema } from './run.ts';
import { schemaVersion } from './schema-version.ts';
import { type StageSources, stageSources } from './source.ts';

/** One item of the second fan-out. Everything else about the proposal is in the ledger, the one truth. */
const changeItemSchema = z.object({ functionName: z.string(), functionArn: z.string() });
export type ChangeItem = z.output<typeof changeItemSchema>;

/** What each state of the second fan-out gets; `runId` is the run that proposed the change. */
const changeTaskInputSchema = z.object({
  run: runContextSchema,
  runId: z.string(),
  functionName: z.string(),
  functionArn: z.string(),
  /** The change as this execution wrote it, by which a ledger that was put back to an earlier time gets to know it again. */
  written: z.optional(z.custom<ChangeRecord>((value) => typeof value === 'object' && value !== null)),
});
export type ChangeTaskInput = z.output<typeof changeTaskInputSchema>;
export const parseChangeTaskInput = (what: string, value: unknown): ChangeTaskInput =>
  parseContract(what, changeTaskInputSchema, value);

const requestApprovalInputSchema = z.extend(changeTaskInputSchema, { taskToken: z.string().check(z.minLength(1)) });
export const parseRequestApprovalInput = (value: unknown): ChangeTaskInput & { taskToken: string } =>
  parseContract('request-approval input', requestApprovalInputSchema, value);

/** What the task token is answered with, and what ExpireProposal finds when nobody answered in time. */
export interface ApprovalOutput {
  schemaVersion: 1;
  decision: 'approved' | 'rejected' | 'expired';
  decidedBy: string;
  /** When the change may be written (ISO 8601); only where approved. */
  turnAt?: string;
}

export interface ApplyChangeOutput {
  schemaVersion: 1;
  applied: boolean;
  reason: string;
  /** When to look at production again; only where applied. */
  verifyAt?: string;
  /** The ledger's record of it, for the execution to remember; only where applied. */
  change?: ChangeRecord;
  /** Approved, and left to the deployment that carries it. */
  awaitsDeployment?: true;
}

export interface VerifyChangeOutput {
  schemaVersion: 1;
  verdict: Verdict;
  reason: string;
  /** True when an inconclusive change is not watched any longer. */
  final: boolean;
  /** What follows from it: a change that got worse is undone, an alias that did well at a share gets all of it. */
  action: 'record' | 'rollBack' | 'finishShift';
  /** There is nothing to judge before a deployment has carried the change. */
  awaitsDeployment?: true;
}

export interface FinishShiftOutput {
  schemaVersion: 1;
  finished: boolean;
  reason: string;
}

export interface RollBackChangeOutput {
  schemaVersion: 1;
  rolledBack: boolean;
  reason: string;
}

/** RecordOutcome's input: the end of a child, whichever way it came. */
const recordOutcomeInputSchema = z.extend(changeTaskInputSchema, {
  kind: z.enum(CHANGED_KINDS),
  reason: z.string(),
  failure: z.optional(z.object({ stage: z.string(), name: z.string(), message: z.string() })),
});
export type RecordOutcomeInput = z.output<typeof recordOutcomeInputSchema>;
export const parseRecordOutcomeInput = (value: unknown): RecordOutcomeInput =>
  parseContract('record-outcome input', recordOutcomeInputSchema, value);

/** Where a Distributed Map's ResultWriter left its manifest. */
export const resultWriterDetailsSchema = z.object({ Bucket: z.string(), Key: z.string() });

const prepareApprovalsInputSchema = z.object({
  run: runContextSchema,
  assessed: z.object({ ResultWriterDetails: resultWriterDetailsSchema }),
});
export type PrepareApprovalsInput = z.output<typeof prepareApprovalsInputSchema>;
export const parsePrepareApprovalsInput = (value: unknown): PrepareApprovalsInput =>
  parseContract('prepare-approvals input', prepareApprovalsInputSchema, value);

export interface PrepareApprovalsOutput extends StageSources {
  schemaVersion: 1;
  /** S3 key of the JSON array of ChangeItem. */
  proposalsKey: string;
  /** Proposals registered; 0 in a dry run. */
  proposalCount: number;
  /** S3 key of the JSON array of AssessedOutcome, one per function of the manifest. */
  outcomesKey: string;
}

export interface ListOpenChangesOutput extends StageSources {
  schemaVersion: 1;
  /** S3 key of the JSON array of OpenChangeItem. */
  openChangesKey: string;
  openChangeCount: number;
}

export interface OpenChangeItem extends ChangeItem {
  /** The run that made the change. */
  runId: string;
}

const summarizeRunInputSchema = z.object({
  run: runContextSchema,
  /** Absent in runs of an older deployment. */
  openChanges: z.nullish(z.object(stageSources)),
  discovered: z.object({
    manifestKey: z.string(),
    exclusionsKey: z.string(),
    ...stageSources,
  }),
  memoryEvidence: z.object({
    functionsBySource: z.record(z.string(), z.number()),
    scannedBytes: z.number(),
    scanBudgetBytes: z.number(),
    ...stageSources,
  }),
  prepared: z.object({
    outcomesKey: z.string(),
    proposalCount: z.number(),
    ...stageSources,
  }),
  settled: z.nullish(z.object({ ResultWriterDetails: resultWriterDetailsSchema })),
  changed: z.nullish(z.object({ ResultWriterDetails: resultWriterDetailsSchema })),
});
export type SummarizeRunInput = z.output<typeof summarizeRunInputSchema>;
export const parseSummarizeRunInput = (value: unknown): SummarizeRunInput =>
  parseContract('summarize-run input', summarizeRunInputSchema, value);

const failRunInputSchema = z.object({
  run: runContextSchema,
  error: z.object({ Error: z.optional(z.string()), Cause: z.optional(z.string()) }),
});
export type FailRunInput = z.output<typeof failRunInputSchema>;
export const parseFailRunInput = (value: unknown): FailRunInput =>
  parseContract('fail-run input', failRunInputSchema, value);

/** What a night itself cost, estimated by its counts: USD, list prices of us-east-1, free tiers left out. */
const operatingCostSchema = z.object({
  usdPerNight: z.number(),
  /** USD by item of the price table (shared/domain/pricing/service-prices.ts). */
  largestLinesUsd: z.record(z.string(), z.number()),
  /** ISO month of the prices. */
  pricesAsOf: z.string(),
});
export type OperatingCost = z.output<typeof operatingCostSchema>;

/** SummarizeRun's answer and the execution's output. */
export const runSummarySchema = z.object({
  schemaVersion,
  runId: z.string(),
  runDate: z.string(),
  reportKey: z.string(),
  counts: z.object({
    discovered: z.number(),
    excluded: z.number(),
    assessed: z.number(),
    /** Worth asking, but left out of the night's budget of attention; absent where nothing was. */
    leftOut: z.optional(z.number()),
    proposed: z.number(),
    approved: z.number(),
    rejected: z.number(),
    expired: z.number(),
    applied: z.number(),
    verified: z.number(),
    watching: z.number(),
    rolledBack: z.number(),
    refused: z.number(),
    /** Approved, and left to the deployments of their sources; absent where none is. */
    awaitingDeployment: z.optional(z.number()),
    failed: z.number(),
  }),
  estimatedSavingsUsdPerMonth: z.number(),
  realizedSavingsUsdPerMonth: z.number(),
  /** Absent in runs of an older deployment. */
  operatingCost: z.optional(operatingCostSchema),
  /** Sources of evidence that could not be used tonight; absent where all could. */
  unavailableSources: stageSources.unavailableSources,
});
export type RunSummary = z.output<typeof runSummarySchema>;
