import * as v from 'valibot';
import { parseContract } from './parse.ts';
import { ACTION_KINDS } from './remediation.ts';
import { finiteNumber } from './typed-values.ts';

const policySchema = v.object({
  /** `ask` and `notify` leave the resource alone; `ask` says in the mail how to have it done. */
  mode: v.picklist(['automatic', 'ask', 'notify']),
  coolDownMinutes: v.pipe(finiteNumber, v.minValue(1)),
  maximumPerDay: v.pipe(finiteNumber, v.safeInteger(), v.minValue(0), v.maxValue(100)),
});
export type ActionPolicy = v.InferOutput<typeof policySchema>;

/** Factor of one raise. */
const step = v.pipe(finiteNumber, v.minValue(1.01), v.maxValue(4));

const remediationSettingsSchema = v.object({
  policies: v.object(v.entriesFromList(ACTION_KINDS, policySchema)),
  memoryStep: step,
  timeoutStep: step,
  concurrencyStep: step,
  provisionedStep: step,
  tableStep: step,
  maximumMemorySizeMb: finiteNumber,
  maximumTableUnits: finiteNumber,
  /** Most that provisioned concurrency added by remediation may cost a month and function. */
  provisionedBudgetUsdPerMonth: v.pipe(finiteNumber, v.minValue(0)),
  /** Hours after one of our changes in which trouble is put down to it. */
  watchHours: v.pipe(finiteNumber, v.gtValue(0)),
  /** Days in which the night does not propose anything for what remediation raised. */
  nightCoolDownDays: v.pipe(finiteNumber, v.minValue(1)),
  /** Share of Lambda's 15 control-plane calls a second that changes may use, the night's included, 0 to 1. */
  controlPlaneShare: v.pipe(finiteNumber, v.gtValue(0), v.maxValue(1)),
});
export type RemediationSettings = v.InferOutput<typeof remediationSettingsSchema>;
export const parseRemediationSettings = (json: string): RemediationSettings =>
  parseContract('remediation settings', remediationSettingsSchema, JSON.parse(json));
