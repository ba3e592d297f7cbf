import * as v from 'valibot';
import { STRATEGIES } from '../domain/night/recommendation/types.ts';
import { FUNCTION_NAME_OR_ARN } from '../domain/organization/place.ts';
import { parseContract } from './parse.ts';
import { schemaVersion } from './schema-version.ts';
import { isoTime, utcTime } from './typed-texts.ts';
import { finiteNumber, record, strictObject } from './typed-values.ts';

/** What the schedule passes and what a person may type into the console; `{}` is a complete input. */
const runInputSchema = strictObject({
  schemaVersion: v.optional(schemaVersion),
  /** Scheduler's `<aws.scheduler.scheduled-time>`; its presence is what makes a run the night's own. */
  scheduledTime: v.optional(isoTime),
  scope: v.optional(
    strictObject({
      functionNames: v.optional(
        v.pipe(v.array(v.pipe(v.string(), v.regex(FUNCTION_NAME_OR_ARN))), v.minLength(1), v.maxLength(1000)),
      ),
      functionNamePrefix: v.optional(v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/))),
      tags: v.optional(record(v.pipe(v.string(), v.minLength(1)), v.string())),
    }),
  ),
  strategy: v.optional(v.picklist(STRATEGIES)),
  balancedWeight: v.optional(v.pipe(finiteNumber, v.minValue(0), v.maxValue(1))),
  maxSlowdown: v.optional(v.pipe(finiteNumber, v.minValue(0), v.maxValue(1))),
  /** `ask` sends one digest and waits for people; `policy` lets the configured auto-approval policy decide first. */
  approvalMode: v.optional(v.picklist(['ask', 'policy'])),
  /** Proposes and reports, registers nothing and asks nobody. */
  dryRun: v.optional(v.boolean()),
});
export type RunInput = v.InferOutput<typeof runInputSchema>;
export const parseRunInput = (value: unknown): RunInput => parseContract('run input', runInputSchema, value);

/** How a run decides; from configuration, overridden by its input. */
export const policySchema = v.object({
  strategy: v.picklist(STRATEGIES),
  balancedWeight: finiteNumber,
  maxSlowdown: finiteNumber,
  lookbackDays: finiteNumber,
  minimumInvocations: finiteNumber,
  memoryHeadroom: finiteNumber,
  minimumSavingsUsdPerMonth: finiteNumber,
  minimumMemorySizeMb: finiteNumber,
  maximumMemorySizeMb: finiteNumber,
  maximumProposals: finiteNumber,
  /** Absent in runs of an older deployment, which asked about every step. */
  consentDays: v.optional(finiteNumber, 0),
});
export type RunPolicy = v.InferOutput<typeof policySchema>;

/** Everything later states need to know of the run; assigned once to the variable `$run`. Times are ISO 8601, UTC. */
export const runContextSchema = v.object({
  schemaVersion,
  runId: v.string(),
  trigger: v.picklist(['schedule', 'manual']),
  /** Local date of the night in the schedule's time zone. */
  runDate: v.string(),
  executionArn: v.string(),
  startedAt: utcTime,
  nextStartAt: utcTime,
  approvalExpiresAt: utcTime,
  /** By then every verification of this run has spoken or the change stays watched. */
  verifyDeadlineAt: utcTime,
  verificationWindowSeconds: finiteNumber,
  approvalTimeoutSeconds: finiteNumber,
  dryRun: v.boolean(),
  approvalMode: v.picklist(['ask', 'policy']),
  scope: v.object({
    functionNames: v.optional(v.array(v.string())),
    functionNamePrefix: v.optional(v.string()),
    tags: v.optional(record(v.string(), v.string())),
  }),
  policy: policySchema,
  artifacts: v.object({ bucket: v.string(), prefix: v.string() }),
  /** What people call the organization's accounts, by id; absent where none has a name. */
  accountNames: v.optional(record(v.string(), v.string())),
});
export type RunContext = v.InferOutput<typeof runContextSchema>;

const runTaskInputSchema = v.object({ run: runContextSchema });
export const parseRunTaskInput = (what: string, value: unknown): { run: RunContext } =>
  parseContract(what, runTaskInputSchema, value);

/** What StartRun answers: a run to go on with, or why this execution has nothing to do. */
export type StartRunOutput =
  | { schemaVersion: 1; proceed: true; run: RunContext }
  | {
      schemaVersion: 1;
      proceed: false;
      reason: 'AlreadyRun' | 'AlreadyRunning';
      message: string;
      holderExecutionArn: string;
    };
