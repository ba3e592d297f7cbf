import * as v from 'valibot';
import { assessmentSchema, savingsSchema } from './assessment.ts';
import { EXCLUSION_REASONS } from './manifest.ts';
import { schemaVersion } from './schema-version.ts';
import { finiteNumber } from './typed-values.ts';

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

const failureSchema = v.object({ stage: v.string(), name: v.string(), message: v.string() });
export type Failure = v.InferOutput<typeof failureSchema>;

export const assessedOutcomeSchema = v.object({
  schemaVersion,
  functionName: v.string(),
  functionArn: v.string(),
  kind: v.picklist(ASSESSED_KINDS),
  reason: v.string(),
  exclusionReason: v.optional(v.picklist(EXCLUSION_REASONS)),
  assessment: v.optional(assessmentSchema),
  savings: v.optional(savingsSchema),
  /** Set where less memory would be proposed by logs of an earlier night: the next one reads them anew. */
  readAnew: v.optional(v.literal(true)),
  failure: v.optional(failureSchema),
});
export type AssessedOutcome = v.InferOutput<typeof assessedOutcomeSchema>;

export const changedOutcomeSchema = v.object({
  schemaVersion,
  functionName: v.string(),
  functionArn: v.string(),
  /** The run that proposed the change, which for a watched change is an earlier one. */
  runId: v.string(),
  kind: v.picklist(CHANGED_KINDS),
  reason: v.string(),
  decidedBy: v.optional(v.string()),
  /** How the decision was made; absent in outcomes of an older deployment. */
  decidedByKind: v.optional(v.string()),
  before: v.optional(v.object({ memorySizeMb: finiteNumber, timeoutSeconds: finiteNumber })),
  after: v.optional(v.object({ memorySizeMb: finiteNumber, timeoutSeconds: finiteNumber })),
  estimatedSavingsUsdPerMonth: v.optional(finiteNumber),
  realizedSavingsUsdPerMonth: v.optional(finiteNumber),
  failure: v.optional(failureSchema),
  /** How the change gets to its function; absent: by the API, as soon as it is approved. */
  delivery: v.optional(v.picklist(DELIVERIES)),
  /** What keeps the function's configuration as code, as its tags tell; absent where nothing does. */
  owner: v.optional(assessmentSchema.entries.owner),
});
export type ChangedOutcome = v.InferOutput<typeof changedOutcomeSchema>;
