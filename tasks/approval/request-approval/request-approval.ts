import type { ProposalLedger } from '../../../shared/clients/ledger/ledger.ts';
import { parseRequestApprovalInput } from '../../../shared/contracts/change.ts';

/**
 * Writes the task token beside the proposal. Whoever decides never sees it; the ledger's stream brings token and
 * decision together, in whichever order they come.
 */
export async function requestApproval(
  event: unknown,
  ledger: Pick<ProposalLedger, 'putTaskToken'>,
  nowMs: number,
): Promise<void> {
  const { runId, functionName, taskToken } = parseRequestApprovalInput(event);
  await ledger.putTaskToken({ runId, functionName, taskToken, storedAt: new Date(nowMs).toISOString() });
}
