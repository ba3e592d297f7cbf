import { count, counted } from '../../../../shared/domain/approval/proposal/wording.ts';
import { ROWS_PER_PAGE, type SortKey, sortedBy, toQueryString } from '../request/list-query.ts';
import { money } from './figures.ts';
import { type Html, html } from './html.ts';
import type { PageModel } from './page-model.ts';
import { renderGroup } from './render-group.ts';
import { renderProposal } from './render-proposal.ts';

/** The table and its pager. Roles are spelled out because narrow screens lay rows out as cards. */
export function renderList(model: PageModel): Html {
  return html`<div id="list">
<p class="shown">${shownPhrase(model)}</p>
${model.rows.length > 0 && renderTable(model)}
${model.pageCount > 1 && renderPager(model)}
</div>`;
}

function shownPhrase({ views, matching, questions, rows, query }: PageModel): string {
  if (views.length === 0) return 'This run proposed nothing.';
  if (matching.length === 0) return 'No proposal matches.';
  const first = (query.page - 1) * ROWS_PER_PAGE + 1;
  const range = rows.length === questions.length ? '' : ` · ${count(first)} to ${count(first + rows.length - 1)} shown`;
  const total = matching.length === views.length ? '' : ` of ${count(views.length)}`;
  const asked = questions.length === matching.length ? '' : ` in ${counted(questions.length, 'row')}`;
  return `${counted(matching.length, 'proposal')}${total}${asked}${range}`;
}

function renderTable(model: PageModel): Html {
  return html`<table role="table" class="proposals">
<caption class="unseen">Proposed changes; each row is followed by its details</caption>
<thead role="rowgroup"><tr role="row">
<th role="columnheader" scope="col" class="pick">${
    model.nonce !== undefined
      ? html`<input type="checkbox" id="everything" aria-label="Select everything shown" hidden><span class="unseen">Select</span>`
      : html`<span class="unseen">Select</span>`
  }</th>
${sortable(model, 'function', html`Function`)}
${sortable(model, 'memory', html`Now → proposed`)}
${sortable(model, 'saving', html`Saves a month`, 'num')}
${sortable(model, 'p95', html`p95 duration`, 'num')}
${sortable(model, 'risk', html`Risk`)}
<th role="columnheader" scope="col">Reason</th>
${sortable(model, 'state', html`State`)}
</tr></thead>
${model.rows.map((row, at) => [
  placeHeading(model, at),
  row.members.length > 1 ? renderGroup(row, model) : renderProposal(row.members[0], model),
])}
</table>`;
}

/** Where an account and region begins on this page: its name, and what all of it comes to. */
function placeHeading({ rows, matching }: PageModel, at: number): Html | undefined {
  const { placeName } = rows[at]!;
  if (placeName === '' || placeName === rows[at - 1]?.placeName) return undefined;
  const own = matching.filter((each) => each.placeName === placeName);
  const saving = own.reduce((sum, each) => sum + each.savingsUsdPerMonth, 0);
  return html`<tbody role="rowgroup" class="place"><tr role="row"><th role="rowheader" scope="rowgroup" colspan="8">${placeName} <small>${counted(own.length, 'proposal')}, ${money(saving)} a month</small></th></tr></tbody>`;
}

function sortable({ query, pagePath }: PageModel, key: SortKey, words: Html, className = ''): Html {
  const sorted = query.sort === key;
  const direction = query.descending ? 'descending' : 'ascending';
  return html`<th role="columnheader" scope="col" class="${className}"${sorted && html` aria-sort="${direction}"`}><a
 href="${pagePath}${toQueryString(sortedBy(query, key))}" data-list>${words}<span class="arrow" aria-hidden="true">${
   sorted ? (query.descending ? ' ↓' : ' ↑') : ''
 }</span></a></th>`;
}

function renderPager({ query, pageCount, pagePath }: PageModel): Html {
  const link = (page: number, words: string) =>
    page < 1 || page > pageCount
      ? html`<span class="quiet">${words}</span>`
      : html`<a href="${pagePath}${toQueryString({ ...query, page })}" data-list>${words}</a>`;
  return html`<nav class="pager" aria-label="Pages">${link(query.page - 1, '← Previous')}
<span>Page ${query.page} of ${pageCount}</span>
${link(query.page + 1, 'Next →')}</nav>`;
}
