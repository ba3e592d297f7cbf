import type { ProposalLedger } from '../../../shared/clients/ledger/ledger.ts';
import type { ProposalRecord, StandingConsent } from '../../../shared/contracts/ledger.ts';

export interface ApplyConsent {
  ledger: Pick<ProposalLedger, 'decide'>;
  now(): number;
}

/**
 * Approves what an earlier approval by a person covers, in that person's name. It writes to the ledger as everybody does, so
 * that the same conditions hold and ApplyChange checks the same things. Answers the proposals as they then stand.
 */
export async function applyConsent(
  proposals: readonly ProposalRecord[],
  covered: ReadonlyMap<string, StandingConsent>,
  { ledger, now }: ApplyConsent,
): Promise<ProposalRecord[]> {
  const decided: ProposalRecord[] = [];
  for (const proposal of proposals) {
    const consent = covered.get(proposal.functionName);
    if (consent === undefined) {
      decided.push(proposal);
      continue;
    }
    const result = await ledger.decide(proposal.runId, proposal.functionName, {
      decision: 'approved',
      by: { kind: 'consent', name: consent.by.name },
      at: new Date(now()).toISOString(),
      note: noteOf(consent),
    });
    decided.push(result.proposal ?? proposal);
  }
  return decided;
}

const noteOf = ({ runId, leastMemorySizeMb, mostMemorySizeMb, until }: StandingConsent): string =>
  `covered by the approval in run ${runId}: steps from ${leastMemorySizeMb} to ${mostMemorySizeMb} MB until ${until.slice(0, 10)}`;
