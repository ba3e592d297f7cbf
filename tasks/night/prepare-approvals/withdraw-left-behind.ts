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
  const leftBehind = (await ledger.listProposals(run.runId)).filter(
    (each) => !names.has(each.functionName) && !isToldTonight(each, run),
  );
  for (const { functionName } of leftBehind) await ledger.expire(run.runId, functionName);
  return leftBehind;
}

/** A change that is watched, or was until tonight, is among the open changes that the night looked at first. */
const isToldTonight = ({ outcome }: ProposalRecord, { startedAt }: RunContext): boolean =>
  outcome !== undefined &&
  (outcome.kind === 'Watching' || outcome.kind === 'AwaitingDeployment' || outcome.at >= startedAt);
