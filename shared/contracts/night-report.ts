import * as v from 'valibot';
import { runSummarySchema } from './change.ts';
import { EXCLUSION_REASONS } from './manifest.ts';
import { assessedOutcomeSchema, type ChangedOutcome, changedOutcomeSchema } from './outcome.ts';
import { parseContract } from './parse.ts';
import { finiteNumber, record } from './typed-values.ts';

const exclusionSchema = v.object({
  functionName: v.string(),
  functionArn: v.string(),
  reason: v.picklist(EXCLUSION_REASONS),
  message: v.string(),
});

/**
 * `report.json` as SummarizeRun writes it. Fields that are not known here pass through, and what an older deployment did
 * not write yet is absent, so that every report still in the bucket can be shown.
 */
const nightReportSchema = v.looseObject({
  ...runSummarySchema.entries,
  /** What people called the organization's accounts, by id. */
  accountNames: v.optional(record(v.string(), v.string())),
  settled: v.array(changedOutcomeSchema),
  changed: v.array(changedOutcomeSchema),
  excluded: v.optional(v.array(exclusionSchema)),
  assessed: v.optional(v.array(assessedOutcomeSchema)),
  memoryEvidence: v.optional(
    v.looseObject({
      functionsBySource: record(v.string(), finiteNumber),
      scannedBytes: finiteNumber,
      scanBudgetBytes: finiteNumber,
    }),
  ),
});
export type NightReport = v.InferOutput<typeof nightReportSchema>;
export const parseNightReport = (value: unknown): NightReport => parseContract('report', nightReportSchema, value);

/** What a later page wants to know of a night: all but the functions, which are most of its megabytes. */
export type NightOutcomes = Pick<NightReport, 'runId' | 'runDate' | 'counts'> & {
  /** Settled and proposed alike, in the order in which they ended. */
  readonly changes: readonly ChangedOutcome[];
  readonly usdPerNight?: number | undefined;
};

export const outcomesOf = ({
  runId,
  runDate,
  counts,
  settled,
  changed,
  operatingCost,
}: NightReport): NightOutcomes => ({
  ...{ runId, runDate, counts, changes: [...settled, ...changed] },
  ...(operatingCost && { usdPerNight: operatingCost.usdPerNight }),
});
