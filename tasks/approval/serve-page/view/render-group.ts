import { groupCovers, groupReason, groupTitle } from '../../../../shared/domain/approval/proposal/group-words.ts';
import { count, counted } from '../../../../shared/domain/approval/proposal/wording.ts';
import { toQueryString } from '../request/list-query.ts';
import { money } from './figures.ts';
import { type Html, html } from './html.ts';
import { nameAloud } from './name-aloud.ts';
import type { PageModel } from './page-model.ts';
import type { ProposalView } from './proposal-view.ts';
import type { QuestionView } from './question-view.ts';
import {
  renderBadge,
  renderChange,
  renderOwner,
  renderP95,
  renderPick,
  renderRisk,
  renderState,
} from './render-cells.ts';

/** Several proposals that are one question: a row to decide on, and one that opens into each of them. */
export function renderGroup(question: QuestionView, model: PageModel): Html {
  const { groupName, members, savingsUsdPerMonth } = question;
  const [first] = members;
  const records = members.map(({ record }) => record) as [ProposalView['record'], ...ProposalView['record'][]];
  const title = groupTitle(records);
  return html`<tbody role="rowgroup" class="proposal group">
<tr role="row">
<td role="cell" class="pick" data-live="picks ${groupName}">${
    members.some(({ open }) => open) &&
    html`<input type="checkbox" data-group id="group-${groupName}" aria-label="Select what waits of ${title}, with ${nameAloud(first)}" hidden>`
  }</td>
<th role="rowheader" scope="row" class="function"><label for="group-${groupName}">${title}</label>${renderOwner(question)}</th>
<td role="cell" data-label="Now → proposed">${renderChange(first.assessment, openCovers(members))}</td>
<td role="cell" data-label="Saves a month" class="num${savingsUsdPerMonth < 0 && ' costs'}">${money(savingsUsdPerMonth)}</td>
<td role="cell" data-label="p95 duration" class="num">${renderP95(question)}</td>
<td role="cell" data-label="Risk">${renderRisk(first)}</td>
<td role="cell" data-label="Reason" class="reason"><span>${groupReason(records)}</span></td>
<td role="cell" data-label="State" class="state" data-live="states ${groupName}">${renderStates(members)}</td>
</tr>
<tr role="row" class="more"><td role="cell" colspan="8"><details><summary>The ${counted(members.length, 'function')}<span class="unseen">, with ${nameAloud(first)}</span></summary>
<p><a href="${model.pagePath}${toQueryString({ ...model.query, group: groupName, page: 1 })}" data-list>Curve, evidence and patch of each</a></p>
<ul class="members">${members.map((each) => renderMember(each, model.timeZone))}</ul></details></td></tr>
</tbody>`;
}

/** What an approval of those that wait may cover, at the widest. */
const openCovers = (members: QuestionView['members']) =>
  groupCovers(members.filter(({ open }) => open).map(({ record }) => record));

/** How many stand where. */
function renderStates(members: QuestionView['members']): Html[] {
  const stages = Map.groupBy(members, ({ stage }) => stage);
  return [...stages].map(([stage, own]) => html`${renderBadge(stage, ` (${count(own.length)})`)} `);
}

function renderMember(view: ProposalView, timeZone: string): Html {
  const { functionName, shortName, savingsUsdPerMonth } = view;
  return html`<li>${renderPick(view, 'span')}
<label for="pick-${functionName}">${shortName}</label>
<span>saves ${money(savingsUsdPerMonth)} <small>p95 ${renderP95({ members: [view] })}</small></span>
<span class="state" data-live="state ${functionName}">${renderState(view, timeZone)}</span></li>`;
}
