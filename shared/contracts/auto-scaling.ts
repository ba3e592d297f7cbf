import * as v from 'valibot';
import { roundEventSchema, roundsSchema } from './continuation.ts';
import { parseContract } from './parse.ts';
import { schemaVersion } from './schema-version.ts';
import { finiteNumber, record, strictObject } from './typed-values.ts';

const share = v.pipe(finiteNumber, v.gtValue(0), v.maxValue(1));
const percent = v.pipe(finiteNumber, v.minValue(10), v.maxValue(90));
const atLeastOne = v.pipe(finiteNumber, v.minValue(1));

/** What ConfigureAutoScaling is deployed with; one JSON environment variable. */
export const autoScalingSettingsSchema = v.object({
  /** Reserved executions of a function of class critical, and of any other that asked; the brief: 100 and 50. */
  criticalConcurrency: v.pipe(finiteNumber, v.safeInteger(), v.minValue(1)),
  standardConcurrency: v.pipe(finiteNumber, v.safeInteger(), v.minValue(1)),
  /** Executions that stay unreserved for everybody else; AWS insists on 100. */
  minimumUnreserved: v.pipe(finiteNumber, v.safeInteger(), v.minValue(100)),
  /** Reserved above the most ever seen at once, as a share of it. */
  concurrencyHeadroom: v.pipe(finiteNumber, v.minValue(0), v.maxValue(5)),
  lookbackDays: v.pipe(finiteNumber, v.safeInteger(), v.minValue(1), v.maxValue(63)),
  /** `tagged`: tables with the tag; `all`: every provisioned table that is not excluded. */
  tables: v.picklist(['tagged', 'all']),
  tableTargetPercent: percent,
  /** Least capacity, as a share of what was provisioned when scaling was configured. */
  tableMinimumShare: share,
  /** Most capacity, as a multiple of it. */
  tableMaximumFactor: atLeastOne,
  provisionedTargetPercent: percent,
  provisionedMaximumFactor: atLeastOne,
});
export type AutoScalingSettings = v.InferOutput<typeof autoScalingSettingsSchema>;
export const parseAutoScalingSettings = (json: string): AutoScalingSettings =>
  parseContract('auto-scaling settings', autoScalingSettingsSchema, JSON.parse(json));

/** The brief's 100 and 50, AWS's floor of 100; the rest are what DynamoDB's and Lambda's consoles propose. */
export const DEFAULT_AUTO_SCALING: AutoScalingSettings = {
  criticalConcurrency: 100,
  standardConcurrency: 50,
  minimumUnreserved: 100,
  concurrencyHeadroom: 0.2,
  lookbackDays: 14,
  tables: 'tagged',
  tableTargetPercent: 70,
  tableMinimumShare: 0.5,
  tableMaximumFactor: 4,
  provisionedTargetPercent: 70,
  provisionedMaximumFactor: 2,
};

const configureAutoScalingInputSchema = strictObject({
  /** `configure` writes, `plan` only says what it would write, `undo` puts back what stood before us. */
  action: v.picklist(['configure', 'plan', 'undo']),
});
export type ConfigureAutoScalingInput = v.InferOutput<typeof configureAutoScalingInputSchema>;
export const parseConfigureAutoScalingInput = (value: unknown): ConfigureAutoScalingInput =>
  parseContract('configure-auto-scaling input', configureAutoScalingInputSchema, value);

const settingChangeSchema = v.object({
  resource: v.string(),
  /** Which setting of it, e.g. `reserved-concurrency`. */
  setting: v.string(),
  reason: v.string(),
});
export type SettingChange = v.InferOutput<typeof settingChangeSchema>;

const reasonSchema = v.object({ resource: v.string(), reason: v.string() });

/** What was done to settings, or (dry) would be. Lists hold what has room (`unlisted`); `counts` are whole. */
export const settingsReportSchema = v.object({
  created: v.array(settingChangeSchema),
  updated: v.array(settingChangeSchema),
  unchanged: v.array(settingChangeSchema),
  /** Put back or taken away by `undo`. */
  removed: v.array(settingChangeSchema),
  skipped: v.array(reasonSchema),
  /** AWS refused these, or they broke; the others went on. */
  failed: v.array(reasonSchema),
  counts: v.object({
    created: finiteNumber,
    updated: finiteNumber,
    unchanged: finiteNumber,
    removed: finiteNumber,
    skipped: finiteNumber,
    failed: finiteNumber,
  }),
  /** How many of each list are not in it. */
  unlisted: record(v.string(), finiteNumber),
});
export type SettingsReport = v.InferOutput<typeof settingsReportSchema>;

export const configureAutoScalingOutputSchema = v.object({
  ...settingsReportSchema.entries,
  ...roundsSchema.entries,
  schemaVersion,
  action: v.picklist(['configure', 'plan', 'undo']),
});
export type ConfigureAutoScalingOutput = v.InferOutput<typeof configureAutoScalingOutputSchema>;

const configureAutoScalingEventSchema = roundEventSchema(
  configureAutoScalingInputSchema,
  configureAutoScalingOutputSchema,
);
export type ConfigureAutoScalingEvent = v.InferOutput<typeof configureAutoScalingEventSchema>;
export const parseConfigureAutoScalingEvent = (value: unknown): ConfigureAutoScalingEvent =>
  parseContract('configure-auto-scaling input', configureAutoScalingEventSchema, value);
