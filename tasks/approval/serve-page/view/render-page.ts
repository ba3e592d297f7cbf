import { count, counted, RISKS, riskWords, timeSpan } from '../../../../shared/domain/approval/proposal/wording.ts';
import { calendarDate } from '../../../../shared/domain/calendar-date.ts';
import { money, time } from './figures.ts';
import { type Html, html } from './html.ts';
import type { PageModel } from './page-model.ts';
import type { ProposalView } from './proposal-view.ts';
import { renderDecisionBar } from './render-decision-bar.ts';
import { renderDocument } from './render-document.ts';
import { renderFilters } from './render-filters.ts';
import { renderList } from './render-list.ts';
import { renderNightPages } from './render-night-pages.ts';

/** A run's page. Elements marked `data-live` are what the script replaces when it looks for news. */
export function renderPage(model: PageModel): Html {
  const what = `${counted(model.views.length, 'change')} proposed`;
  const when = occasion(model);
  const title = `${what} ${when}`;
  return renderDocument(
    title,
    html`<a class="skip" href="#proposals">Skip to the proposals</a>
<main id="main">
<header>
<p class="brand">Rightsizer</p>
<h1>${what} <span class="quiet">${when}</span></h1>
${renderSummary(model)}
${renderNightPages(model)}
</header>
<div class="notices" role="status" id="notices">${model.notice !== undefined && html`<p class="notice">${model.notice}</p>`}</div>
<section aria-labelledby="proposals">
<h2 id="proposals" tabindex="-1">Proposals</h2>
${renderFilters(model)}
${renderDecisions(model)}
</section>
<footer>
${model.signsOut && renderSignOut(model)}
<p>Nothing changes without an approval: what nobody decides in time expires. An approved change is applied only if the
function is still what it was when measured, is watched in production afterwards, and is rolled back if it got worse.
Savings are estimates until then.</p>
</footer>
</main>`,
  );
}

/** A form of its own, since signing out decides nothing. */
function renderSignOut({ pagePath, signedInAs }: PageModel): Html {
  return html`<form method="post" action="${pagePath}/sign-out">
<p>Signed in as ${signedInAs ?? ''} <button>Sign out</button></p></form>`;
}

function occasion({ run }: PageModel): string {
  const date = calendarDate(run.runDate);
  return run.trigger === 'alarm' ? `in answer to an alarm of ${date}` : `for the night of ${date}`;
}

function renderDecisions(model: PageModel): Html {
  if (model.nonce === undefined) return renderList(model);
  return html`<form id="decide" method="post" action="${model.pagePath}/decisions">
${renderList(model)}
${renderDecisionBar(model, model.nonce)}
</form>`;
}

const sumOfSavings = (views: readonly ProposalView[]): number =>
  views.reduce((sum, each) => sum + each.savingsUsdPerMonth, 0);

function renderSummary({ views, run, nonce, nowMs, timeZone }: PageModel): Html {
  const open = views.filter((each) => each.open);
  const approved = views.filter((each) => each.record.status === 'approved');
  const unsettled = views.filter((each) => !each.settled).length;
  return html`<dl class="summary" data-live="summary" data-unsettled="${unsettled}">
<div><dt>Estimated saving</dt><dd><strong>${money(sumOfSavings(views))}</strong> a month
<small>${approved.length === 0 ? 'nothing approved yet' : `${money(sumOfSavings(approved))} approved so far`}</small></dd></div>
<div><dt>Waiting</dt><dd><strong>${count(open.length)}</strong> of ${count(views.length)}
<small>${decidedPhrase(views)}</small></dd></div>
<div><dt>Risk</dt><dd>${riskPhrase(views)}</dd></div>
<div><dt>${nonce === undefined ? 'Decided by' : 'Decide by'}</dt><dd>${time(run.approvalExpiresAt, timeZone)}
<small>${nonce === undefined ? 'nothing is left to decide' : `${timeSpan(Date.parse(run.approvalExpiresAt) - nowMs)} left`}</small></dd></div>
</dl>`;
}

function decidedPhrase(views: readonly ProposalView[]): string {
  const statuses = ['approved', 'rejected'] as const;
  const counts = statuses.map(
    (status) => `${count(views.filter((each) => each.record.status === status).length)} ${status}`,
  );
  return counts.join(', ');
}

function riskPhrase(views: readonly ProposalView[]): Html[] {
  return RISKS.flatMap((risk) => {
    const matching = views.filter((each) => each.assessment.risk === risk).length;
    return matching === 0 ? [] : [html`<span class="risk risk-${risk}">${count(matching)} ${riskWords(risk)}</span> `];
  });
}
