import type { ProposalLedger } from '../../../shared/clients/ledger/ledger.ts';
import type { Decision } from '../../../shared/contracts/decision.ts';
import type { ProposalRecord } from '../../../shared/contracts/ledger.ts';

export interface DecideUnasked {
  ledger: Pick<ProposalLedger, 'decide'>;
  now(): number;
}

/** In whose name a proposal is approved without a question, and why. */
export type Approver = Required<Pick<Decision, 'by' | 'note'>>;

/**
 * Approves what need not be asked about. It writes to the ledger as everybody does, so that the same conditions hold,
 * ApplyChange checks the same things, and the first decision wins. Answers the proposals as they then stand, another
 * try's decisions included.
 */
export async function decideUnasked(
  proposals: readonly ProposalRecord[],
  approverOf: (proposal: ProposalRecord) => Approver | undefined,
  { ledger, now }: DecideUnasked,
): Promise<ProposalRecord[]> {
  const decided: ProposalRecord[] = [];
  for (const proposal of proposals) {
    const approver = proposal.decision === undefined ? approverOf(proposal) : undefined;
    if (approver === undefined) {
      decided.push(proposal);
      continue;
    }
    const at = new Date(now()).toISOString();
    const result = await ledger.decide(proposal.runId, proposal.functionName, {
      decision: 'approved',
      ...approver,
      at,
    });
    decided.push(result.proposal ?? proposal);
  }
  return decided;
}
