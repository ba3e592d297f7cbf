import type { Decision } from '../../../../shared/contracts/decision.ts';
import { checkPageNonce } from '../../../../shared/domain/approval/page-access/page-nonce.ts';
import type { DecideDeps, PageLedger } from '../deps.ts';
import { filterProposals, readListQuery, toQueryString } from '../request/list-query.ts';
import { findRun, openLink } from '../request/open-link.ts';
import type { PageRequest } from '../request/page-request.ts';
import { Refusal } from '../request/refusal.ts';
import { type PageResponse, seeOther } from '../request/response.ts';
import { viewProposals } from '../view/proposal-view.ts';
import { checkSender, type DecisionForm, readForm } from './decision-form.ts';
import { type DecisionTally, sealResult } from './result-notice.ts';

/** Writes in flight at once: 1,000 decisions then take about a second, far from what an on-demand table refuses. */
const CONCURRENT_WRITES = 25;

/** Takes a form's decisions; the ledger's conditional writes settle every race, the first decision wins. */
export async function takeDecisions(
  request: PageRequest,
  deps: DecideDeps,
  nowMs: number,
): Promise<PageResponse | Refusal> {
  const stranger = checkSender(request);
  if (stranger) return stranger;
  const linked = await findRun(deps.ledger, request.linkId, nowMs);
  if (linked instanceof Refusal) return linked;
  const form = readForm(request);
  if (form instanceof Refusal) return form;
  const verdict = checkPageNonce(linked.scope, form.nonce, nowMs);
  if (verdict !== 'valid') return new Refusal(verdict === 'expired' ? 'expired-nonce' : 'forged-nonce');

  const decision: Decision = {
    decision: form.decision,
    by: form.by,
    at: new Date(nowMs).toISOString(),
    ...(form.note !== undefined && { note: form.note }),
    ...(form.onlyThisStep && { onlyThisStep: true }),
  };
  const names = form.functionNames === 'all' ? await openNames(form, request, deps, nowMs) : form.functionNames;
  if (names instanceof Refusal) return names;
  const tally = await decideEach(deps.ledger, linked.run.runId, names, decision);
  if (tally.accepted === 0) return new Refusal('nothing-left');
  deps.log.info('decisions taken', { ...tally });
  const query = toQueryString(readListQuery(form.fields), { result: sealResult(linked.scope, tally, nowMs) });
  return seeOther(`${request.pagePath}${query}`);
}

/** What the sender's list shows and is still open. Only this form has everything read: one that names functions needs none. */
async function openNames(
  form: DecisionForm,
  request: PageRequest,
  { ledger }: DecideDeps,
  nowMs: number,
): Promise<readonly string[] | Refusal> {
  const opened = await openLink(ledger, request.linkId, nowMs, { consistent: false });
  if (opened instanceof Refusal) return opened;
  const shown = filterProposals(viewProposals(opened.proposals, [], nowMs), readListQuery(form.fields));
  return shown.filter(({ open }) => open).map(({ functionName }) => functionName);
}

async function decideEach(
  ledger: PageLedger,
  runId: string,
  functionNames: readonly string[],
  decision: Decision,
): Promise<DecisionTally> {
  const tally = { decision: decision.decision, accepted: 0, decidedBefore: 0, expired: 0, unknown: 0 };
  const waiting = functionNames.values();
  const takeTurns = async () => {
    for (const functionName of waiting) {
      const result = await ledger.decide(runId, functionName, decision);
      if (result.accepted) tally.accepted += 1;
      else if (result.why === 'already-decided') tally.decidedBefore += 1;
      else if (result.why === 'expired') tally.expired += 1;
      else tally.unknown += 1;
    }
  };
  await Promise.all(Array.from({ length: CONCURRENT_WRITES }, takeTurns));
  return tally;
}
