import * as v from 'valibot';
import { settingsReportSchema } from './auto-scaling.ts';
import { roundEventSchema, roundsSchema } from './continuation.ts';
import { parseContract } from './parse.ts';
import { schemaVersion } from './schema-version.ts';
import { finiteNumber, strictObject } from './typed-values.ts';

export const COLD_START_STRATEGIES = ['provisioned-concurrency', 'snap-start', 'warm-up', 'accept'] as const;
export type ColdStartStrategy = (typeof COLD_START_STRATEGIES)[number];

/** `classes`: the owner's tag decides; `measured`: the cheapest strategy that keeps the wanted p99 does. */
const modeSchema = v.picklist(['classes', 'measured']);
export type MitigationMode = v.InferOutput<typeof modeSchema>;

/** What ApplyColdStartMitigation is deployed with; one JSON environment variable. */
const coldStartSettingsSchema = v.object({
  mode: modeSchema,
  /** Slowest p99 in milliseconds that is still good, unless a function's tag names another; the brief: 3 seconds. */
  wantedP99Ms: v.pipe(finiteNumber, v.gtValue(0)),
  warmUpEveryMinutes: v.pipe(finiteNumber, v.safeInteger(), v.minValue(1), v.maxValue(60)),
  /** Most environments kept warm or provisioned for one function. */
  maximumEnvironments: v.pipe(finiteNumber, v.safeInteger(), v.minValue(1)),
  /** Share of a function's invocations that warm environments should be able to take. */
  coverage: v.pipe(finiteNumber, v.gtValue(0), v.maxValue(1)),
  /** Most that provisioned concurrency configured by us may cost, all functions together. */
  provisionedBudgetUsdPerMonth: v.pipe(finiteNumber, v.minValue(0)),
  lookbackDays: v.pipe(finiteNumber, v.safeInteger(), v.minValue(1), v.maxValue(63)),
});
export type ColdStartSettings = v.InferOutput<typeof coldStartSettingsSchema>;
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

const applyColdStartMitigationInputSchema = strictObject({
  /** `applyAll` writes, `plan` only says what it would write, `undo` puts back what stood before us. */
  action: v.picklist(['applyAll', 'plan', 'undo']),
  mode: v.optional(modeSchema),
  wantedP99Ms: v.optional(v.pipe(finiteNumber, v.gtValue(0))),
});
export type ApplyColdStartMitigationInput = v.InferOutput<typeof applyColdStartMitigationInputSchema>;
export const parseApplyColdStartMitigationInput = (value: unknown): ApplyColdStartMitigationInput =>
  parseContract('apply-cold-start-mitigation input', applyColdStartMitigationInputSchema, value);

/** Which strategy a function got, and why; with measurements also what the others would have cost. */
const adviceSchema = v.object({
  resource: v.string(),
  strategy: v.picklist(COLD_START_STRATEGIES),
  reason: v.string(),
  arithmetic: v.array(v.string()),
});
export type ColdStartAdvice = v.InferOutput<typeof adviceSchema>;

export const applyColdStartMitigationOutputSchema = v.object({
  ...settingsReportSchema.entries,
  ...roundsSchema.entries,
  schemaVersion,
  action: v.picklist(['applyAll', 'plan', 'undo']),
  mode: modeSchema,
  /** The first of them; each function that has a class gets one. */
  advice: v.array(adviceSchema),
  advised: finiteNumber,
});
export type ApplyColdStartMitigationOutput = v.InferOutput<typeof applyColdStartMitigationOutputSchema>;

const applyColdStartMitigationEventSchema = roundEventSchema(
  applyColdStartMitigationInputSchema,
  applyColdStartMitigationOutputSchema,
);
export type ApplyColdStartMitigationEvent = v.InferOutput<typeof applyColdStartMitigationEventSchema>;
export const parseApplyColdStartMitigationEvent = (value: unknown): ApplyColdStartMitigationEvent =>
  parseContract('apply-cold-start-mitigation input', applyColdStartMitigationEventSchema, value);

/** Most environments that one warm-up calls at once. */
export const WARM_UP_ENVIRONMENTS_MAX = 100;

/** What a warm-up schedule sends to the task `warm-up`. */
const warmUpOrderSchema = strictObject({
  functionName: v.pipe(v.string(), v.minLength(1)),
  /** Alias or version; `$LATEST` calls the function by its bare name. */
  qualifier: v.string(),
  /** Environments to have warm at once. */
  environments: v.pipe(finiteNumber, v.safeInteger(), v.minValue(1), v.maxValue(WARM_UP_ENVIRONMENTS_MAX)),
  /** Milliseconds each call holds its environment. */
  holdMs: v.pipe(finiteNumber, v.minValue(0), v.maxValue(1_000)),
});
export type WarmUpOrder = v.InferOutput<typeof warmUpOrderSchema>;
export const parseWarmUpOrder = (value: unknown): WarmUpOrder =>
  parseContract('warm-up order', warmUpOrderSchema, value);
