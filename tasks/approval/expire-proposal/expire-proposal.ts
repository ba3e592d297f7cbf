import type { ProposalLedger, TurnLedger } from '../../../shared/clients/ledger/ledger.ts';
import { type TurnTaker, takeNightTurn } from '../../../shared/clients/ledger/night-turn.ts';
import { type ApprovalOutput, parseChangeTaskInput } from '../../../shared/contracts/change.ts';
import { SCHEMA_VERSION } from '../../../shared/contracts/schema-version.ts';
import { deciderOf } from '../../../shared/domain/approval/proposal/wording.ts';
import { ArtifactMissingError } from '../../../shared/errors.ts';

export interface ExpireProposalDependencies extends TurnTaker {
  ledger: Pick<ProposalLedger, 'expire'> & TurnLedger;
  now(): number;
}

/**
 * Ends a wait that nobody answered. Where a decision stands in the ledger all the same (it came in the last moment,
 * or its delivery failed to the end), that decision is what is answered, an approval with its turn.
 */
export async function expireProposal(
  event: unknown,
  dependencies: ExpireProposalDependencies,
): Promise<ApprovalOutput> {
  const { runId, functionName } = parseChangeTaskInput('expire-proposal input', event);
  const proposal = await dependencies.ledger.expire(runId, functionName);
  if (proposal === undefined || proposal.status === 'pending') {
    throw new ArtifactMissingError(`the ledger holds no proposal of run ${runId} for ${functionName}`);
  }
  return {
    schemaVersion: SCHEMA_VERSION,
    decision: proposal.status,
    decidedBy: proposal.decision ? deciderOf(proposal.decision.by) : 'nobody',
    ...(proposal.status === 'approved' && {
      turnAt: await takeNightTurn(proposal, dependencies, dependencies.now()),
    }),
  };
}
