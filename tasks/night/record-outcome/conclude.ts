import type { ChangeRecord, FunctionRecord, ProposalRecord } from '../../../shared/contracts/ledger.ts';
import type { StoredObservation } from '../../../shared/contracts/manifest.ts';
import type { ChangedOutcome } from '../../../shared/contracts/outcome.ts';
import { consentAfter } from '../../../shared/domain/approval/standing-consent/consent-after.ts';
import { endedAs } from '../../../shared/domain/night/change/ended-as.ts';

const DAY_MS = 86_400_000;
/** Sizes remembered per function: five changes a side are more than the model needs to know its curve. */
const OBSERVATIONS_KEPT = 12;

/** Kinds after which the night leaves the function alone for a while: a person said no, or an experiment hurt. */
const COOLING_KINDS: readonly ChangedOutcome['kind'][] = ['Rejected', 'RolledBack', 'RollbackRefused'];
/**
 * How the change really stands, since a state that broke may leave a written change behind: such a change stays
 * open, so that the next night settles it.
 */
export function keepsOpen(kind: ChangedOutcome['kind'], change: ChangeRecord | undefined): boolean {
  if (kind === 'Watching' || kind === 'AwaitingDeployment') return true;
  return kind === 'Failed' && change !== undefined && endedAs(change) === undefined;
}

/** An owner whose source did not follow, or went another way, has answered as well as one who rejects. */
const restsAfter = (kind: ChangedOutcome['kind'], change: ChangeRecord | undefined): boolean =>
  COOLING_KINDS.includes(kind) || (kind === 'Refused' && change?.delivery === 'patch');

/** What the function's record keeps of a change that has ended. */
export function learnedFrom(
  kind: ChangedOutcome['kind'],
  change: ChangeRecord | undefined,
  proposal: ProposalRecord | undefined,
  known: FunctionRecord | undefined,
  settings: { coolDownDays: number; nowMs: number },
): Partial<Pick<FunctionRecord, 'observations' | 'lastWritten' | 'coolDownUntil' | 'standingConsent'>> {
  const coolDownUntil = new Date(settings.nowMs + settings.coolDownDays * DAY_MS).toISOString();
  const learned = { ...(restsAfter(kind, change) && { coolDownUntil }) };
  if (change?.appliedAt === undefined) return learned;
  const written = kind === 'RolledBack' ? change.before : change.after;
  const standingConsent = consentAfter(kind, change, proposal, known);
  return {
    ...learned,
    ...(standingConsent && { standingConsent }),
    observations: [...(known?.observations ?? []), ...observationsOf(change, proposal)].slice(-OBSERVATIONS_KEPT),
    lastWritten: {
      memorySizeMb: written.memorySizeMb,
      timeoutSeconds: written.timeoutSeconds,
      at: new Date(settings.nowMs).toISOString(),
      runId: change.runId,
    },
  };
}

/** Production at the size before the change, from its assessment, and after it, from its last verification. */
function observationsOf(change: ChangeRecord, proposal: ProposalRecord | undefined): StoredObservation[] {
  const { metrics, memory } = (proposal ?? change).assessment;
  const last = change.verifications.at(-1);
  const common = {
    codeSha256: change.before.codeSha256,
    ...(memory.maxMemoryUsedMb !== undefined && { maxMemoryUsedMb: memory.maxMemoryUsedMb }),
  };
  const before: StoredObservation[] =
    metrics?.meanDurationMs === undefined
      ? []
      : [
          {
            ...common,
            memorySizeMb: change.before.memorySizeMb,
            invocations: metrics.invocations,
            meanDurationMs: metrics.meanDurationMs,
            ...(metrics.p95DurationMs !== undefined && { p95DurationMs: metrics.p95DurationMs }),
            ...(metrics.p99DurationMs !== undefined && { p99DurationMs: metrics.p99DurationMs }),
            observedAt: metrics.to,
          },
        ];
  if (last?.meanDurationMsAfter === undefined || last.invocationsAfter === 0) return before;
  const after: StoredObservation = {
    ...common,
    memorySizeMb: change.after.memorySizeMb,
    invocations: last.invocationsAfter,
    meanDurationMs: last.meanDurationMsAfter,
    ...(last.p95DurationMsAfter !== undefined && { p95DurationMs: last.p95DurationMsAfter }),
    observedAt: last.at,
  };
  return [...before, after];
}
