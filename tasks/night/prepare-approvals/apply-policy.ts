import type { AutoApprovalRule } from '../../../shared/contracts/auto-approval.ts';
import type { ProposalRecord } from '../../../shared/contracts/ledger.ts';
import type { RunContext } from '../../../shared/contracts/run.ts';
import { decideByPolicy } from '../../../shared/domain/approval/auto-approval/decide-by-policy.ts';
import { type DecideUnasked, decideUnasked } from './decide-unasked.ts';

export interface ApplyPolicy extends DecideUnasked {
  autoApprovalRules: readonly AutoApprovalRule[];
}

/** Lets the auto-approval policy decide before people where the run says so. */
export async function applyPolicy(
  run: RunContext,
  proposals: readonly ProposalRecord[],
  dependencies: ApplyPolicy,
): Promise<ProposalRecord[]> {
  if (run.approvalMode !== 'policy') return [...proposals];
  return decideUnasked(
    proposals,
    (proposal) => {
      const verdict = decideByPolicy(proposal, dependencies.autoApprovalRules);
      return verdict.approved ? { by: { kind: 'policy', name: verdict.rule }, note: verdict.reason } : undefined;
    },
    dependencies,
  );
}
