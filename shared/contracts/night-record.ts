import * as z from 'zod/mini';
import { runSummarySchema } from './change.ts';
import { type NightOutcomes, type NightReport, outcomesOf } from './night-report.ts';
import { type ChangedOutcome, changedOutcomeSchema } from './outcome.ts';
import { parseContract } from './parse.ts';
import { SCHEMA_VERSION, schemaVersion } from './schema-version.ts';

/** What was predicted for one verified change and what production then showed; milliseconds, USD. */
const predictionSchema = z.object({
  predictedDurationMs: z.number(),
  predictedLowerMs: z.number(),
  predictedUpperMs: z.number(),
  realizedDurationMs: z.number(),
  estimatedSavingsUsdPerMonth: z.number(),
  realizedSavingsUsdPerMonth: z.number(),
});

/** `nights/<run>.json`: the few kilobytes of a night that stay when its report expires. */
const nightRecordSchema = z.object({
  schemaVersion,
  runId: z.string(),
  runDate: z.string(),
  counts: runSummarySchema.shape.counts,
  changes: z.array(changedOutcomeSchema),
  usdPerNight: z.optional(z.number()),
  /** Of the changes that this night verified. */
  predictions: z.optional(z.array(predictionSchema)),
});
export type NightRecord = z.output<typeof nightRecordSchema>;
export const parseNightRecord = (value: unknown): NightRecord =>
  parseContract('night record', nightRecordSchema, value);

/** Stands for whoever decided: names and free words go when the report goes. */
const SOMEBODY = 'somebody';

export function recordOf(report: NightReport, predictions?: NightRecord['predictions']): NightRecord {
  const { changes, ...night }: NightOutcomes = outcomesOf(report);
  return {
    schemaVersion: SCHEMA_VERSION,
    ...night,
    changes: changes.map(withoutWords),
    ...(predictions && { predictions }),
  };
}

function withoutWords({ failure: _, ...outcome }: ChangedOutcome): ChangedOutcome {
  return { ...outcome, reason: '', ...(outcome.decidedBy !== undefined && { decidedBy: SOMEBODY }) };
}
