import * as v from 'valibot';
import { runSummarySchema } from './change.ts';
import { type NightOutcomes, type NightReport, outcomesOf } from './night-report.ts';
import { type ChangedOutcome, changedOutcomeSchema } from './outcome.ts';
import { parseContract } from './parse.ts';
import { SCHEMA_VERSION, schemaVersion } from './schema-version.ts';
import { finiteNumber } from './typed-values.ts';

/** What was predicted for one verified change and what production then showed; milliseconds, USD. */
const predictionSchema = v.object({
  predictedDurationMs: finiteNumber,
  predictedLowerMs: finiteNumber,
  predictedUpperMs: finiteNumber,
  realizedDurationMs: finiteNumber,
  estimatedSavingsUsdPerMonth: finiteNumber,
  realizedSavingsUsdPerMonth: finiteNumber,
});

/** `nights/<run>.json`: the few kilobytes of a night that stay when its report expires. */
const nightRecordSchema = v.object({
  schemaVersion,
  runId: v.string(),
  runDate: v.string(),
  counts: runSummarySchema.entries.counts,
  changes: v.array(changedOutcomeSchema),
  usdPerNight: v.optional(finiteNumber),
  /** Of the changes that this night verified. */
  predictions: v.optional(v.array(predictionSchema)),
});
export type NightRecord = v.InferOutput<typeof nightRecordSchema>;
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
