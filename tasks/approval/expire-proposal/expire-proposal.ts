import type { ProposalLedger } from '../../../shared/clients/ledger/ledger.ts';
import { type ApprovalOutput, parseChangeTaskInput } from '../../../shared/contracts/change.ts';
import { SCHEMA_VERSION } from '../../../shared/contracts/schema-version.ts';
import { ArtifactMissingError } from '../../../shared/errors.ts';

/**
 * Ends a wait that nobody answered. Where a decision stands in the ledger all the same (it came in the last moment,
 * or its delivery failed to the end), that decision is what is answered.
 */
export async function expireProposal(event: unknown, ledger: Pick<ProposalLedger, 'expire'>): Promise<ApprovalOutput> {
  const { runId, functionName } = parseChangeTaskInput('expire-proposal input', event);
  const proposal = await ledger.expire(runId, functionName);
  if (proposal === undefined || proposal.status === 'pending') {
    throw new ArtifactMissingError(`the ledger holds no proposal of run ${runId} for ${functionName}`);
  }
  return {
    schemaVersion: SCHEMA_VERSION,
    decision: proposal.status,
    decidedBy: proposal.decision?.by.name ?? 'nobody',
  };
}
