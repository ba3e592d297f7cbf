import * as z from 'zod/mini';
import { STRATEGIES } from '../domain/night/recommendation/types.ts';
import { FUNCTION_NAME_OR_ARN } from '../domain/organization/place.ts';
import { parseContract } from './parse.ts';
import { schemaVersion } from './schema-version.ts';

/** What the schedule passes and what a person may type into the console; `{}` is a complete input. */
const runInputSchema = z.strictObject({
  schemaVersion: z.optional(schemaVersion),
  /** Scheduler's `<aws.scheduler.scheduled-time>`; its presence is what makes a run the night's own. */
  scheduledTime: z.optional(z.iso.datetime({ offset: true })),
  scope: z.optional(
    z.strictObject({
      functionNames: z.optional(
        z.array(z.string().check(z.regex(FUNCTION_NAME_OR_ARN))).check(z.minLength(1), z.maxLength(1000)),
      ),
      functionNamePrefix: z.optional(z.string().check(z.regex(/^[\w-]{1,64}$/))),
      tags: z.optional(z.record(z.string().check(z.minLength(1)), z.string())),
    }),
  ),
  strategy: z.optional(z.enum(STRATEGIES)),
  balancedWeight: z.optional(z.number().check(z.minimum(0), z.maximum(1))),
  maxSlowdown: z.optional(z.number().check(z.minimum(0), z.maximum(1))),
  /** `ask` sends one digest and waits for people; `policy` lets the configured auto-approval policy decide first. */
  approvalMode: z.optional(z.enum(['ask', 'policy'])),
  /** Proposes and reports, registers nothing and asks nobody. */
  dryRun: z.optional(z.boolean()),
});
export type RunInput = z.output<typeof runInputSchema>;
export const parseRunInput = (value: unknown): RunInput => parseContract('run input', runInputSchema, value);

/** How a run decides; from configuration, overridden by its input. */
export const policySchema = z.object({
  strategy: z.enum(STRATEGIES),
  balancedWeight: z.number(),
  maxSlowdown: z.number(),
  lookbackDays: z.number(),
  minimumInvocations: z.number(),
  memoryHeadroom: z.number(),
  minimumSavingsUsdPerMonth: z.number(),
  minimumMemorySizeMb: z.number(),
  maximumMemorySizeMb: z.number(),
  maximumProposals: z.number(),
  /** Absent in runs of an older deployment, which asked about every step. */
  consentDays: z._default(z.number(), 0),
});
export type RunPolicy = z.output<typeof policySchema>;

/** Everything later states need to know of the run; assigned once to the variable `$run`. Times are ISO 8601, UTC. */
export const runContextSchema = z.object({
  schemaVersion,
  runId: z.string(),
  trigger: z.enum(['schedule', 'manual']),
  /** Local date of the night in the schedule's time zone. */
  runDate: z.string(),
  executionArn: z.string(),
  startedAt: z.iso.datetime(),
  nextStartAt: z.iso.datetime(),
  approvalExpiresAt: z.iso.datetime(),
  /** By then every verification of this run has spoken or the change stays watched. */
  verifyDeadlineAt: z.iso.datetime(),
  verificationWindowSeconds: z.number(),
  approvalTimeoutSeconds: z.number(),
  dryRun: z.boolean(),
  approvalMode: z.enum(['ask', 'policy']),
  scope: z.object({
    functionNames: z.optional(z.array(z.string())),
    functionNamePrefix: z.optional(z.string()),
    tags: z.optional(z.record(z.string(), z.string())),
  }),
  policy: policySchema,
  artifacts: z.object({ bucket: z.string(), prefix: z.string() }),
  /** What people call the organization's accounts, by id; absent where none has a name. */
  accountNames: z.optional(z.record(z.string(), z.string())),
});
export type RunContext = z.output<typeof runContextSchema>;

const runTaskInputSchema = z.object({ run: runContextSchema });
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
