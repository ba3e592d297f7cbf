import type { Evidence } from '../world/evidence.ts';
import { type Proposal, proposalsIn } from './records.ts';
import { saidAbout } from './said.ts';

/** A decision that was taken reaches the execution that waits for it: none ends as if nobody had answered. */
export function lostDecisions(evidence: Evidence): string[] {
  const finished = new Set(evidence.nights.filter(({ status }) => status === 'SUCCEEDED').map(({ runId }) => runId));
  return proposalsIn(evidence.ledger).flatMap((proposal) => [
    ...untold(proposal, evidence),
    ...(finished.has(proposal.runId) && !isToldAsFailed(proposal, evidence) ? unheard(proposal) : []),
  ]);
}

/** The page took it, in time, and the ledger knows nothing of it. */
function untold(proposal: Proposal, evidence: Evidence): string[] {
  const { runId, functionName, status, expiresAt } = proposal;
  const said = saidAbout(proposal, evidence).find(({ taken }) => taken);
  if (said === undefined || status === said.decision || evidence.clocksJumped) return [];
  if (status === 'expired' && said.atMs >= Date.parse(expiresAt)) return [];
  return [`${functionName} was ${said.decision} on the page of ${runId}, and is ${status} in the ledger`];
}

/** What broke is in the night's report by name, and nothing was changed or all of it is settled by a later night. */
const isToldAsFailed = ({ runId, functionName, outcome }: Proposal, { nights }: Evidence): boolean =>
  outcome === undefined &&
  nights.some(
    (night) =>
      night.runId === runId &&
      night.report?.changed.some((line) => line.functionName === functionName && line.kind === 'Failed') === true,
  );

function unheard({ runId, functionName, decision, outcome }: Proposal): string[] {
  if (decision === undefined) return [];
  const kind = outcome?.kind ?? 'none';
  const wrong = decision.decision === 'rejected' ? kind !== 'Rejected' : ['none', 'Expired', 'Rejected'].includes(kind);
  return wrong ? [`${functionName} was ${decision.decision} in ${runId}, and its outcome is ${kind}`] : [];
}
