import * as z from 'zod/mini';
import { RATE_LIMIT_SHARE } from '../aws-rates.ts';
import { autoApprovalRuleSchema } from './auto-approval.ts';
import { DELIVERIES } from './outcome.ts';
import { parseContract } from './parse.ts';
import { policySchema } from './run.ts';

const timeZone = z.string();
const watchNights = z.number().check(z.int(), z.minimum(0));
const coolDownDays = z.number().check(z.minimum(0));
const controlPlaneShare = z.number().check(z.positive(), z.maximum(1));
const rateLimitShare = z._default(z.number().check(z.positive(), z.maximum(1)), RATE_LIMIT_SHARE);
const logScanBudgetBytes = z.number().check(z.minimum(0));
const autoApprovalRules = z._default(z.array(autoApprovalRuleSchema), []);
const ownedFunctions = z._default(z.enum(DELIVERIES), 'apply');

/**
 * What the stage configuration (infra/config.ts) fixes for every run; travels to the functions as one JSON
 * environment variable.
 */
const runSettingsSchema = z.object({
  policy: policySchema,
  /** Six-field cron expression of EventBridge Scheduler, without the `cron()` around it. */
  scheduleCron: z.string(),
  timeZone,
  approvalWindowHours: z.number().check(z.positive(), z.maximum(23)),
  verificationWindowHours: z.number().check(z.positive(), z.maximum(23)),
  /** Nights an inconclusive change is watched before it is kept as unverified. */
  watchNights,
  coolDownDays,
  /** Share of Lambda's 15 control-plane calls a second that changes may use, 0 to 1. */
  controlPlaneShare,
  /** Share of AWS's documented rates that reading may use, 0 to 1 (shared/aws-rates.ts). */
  rateLimitShare,
  /** Most bytes a night's Logs Insights queries may scan. */
  logScanBudgetBytes,
  retentionDays: z.number().check(z.int(), z.positive()),
  /** Who decides where a run's input does not say. */
  approvalMode: z._default(z.enum(['ask', 'policy']), 'ask'),
  autoApprovalRules,
  /** How approved changes get to functions that are kept as code; a setting of release 0.2. */
  ownedFunctions,
  /** What people call the organization's accounts, by id. */
  accountNames: z.optional(z.record(z.string(), z.string())),
  /** Every run is a dry run: the stage has no permission to change anything. */
  readOnly: z.optional(z.boolean()),
});
export type RunSettings = z.output<typeof runSettingsSchema>;

const settingsBy =
  <Schema extends z.ZodMiniType>(schema: Schema) =>
  (json: string): z.output<Schema> =>
    parseContract('run settings', schema, JSON.parse(json));

/** All of them, as the task reads them that begins a run. */
export const parseRunSettings = settingsBy(runSettingsSchema);

// What the other tasks read of them, so that each makes and checks no more than it needs whenever it starts.
export const parseApprovalSettings = settingsBy(
  z.object({ rateLimitShare, timeZone, autoApprovalRules, ownedFunctions }),
);
export const parsePageSettings = settingsBy(z.object({ timeZone }));
export const parseReadingSettings = settingsBy(z.object({ rateLimitShare, logScanBudgetBytes }));
export const parsePaceSettings = settingsBy(z.object({ controlPlaneShare }));
export const parseWatchSettings = settingsBy(z.object({ watchNights }));
export const parseCoolDownSettings = settingsBy(z.object({ coolDownDays }));
