import type { Assessment, ChangeTarget, FunctionConfiguration, Savings } from './assessment.ts';
import type { Decision, Identity, Verdict } from './decision.ts';
import type { StoredObservation } from './manifest.ts';
import type { ChangedOutcome } from './outcome.ts';
import type { RemediationAction } from './remediation.ts';

/**
 * The ledger's records: who proposed, decided and changed what, and what came of it. Times are ISO 8601 UTC. Keys
 * are in shared/clients/ledger/keys.ts. Every write that decides something is conditional.
 */

/**
 * Raised when a record's meaning changes so that a former release would get it wrong; what is only added needs none.
 * A record says it by `schemaVersion`; one without has version 1.
 */
const LEDGER_VERSION = 1;

/** Whether a newer release wrote a record, so that this one must leave it and what it is about alone. */
export const isOfNewerRelease = ({ schemaVersion = 1 }: { schemaVersion?: number }): boolean =>
  schemaVersion > LEDGER_VERSION;

export interface RunRecord {
  runId: string;
  runDate: string;
  /** `alarm`: no night, but the question of a remediation that asks first. */
  trigger: 'schedule' | 'manual' | 'alarm';
  executionArn: string;
  startedAt: string;
  approvalExpiresAt: string;
  status: 'running' | 'succeeded' | 'failed';
  proposalCount: number;
  /** SHA-256 (hex) of the random id in the digest's link; the id itself is never stored. */
  linkHash?: string;
  /** Key of this run's page nonces (hex). */
  nonceKey?: string;
  digestMessageId?: string;
  /** What people call the organization's accounts, by id. */
  accountNames?: Record<string, string>;
  failure?: string;
}

/** How long sources of evidence have been away, as of the newest night. */
export interface SourcesAwayRecord {
  runDate: string;
  /** Nights in a row by source; one that answered is missing. */
  nights: Record<string, number>;
  /** The same as of the night before `runDate`, from which another run of that date counts. */
  before: Record<string, number>;
}

/** Steps of one way that an approval covers beside the one proposed: within sizes, until a day. */
export interface CoveredSteps {
  leastMemorySizeMb: number;
  mostMemorySizeMb: number;
  /** Up to which the timeout may be raised further, s; absent: the timeout stays. */
  mostTimeoutSeconds?: number;
  until: string;
}

/** An approval that still covers further steps of a function, as of the last step that proved itself. */
export interface StandingConsent extends CoveredSteps {
  /** The person who gave it, and the run whose question they answered. */
  by: Identity;
  runId: string;
  /** It holds for this code, at the configuration that the last covered step left. */
  codeSha256: string;
  left: FunctionConfiguration;
  /** The alias that the traffic goes through; absent: `$LATEST`. */
  aliasName?: string;
}

export interface ProposalRecord {
  schemaVersion?: number;
  runId: string;
  functionName: string;
  functionArn: string;
  status: 'pending' | 'approved' | 'rejected' | 'expired';
  assessment: Assessment;
  savings: Savings;
  /** `patch`: an approval hands the change to the function's source. @default - it is applied */
  delivery?: 'patch';
  createdAt: string;
  expiresAt: string;
  decision?: Decision;
  /** What a person's approval covers beside this step; absent where every step is asked about. */
  covers?: CoveredSteps;
  /** Of a remediation that asks first: what it is about. Its approval starts the remediation, not a waiting run. */
  remediation?: { remediationId: string; action: RemediationAction; alarmName: string; cause: string };
  /** What came of it in the end; absent while it is open. */
  outcome?: { kind: ChangedOutcome['kind']; reason: string; at: string };
}

export interface TaskTokenRecord {
  runId: string;
  functionName: string;
  taskToken: string;
  storedAt: string;
  deliveredAt?: string;
}

/** At most one proposal or change per function is open at a time; `open` says which. */
export interface FunctionRecord {
  schemaVersion?: number;
  functionName: string;
  functionArn: string;
  /** Size before Rightsizer first changed it. */
  baselineMemorySizeMb: number;
  /** Every size ever observed around a change, newest last, bounded. */
  observations: StoredObservation[];
  open?: { kind: 'proposal' | 'change' | 'watching' | 'awaitingDeployment'; runId: string; since: string };
  /** What our last change or rollback left, to recognise a deployment that reverts it. */
  lastWritten?: FunctionConfiguration & { at: string; runId: string };
  /** Absent unless the last change was approved with further steps and proved itself. */
  standingConsent?: StandingConsent;
  /** Until then the night proposes nothing (after a rollback, or what remediation raised). */
  coolDownUntil?: string;
  /** A deployment put back the size we had changed; not proposed again for 30 days. */
  revertedByDeployAt?: string;
}

export interface ChangeRecord {
  schemaVersion?: number;
  runId: string;
  functionName: string;
  functionArn: string;
  status: 'applying' | 'applied' | 'rollingBack' | ChangedOutcome['kind'];
  before: FunctionConfiguration & { codeSha256: string };
  after: FunctionConfiguration;
  /** `patch`: written by the deployment that carries it, and never by us, nor taken back by us. */
  delivery?: 'patch';
  /** The alias that the traffic goes through; absent: `$LATEST`. */
  target?: ChangeTarget;
  /** The version made of `after` that gets a share of the alias, and since when it gets all of it. */
  shift?: { version: string; finishedAt?: string };
  decision: Decision;
  assessment: Assessment;
  savings: Savings;
  startedAt: string;
  appliedAt?: string;
  /** RevisionId Lambda gave our write; a rollback is refused where it is not the live one and the sizes differ. */
  appliedRevisionId?: string;
  verifyAt?: string;
  verifications: VerificationRecord[];
  realizedSavingsUsdPerMonth?: number;
  rolledBackAt?: string;
  outcomeReason?: string;
}

export interface VerificationRecord {
  at: string;
  verdict: Verdict;
  reason: string;
  invocationsBefore: number;
  invocationsAfter: number;
  meanDurationMsBefore?: number;
  meanDurationMsAfter?: number;
  p95DurationMsBefore?: number;
  p95DurationMsAfter?: number;
}
