import type { ChangeRecord, FunctionRecord, ProposalRecord, StandingConsent } from '../../../contracts/ledger.ts';
import type { ChangedOutcome } from '../../../contracts/outcome.ts';

/**
 * The consent that a change leaves behind: what a person approved with it, or what it was itself covered by. Only a change
 * that proved itself leaves any; whatever else happened, people are asked again.
 */
export function consentAfter(
  kind: ChangedOutcome['kind'],
  change: ChangeRecord | undefined,
  proposal: ProposalRecord | undefined,
  known: FunctionRecord | undefined,
): StandingConsent | undefined {
  if (kind !== 'Verified' || change?.appliedAt === undefined) return undefined;
  const { decision, after, before, runId, target } = change;
  const left = { memorySizeMb: after.memorySizeMb, timeoutSeconds: after.timeoutSeconds };
  if (decision.by.kind === 'consent') return known?.standingConsent && { ...known.standingConsent, left };
  const isPerson = decision.by.kind !== 'policy';
  if (!isPerson || decision.onlyThisStep === true || proposal?.covers === undefined) return undefined;
  const through = target && { aliasName: target.aliasName };
  return { ...proposal.covers, by: decision.by, runId, codeSha256: before.codeSha256, left, ...through };
}
