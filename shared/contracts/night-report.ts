import * as z from 'zod/mini';
import { runSummarySchema } from './change.ts';
import { EXCLUSION_REASONS } from './manifest.ts';
import { assessedOutcomeSchema, type ChangedOutcome, changedOutcomeSchema } from './outcome.ts';
import { parseContract } from './parse.ts';

const exclusionSchema = z.object({
  functionName: z.string(),
  functionArn: z.string(),
  reason: z.enum(EXCLUSION_REASONS),
  message: z.string(),
});

/**
 * `report.json` as SummarizeRun writes it. Fields that are not known here pass through, and what an older deployment did
 * not write yet is absent, so that every report still in the bucket can be shown.
 */
const nightReportSchema = z.extend(z.looseObject(runSummarySchema.shape), {
  /** What people called the organization's accounts, by id. */
  accountNames: z.optional(z.record(z.string(), z.string())),
  settled: z.array(changedOutcomeSchema),
  changed: z.array(changedOutcomeSchema),
  excluded: z.optional(z.array(exclusionSchema)),
  assessed: z.optional(z.array(assessedOutcomeSchema)),
  memoryEvidence: z.optional(
    z.looseObject({
      functionsBySource: z.record(z.string(), z.number()),
      scannedBytes: z.number(),
      scanBudgetBytes: z.number(),
    }),
  ),
});
export type NightReport = z.output<typeof nightReportSchema>;
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
