import { actionInWords } from '../../../../shared/domain/remediation/action-words.ts';
import { money } from './figures.ts';
import { type Html, html } from './html.ts';
import type { PageModel } from './page-model.ts';
import type { ProposalView } from './proposal-view.ts';
import { renderChange, renderOwner, renderP95, renderPick, renderRisk, renderState } from './render-cells.ts';
import { renderDetails } from './render-details.ts';

/** One proposal: a row to decide on, and a row that opens into everything behind it. */
export function renderProposal(view: ProposalView, model: PageModel): Html {
  const { functionName, shortName, assessment } = view;
  return html`<tbody role="rowgroup" class="proposal">
<tr role="row">
${renderPick(view, 'td')}
<th role="rowheader" scope="row" class="function"><label for="pick-${functionName}">${shortName}</label>${renderOwner({ members: [view] })}</th>
<td role="cell" data-label="Now → proposed">${renderWhat(view)}</td>
<td role="cell" data-label="Saves a month" class="num${view.savingsUsdPerMonth < 0 && ' costs'}">${renderSaving(view)}</td>
<td role="cell" data-label="p95 duration" class="num">${renderP95({ members: [view] })}</td>
<td role="cell" data-label="Risk">${renderRisk(view)}</td>
<td role="cell" data-label="Reason" class="reason"><span>${assessment.reason}</span></td>
<td role="cell" data-label="State" class="state" data-live="state ${functionName}">${renderState(view, model.timeZone)}</td>
</tr>
<tr role="row" class="more"><td role="cell" colspan="8">${renderDetails(view)}</td></tr>
</tbody>`;
}

/** What answers an alarm is not done for money. */
function renderSaving({ record, savingsUsdPerMonth }: ProposalView): Html {
  return record.remediation === undefined
    ? html`${money(savingsUsdPerMonth)}`
    : html`<span class="quiet">answers an alarm</span>`;
}

function renderWhat({ assessment, record: { remediation, covers, decision } }: ProposalView): Html {
  return remediation === undefined
    ? renderChange(assessment, decision === undefined ? covers : undefined)
    : html`<span class="change">${actionInWords(remediation.action)}</span>`;
}
