import * as v from 'valibot';
import { RATE_LIMIT_SHARE } from '../aws-rates.ts';
import { autoApprovalRuleSchema } from './auto-approval.ts';
import { DELIVERIES } from './outcome.ts';
import { parseContract } from './parse.ts';
import { policySchema } from './run.ts';
import { finiteNumber, record } from './typed-values.ts';

const timeZone = v.string();
const watchNights = v.pipe(finiteNumber, v.safeInteger(), v.minValue(0));
const coolDownDays = v.pipe(finiteNumber, v.minValue(0));
const controlPlaneShare = v.pipe(finiteNumber, v.gtValue(0), v.maxValue(1));
const rateLimitShare = v.optional(v.pipe(finiteNumber, v.gtValue(0), v.maxValue(1)), RATE_LIMIT_SHARE);
const logScanBudgetBytes = v.pipe(finiteNumber, v.minValue(0));
const autoApprovalRules = v.optional(v.array(autoApprovalRuleSchema), []);
const ownedFunctions = v.optional(v.picklist(DELIVERIES), 'apply');

/**
 * What the stage configuration (infra/config.ts) fixes for every run; travels to the functions as one JSON
 * environment variable.
 */
const runSettingsSchema = v.object({
  policy: policySchema,
  /** Six-field cron expression of EventBridge Scheduler, without the `cron()` around it. */
  scheduleCron: v.string(),
  timeZone,
  approvalWindowHours: v.pipe(finiteNumber, v.gtValue(0), v.maxValue(23)),
  verificationWindowHours: v.pipe(finiteNumber, v.gtValue(0), v.maxValue(23)),
  /** Nights an inconclusive change is watched before it is kept as unverified. */
  watchNights,
  coolDownDays,
  /** Share of Lambda's 15 control-plane calls a second that changes may use, 0 to 1. */
  controlPlaneShare,
  /** Share of AWS's documented rates that reading may use, 0 to 1 (shared/aws-rates.ts). */
  rateLimitShare,
  /** Most bytes a night's Logs Insights queries may scan. */
  logScanBudgetBytes,
  retentionDays: v.pipe(finiteNumber, v.safeInteger(), v.gtValue(0)),
  /** Who decides where a run's input does not say. */
  approvalMode: v.optional(v.picklist(['ask', 'policy']), 'ask'),
  autoApprovalRules,
  /** How approved changes get to functions that are kept as code; a setting of release 0.2. */
  ownedFunctions,
  /** What people call the organization's accounts, by id. */
  accountNames: v.optional(record(v.string(), v.string())),
  /** Every run is a dry run: the stage has no permission to change anything. */
  readOnly: v.optional(v.boolean()),
});
export type RunSettings = v.InferOutput<typeof runSettingsSchema>;

const settingsBy =
  <Schema extends v.GenericSchema>(schema: Schema) =>
  (json: string): v.InferOutput<Schema> =>
    parseContract('run settings', schema, JSON.parse(json));

/** All of them, as the task reads them that begins a run. */
export const parseRunSettings = settingsBy(runSettingsSchema);

// What the other tasks read of them, so that each makes and checks no more than it needs whenever it starts.
export const parseApprovalSettings = settingsBy(
  v.object({ rateLimitShare, timeZone, autoApprovalRules, ownedFunctions }),
);
export const parsePageSettings = settingsBy(v.object({ timeZone }));
export const parseReadingSettings = settingsBy(v.object({ rateLimitShare, logScanBudgetBytes }));
export const parsePaceSettings = settingsBy(v.object({ controlPlaneShare }));
export const parseWatchSettings = settingsBy(v.object({ watchNights }));
export const parseCoolDownSettings = settingsBy(v.object({ coolDownDays }));
