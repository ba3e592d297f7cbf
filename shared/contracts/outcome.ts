import * as z from 'zod/mini';
import { assessmentSchema, savingsSchema } from './assessment.ts';
import { EXCLUSION_REASONS } from './manifest.ts';
import { schemaVersion } from './schema-version.ts';

/**
 * The one shape in which every function of the manifest ends a stage, whatever happened to it.
 *
 * `kind` after the first fan-out: Proposable, NotWorthProposing, LeftOut (worth
 * asking, but the night's attention went to others), Optimized, Unavailable, Excluded (a closer look at
 * a function that would have been proposed found it is not ours to touch; `exclusionReason` says why), Failed.
 * `kind` after the second: Rejected, Expired, Refused (ApplyChange found the function changed or gone), Verified,
 * AwaitingDeployment
 * (approved, and left to the deployment that carries its patch), Watching (inconclusive so far), Unverified (inconclusive to the end), RolledBack, RollbackRefused, Failed.
 */
export const ASSESSED_KINDS = [
  'Proposable',
  'NotWorthProposing',
  'LeftOut',
  'Optimized',
  'Unavailable',
  'Excluded',
  'Failed',
] as const;
export const CHANGED_KINDS = [
  'Rejected',
  'Expired',
  'Refused',
  'AwaitingDeployment',
  'Verified',
  'Watching',
  'Unverified',
  'RolledBack',
  'RollbackRefused',
  'Failed',
] as const;

/** How an approved change gets to a function that is kept as code: written by the API, or by its next deployment. */
export const DELIVERIES = ['apply', 'patch'] as const;
export type Delivery = (typeof DELIVERIES)[number];

const failureSchema = z.object({ stage: z.string(), name: z.string(), message: z.string() });
export type Failure = z.output<typeof failureSchema>;

export const assessedOutcomeSchema = z.object({
  schemaVersion,
  functionName: z.string(),
  functionArn: z.string(),
  kind: z.enum(ASSESSED_KINDS),
  reason: z.string(),
  exclusionReason: z.optional(z.enum(EXCLUSION_REASONS)),
  assessment: z.optional(assessmentSchema),
  savings: z.optional(savingsSchema),
  /** Set where less memory would be proposed by logs of an earlier night: the next one reads them anew. */
  readAnew: z.optional(z.literal(true)),
  failure: z.optional(failureSchema),
});
export type AssessedOutcome = z.output<typeof assessedOutcomeSchema>;

export const changedOutcomeSchema = z.object({
  schemaVersion,
  functionName: z.string(),
  functionArn: z.string(),
  /** The run that proposed the change, which for a watched change is an earlier one. */
  runId: z.string(),
  kind: z.enum(CHANGED_KINDS),
  reason: z.string(),
  decidedBy: z.optional(z.string()),
  /** How the decision was made; absent in outcomes of an older deployment. */
  decidedByKind: z.optional(z.string()),
  before: z.optional(z.object({ memorySizeMb: z.number(), timeoutSeconds: z.number() })),
  after: z.optional(z.object({ memorySizeMb: z.number(), timeoutSeconds: z.number() })),
  estimatedSavingsUsdPerMonth: z.optional(z.number()),
  realizedSavingsUsdPerMonth: z.optional(z.number()),
  failure: z.optional(failureSchema),
  /** How the change gets to its function; absent: by the API, as soon as it is approved. */
  delivery: z.optional(z.enum(DELIVERIES)),
  /** What keeps the function's configuration as code, as its tags tell; absent where nothing does. */
  owner: z.optional(assessmentSchema.shape.owner),
});
export type ChangedOutcome = z.output<typeof changedOutcomeSchema>;
