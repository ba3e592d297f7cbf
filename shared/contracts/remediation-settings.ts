import * as z from 'zod/mini';
import { parseContract } from './parse.ts';
import { ACTION_KINDS } from './remediation.ts';

const policySchema = z.object({
  /** `ask` and `notify` leave the resource alone; `ask` says in the mail how to have it done. */
  mode: z.enum(['automatic', 'ask', 'notify']),
  coolDownMinutes: z.number().check(z.minimum(1)),
  maximumPerDay: z.number().check(z.int(), z.minimum(0), z.maximum(100)),
});
export type ActionPolicy = z.output<typeof policySchema>;

/** Factor of one raise. */
const step = z.number().check(z.minimum(1.01), z.maximum(4));

const remediationSettingsSchema = z.object({
  policies: z.record(z.enum(ACTION_KINDS), policySchema),
  memoryStep: step,
  timeoutStep: step,
  concurrencyStep: step,
  provisionedStep: step,
  tableStep: step,
  maximumMemorySizeMb: z.number(),
  maximumTableUnits: z.number(),
  /** Most that provisioned concurrency added by remediation may cost a month and function. */
  provisionedBudgetUsdPerMonth: z.number().check(z.minimum(0)),
  /** Hours after one of our changes in which trouble is put down to it. */
  watchHours: z.number().check(z.positive()),
  /** Days in which the night does not propose anything for what remediation raised. */
  nightCoolDownDays: z.number().check(z.minimum(1)),
  /** Share of Lambda's 15 control-plane calls a second that changes may use, the night's included, 0 to 1. */
  controlPlaneShare: z.number().check(z.positive(), z.maximum(1)),
});
export type RemediationSettings = z.output<typeof remediationSettingsSchema>;
export const parseRemediationSettings = (json: string): RemediationSettings =>
  parseContract('remediation settings', remediationSettingsSchema, JSON.parse(json));
