import type { ProposalLedger } from '../../../shared/clients/ledger/ledger.ts';
import type { AutoApprovalRule } from '../../../shared/contracts/auto-approval.ts';
import type { ProposalRecord } from '../../../shared/contracts/ledger.ts';
import type { RunContext } from '../../../shared/contracts/run.ts';
import { decideByPolicy } from '../../../shared/domain/approval/auto-approval/decide-by-policy.ts';

export interface ApplyPolicy {
  ledger: Pick<ProposalLedger, 'decide'>;
  autoApprovalRules: readonly AutoApprovalRule[];
  now(): number;
}

/**
 * Lets the auto-approval policy decide first where the run says so. It writes to the ledger as everybody does, so that
 * the same conditions hold, ApplyChange checks the same things, and the first decision wins. Answers the proposals as
 * they then stand, another try's decisions included.
 */
export async function applyPolicy(
  run: RunContext,
  proposals: readonly ProposalRecord[],
  { ledger, autoApprovalRules, now }: ApplyPolicy,
): Promise<ProposalRecord[]> {
  if (run.approvalMode !== 'policy') return [...proposals];
  const decided: ProposalRecord[] = [];
  for (const proposal of proposals) {
    const verdict = decideByPolicy(proposal, autoApprovalRules);
    if (!verdict.approved || proposal.decision !== undefined) {
      decided.push(proposal);
      continue;
    }
    const result = await ledger.decide(run.runId, proposal.functionName, {
      decision: 'approved',
      by: { kind: 'policy', name: verdict.rule },
      at: new Date(now()).toISOString(),
      note: verdict.reason,
    });
    decided.push(result.proposal ?? proposal);
  }
  return decided;
}
