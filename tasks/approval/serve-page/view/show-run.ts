import { issuePageNonce } from '../../../../shared/domain/approval/page-access/page-nonce.ts';
import { resultNotice } from '../decisions/result-notice.ts';
import type { DecideDeps } from '../deps.ts';
import { filterProposals, ROWS_PER_PAGE, readListQuery, sortQuestions } from '../request/list-query.ts';
import { openLink } from '../request/open-link.ts';
import type { PageRequest } from '../request/page-request.ts';
import { Refusal } from '../request/refusal.ts';
import { type PageResponse, pageResponse } from '../request/response.ts';
import { viewProposals } from './proposal-view.ts';
import { viewQuestions } from './question-view.ts';
import { renderPage } from './render-page.ts';

/** Shows a run. Reads only: mail scanners fetch links. */
export async function showRun(request: PageRequest, deps: DecideDeps, nowMs: number): Promise<PageResponse | Refusal> {
  // Whoever comes back from their own form finds it; to everybody else a moment makes no difference.
  const reading = { consistent: request.query.has('result') };
  const opened = await openLink(deps.ledger, request.linkId, nowMs, reading);
  if (opened instanceof Refusal) return opened;
  const unsettled = opened.proposals.some((each) => each.status === 'approved' && each.outcome === undefined);
  const views = viewProposals(
    opened.proposals,
    unsettled ? await deps.ledger.listOpenChanges() : [],
    nowMs,
    opened.run.accountNames,
  );
  const asked = readListQuery(request.query);
  const matching = filterProposals(views, asked);
  const questions = sortQuestions(viewQuestions(matching, { apart: asked.group !== undefined }), asked);
  const pageCount = Math.max(1, Math.ceil(questions.length / ROWS_PER_PAGE));
  const query = { ...asked, page: Math.min(asked.page, pageCount) };
  const page = renderPage({
    run: opened.run,
    views,
    matching,
    questions,
    rows: questions.slice((query.page - 1) * ROWS_PER_PAGE, query.page * ROWS_PER_PAGE),
    query,
    pageCount,
    pagePath: request.pagePath,
    nonce: opened.closedAt === undefined ? issuePageNonce(opened.scope, nowMs) : undefined,
    notice: resultNotice(opened.scope, request.query.get('result'), nowMs),
    signedInAs: request.signedInAs,
    signsOut: deps.signIn !== undefined,
    nowMs,
    timeZone: deps.timeZone,
  });
  return pageResponse(200, page, request.headers['accept-encoding']);
}
