import * as z from 'zod/mini';
import { settingsReportSchema } from './auto-scaling.ts';
import { parseContract } from './parse.ts';
import { schemaVersion } from './schema-version.ts';

export const COLD_START_STRATEGIES = ['provisioned-concurrency', 'snap-start', 'warm-up', 'accept'] as const;
export type ColdStartStrategy = (typeof COLD_START_STRATEGIES)[number];

/** `classes`: the owner's tag decides; `measured`: the cheapest strategy that keeps the wanted p99 does. */
const modeSchema = z.enum(['classes', 'measured']);
export type MitigationMode = z.output<typeof modeSchema>;

/** What ApplyColdStartMitigation is deployed with; one JSON environment variable. */
const coldStartSettingsSchema = z.object({
  mode: modeSchema,
  /** Slowest p99 in milliseconds that is still good, unless a function's tag names another; the brief: 3 seconds. */
  wantedP99Ms: z.number().check(z.positive()),
  warmUpEveryMinutes: z.number().check(z.int(), z.minimum(1), z.maximum(60)),
  /** Most environments kept warm or provisioned for one function. */
  maximumEnvironments: z.number().check(z.int(), z.minimum(1)),
  /** Share of a function's invocations that warm environments should be able to take. */
  coverage: z.number().check(z.positive(), z.maximum(1)),
  /** Most that provisioned concurrency configured by us may cost, all functions together. */
  provisionedBudgetUsdPerMonth: z.number().check(z.minimum(0)),
  lookbackDays: z.number().check(z.int(), z.minimum(1), z.maximum(63)),
});
export type ColdStartSettings = z.output<typeof coldStartSettingsSchema>;
export const parseColdStartSettings = (json: string): ColdStartSettings =>
  parseContract('cold-start settings', coldStartSettingsSchema, JSON.parse(json));

export const DEFAULT_COLD_START: ColdStartSettings = {
  mode: 'classes',
  wantedP99Ms: 3_000,
  warmUpEveryMinutes: 5,
  maximumEnvironments: 10,
  coverage: 0.9,
  provisionedBudgetUsdPerMonth: 200,
  lookbackDays: 14,
};

const applyColdStartMitigationInputSchema = z.strictObject({
  /** `applyAll` writes, `plan` only says what it would write, `undo` puts back what stood before us. */
  action: z.enum(['applyAll', 'plan', 'undo']),
  mode: z.optional(modeSchema),
  wantedP99Ms: z.optional(z.number().check(z.positive())),
});
export type ApplyColdStartMitigationInput = z.output<typeof applyColdStartMitigationInputSchema>;
export const parseApplyColdStartMitigationInput = (value: unknown): ApplyColdStartMitigationInput =>
  parseContract('apply-cold-start-mitigation input', applyColdStartMitigationInputSchema, value);

/** Which strategy a function got, and why; with measurements also what the others would have cost. */
const adviceSchema = z.object({
  resource: z.string(),
  strategy: z.enum(COLD_START_STRATEGIES),
  reason: z.string(),
  arithmetic: z.array(z.string()),
});
export type ColdStartAdvice = z.output<typeof adviceSchema>;

export const applyColdStartMitigationOutputSchema = z.extend(settingsReportSchema, {
  schemaVersion,
  action: z.enum(['applyAll', 'plan', 'undo']),
  mode: modeSchema,
  advice: z.array(adviceSchema),
});
export type ApplyColdStartMitigationOutput = z.output<typeof applyColdStartMitigationOutputSchema>;

/** Most environments that one warm-up calls at once. */
export const WARM_UP_ENVIRONMENTS_MAX = 100;

/** What a warm-up schedule sends to the task `warm-up`. */
const warmUpOrderSchema = z.strictObject({
  functionName: z.string().check(z.minLength(1)),
  /** Alias or version; `$LATEST` calls the function by its bare name. */
  qualifier: z.string(),
  /** Environments to have warm at once. */
  environments: z.number().check(z.int(), z.minimum(1), z.maximum(WARM_UP_ENVIRONMENTS_MAX)),
  /** Milliseconds each call holds its environment. */
  holdMs: z.number().check(z.minimum(0), z.maximum(1_000)),
});
export type WarmUpOrder = z.output<typeof warmUpOrderSchema>;
export const parseWarmUpOrder = (value: unknown): WarmUpOrder =>
  parseContract('warm-up order', warmUpOrderSchema, value);
