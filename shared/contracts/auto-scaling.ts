import * as z from 'zod/mini';
import { parseContract } from './parse.ts';
import { schemaVersion } from './schema-version.ts';

/** Longest list of a report that travels through a state machine (256 KB a state); `counts` has the whole. */
export const REPORT_ITEMS_MAX = 300;

const share = z.number().check(z.positive(), z.maximum(1));
const percent = z.number().check(z.minimum(10), z.maximum(90));
const atLeastOne = z.number().check(z.minimum(1));

/** What ConfigureAutoScaling is deployed with; one JSON environment variable. */
export const autoScalingSettingsSchema = z.object({
  /** Reserved executions of a function of class critical, and of any other that asked; the brief: 100 and 50. */
  criticalConcurrency: z.number().check(z.int(), z.minimum(1)),
  standardConcurrency: z.number().check(z.int(), z.minimum(1)),
  /** Executions that stay unreserved for everybody else; AWS insists on 100. */
  minimumUnreserved: z.number().check(z.int(), z.minimum(100)),
  /** Reserved above the most ever seen at once, as a share of it. */
  concurrencyHeadroom: z.number().check(z.minimum(0), z.maximum(5)),
  lookbackDays: z.number().check(z.int(), z.minimum(1), z.maximum(63)),
  /** `tagged`: tables with the tag; `all`: every provisioned table that is not excluded. */
  tables: z.enum(['tagged', 'all']),
  tableTargetPercent: percent,
  /** Least capacity, as a share of what was provisioned when scaling was configured. */
  tableMinimumShare: share,
  /** Most capacity, as a multiple of it. */
  tableMaximumFactor: atLeastOne,
  provisionedTargetPercent: percent,
  provisionedMaximumFactor: atLeastOne,
});
export type AutoScalingSettings = z.output<typeof autoScalingSettingsSchema>;
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

const configureAutoScalingInputSchema = z.strictObject({
  /** `configure` writes, `plan` only says what it would write, `undo` puts back what stood before us. */
  action: z.enum(['configure', 'plan', 'undo']),
});
export type ConfigureAutoScalingInput = z.output<typeof configureAutoScalingInputSchema>;
export const parseConfigureAutoScalingInput = (value: unknown): ConfigureAutoScalingInput =>
  parseContract('configure-auto-scaling input', configureAutoScalingInputSchema, value);

const settingChangeSchema = z.object({
  resource: z.string(),
  /** Which setting of it, e.g. `reserved-concurrency`. */
  setting: z.string(),
  reason: z.string(),
});
export type SettingChange = z.output<typeof settingChangeSchema>;

const reasonSchema = z.object({ resource: z.string(), reason: z.string() });

/** What was done to settings, or (dry) would be. Lists are cut at REPORT_ITEMS_MAX; `counts` are whole. */
export const settingsReportSchema = z.object({
  created: z.array(settingChangeSchema),
  updated: z.array(settingChangeSchema),
  unchanged: z.array(settingChangeSchema),
  /** Put back or taken away by `undo`. */
  removed: z.array(settingChangeSchema),
  skipped: z.array(reasonSchema),
  /** AWS refused these, or they broke; the others went on. */
  failed: z.array(reasonSchema),
  counts: z.object({
    created: z.number(),
    updated: z.number(),
    unchanged: z.number(),
    removed: z.number(),
    skipped: z.number(),
    failed: z.number(),
  }),
});
export type SettingsReport = z.output<typeof settingsReportSchema>;

export const configureAutoScalingOutputSchema = z.extend(settingsReportSchema, {
  schemaVersion,
  action: z.enum(['configure', 'plan', 'undo']),
});
export type ConfigureAutoScalingOutput = z.output<typeof configureAutoScalingOutputSchema>;
