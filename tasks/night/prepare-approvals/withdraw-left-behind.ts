import type { ProposalLedger } from '../../../shared/clients/ledger/ledger.ts';
import type { ProposalRecord } from '../../../shared/contracts/ledger.ts';
import type { RunContext } from '../../../shared/contracts/run.ts';

/**
 * Another try of a night may see what the first one did not, and no longer ask what that one registered. Nothing would
 * wait for an answer then, and the page would still take one: so what is undecided ends as expired. Answers all that
 * the first one asked, for the rest of the night to bring to its end, or to tell again how it ended.
 */
export async function withdrawLeftBehind(
  run: RunContext,
  asked: readonly ProposalRecord[],
  ledger: Pick<ProposalLedger, 'listProposals' | 'expire'>,
): Promise<ProposalRecord[]> {
  const names = new Set(asked.map(({ functionName }) => functionName));
  // Also what is still watched: the changes that the night looked at first are those of other runs.
  const leftBehind = (await ledger.listProposals(run.runId)).filter(({ functionName }) => !names.has(functionName));
  for (const { functionName } of leftBehind) await ledger.expire(run.runId, functionName);
  return leftBehind;
}
