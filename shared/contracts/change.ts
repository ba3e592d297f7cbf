import * as v from 'valibot';
import type { Verdict } from './decision.ts';
import type { ChangeRecord } from './ledger.ts';
import { CHANGED_KINDS } from './outcome.ts';
import { parseContract } from './parse.ts';
import { runContextSchema } from './run.ts';
import { schemaVersion } from './schema-version.ts';
import { type StageSources, stageSources } from './source.ts';
import { finiteNumber, record } from './typed-values.ts';

/** One item of the second fan-out. Everything else about the proposal is in the ledger, the one truth. */
const changeItemSchema = v.object({ functionName: v.string(), functionArn: v.string() });
export type ChangeItem = v.InferOutput<typeof changeItemSchema>;

/** What each state of the second fan-out gets; `runId` is the run that proposed the change. */
const changeTaskInputSchema = v.object({
  run: runContextSchema,
  runId: v.string(),
  functionName: v.string(),
  functionArn: v.string(),
  /** The change as this execution wrote it, by which a ledger that was put back to an earlier time gets to know it again. */
  written: v.optional(v.custom<ChangeRecord>((value) => typeof value === 'object' && value !== null)),
});
export type ChangeTaskInput = v.InferOutput<typeof changeTaskInputSchema>;
export const parseChangeTaskInput = (what: string, value: unknown): ChangeTaskInput =>
  parseContract(what, changeTaskInputSchema, value);

const requestApprovalInputSchema = v.object({
  ...changeTaskInputSchema.entries,
  taskToken: v.pipe(v.string(), v.minLength(1)),
});
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
const recordOutcomeInputSchema = v.object({
  ...changeTaskInputSchema.entries,
  kind: v.picklist(CHANGED_KINDS),
  reason: v.string(),
  failure: v.optional(v.object({ stage: v.string(), name: v.string(), message: v.string() })),
});
export type RecordOutcomeInput = v.InferOutput<typeof recordOutcomeInputSchema>;
export const parseRecordOutcomeInput = (value: unknown): RecordOutcomeInput =>
  parseContract('record-outcome input', recordOutcomeInputSchema, value);

/** Where a Distributed Map's ResultWriter left its manifest. */
export const resultWriterDetailsSchema = v.object({ Bucket: v.string(), Key: v.string() });

const prepareApprovalsInputSchema = v.object({
  run: runContextSchema,
  assessed: v.object({ ResultWriterDetails: resultWriterDetailsSchema }),
});
export type PrepareApprovalsInput = v.InferOutput<typeof prepareApprovalsInputSchema>;
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

const summarizeRunInputSchema = v.object({
  run: runContextSchema,
  /** Absent in runs of an older deployment. */
  openChanges: v.nullish(v.object(stageSources)),
  discovered: v.object({
    manifestKey: v.string(),
    exclusionsKey: v.string(),
    ...stageSources,
  }),
  memoryEvidence: v.object({
    functionsBySource: record(v.string(), finiteNumber),
    scannedBytes: finiteNumber,
    scanBudgetBytes: finiteNumber,
    ...stageSources,
  }),
  prepared: v.object({
    outcomesKey: v.string(),
    proposalCount: finiteNumber,
    ...stageSources,
  }),
  settled: v.nullish(v.object({ ResultWriterDetails: resultWriterDetailsSchema })),
  changed: v.nullish(v.object({ ResultWriterDetails: resultWriterDetailsSchema })),
});
export type SummarizeRunInput = v.InferOutput<typeof summarizeRunInputSchema>;
export const parseSummarizeRunInput = (value: unknown): SummarizeRunInput =>
  parseContract('summarize-run input', summarizeRunInputSchema, value);

const failRunInputSchema = v.object({
  run: runContextSchema,
  error: v.object({ Error: v.optional(v.string()), Cause: v.optional(v.string()) }),
});
export type FailRunInput = v.InferOutput<typeof failRunInputSchema>;
export const parseFailRunInput = (value: unknown): FailRunInput =>
  parseContract('fail-run input', failRunInputSchema, value);

/** What a night itself cost, estimated by its counts: USD, list prices of us-east-1, free tiers left out. */
const operatingCostSchema = v.object({
  usdPerNight: finiteNumber,
  /** USD by item of the price table (shared/domain/pricing/service-prices.ts). */
  largestLinesUsd: record(v.string(), finiteNumber),
  /** ISO month of the prices. */
  pricesAsOf: v.string(),
});
export type OperatingCost = v.InferOutput<typeof operatingCostSchema>;

/** SummarizeRun's answer and the execution's output. */
export const runSummarySchema = v.object({
  schemaVersion,
  runId: v.string(),
  runDate: v.string(),
  reportKey: v.string(),
  counts: v.object({
    discovered: finiteNumber,
    excluded: finiteNumber,
    assessed: finiteNumber,
    /** Worth asking, but left out of the night's budget of attention; absent where nothing was. */
    leftOut: v.optional(finiteNumber),
    proposed: finiteNumber,
    approved: finiteNumber,
    rejected: finiteNumber,
    expired: finiteNumber,
    applied: finiteNumber,
    verified: finiteNumber,
    watching: finiteNumber,
    rolledBack: finiteNumber,
    refused: finiteNumber,
    /** Approved, and left to the deployments of their sources; absent where none is. */
    awaitingDeployment: v.optional(finiteNumber),
    failed: finiteNumber,
  }),
  estimatedSavingsUsdPerMonth: finiteNumber,
  realizedSavingsUsdPerMonth: finiteNumber,
  /** Absent in runs of an older deployment. */
  operatingCost: v.optional(operatingCostSchema),
  /** Sources of evidence that could not be used tonight; absent where all could. */
  unavailableSources: stageSources.unavailableSources,
});
export type RunSummary = v.InferOutput<typeof runSummarySchema>;
