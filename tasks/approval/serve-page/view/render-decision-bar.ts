import { count } from '../../../../shared/domain/approval/proposal/wording.ts';
import { NAME_MAX_CHARS, NOTE_MAX_CHARS } from '../decisions/decision-form.ts';
import { isFiltered, listFields } from '../request/list-query.ts';
import { money } from './figures.ts';
import { type Html, html } from './html.ts';
import type { PageModel } from './page-model.ts';

/** What one decides with. Deciding all takes a tick and a button, with the count and the money in plain sight. */
export function renderDecisionBar(model: PageModel, nonce: string): Html {
  return html`<fieldset class="bar" id="bar"><legend>Your decision</legend>
<input type="hidden" name="nonce" value="${nonce}" data-live="nonce">
<div hidden data-live="fields">${listFields(model.query).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  )}</div>
${renderName(model)}
<label class="wide"><span>Note (optional)</span> <input name="note" maxlength="${NOTE_MAX_CHARS}"></label>
${mayCover(model) && renderOnlyThisStep()}
<p class="all" data-live="all">${renderAll(model)}</p>
<p class="actions"><button name="decision" value="approved" class="approve">Approve <span class="amount">selected</span></button>
<button name="decision" value="rejected" class="reject">Reject <span class="amount">selected</span></button></p>
</fieldset>`;
}

const mayCover = ({ views }: PageModel): boolean => views.some(({ record }) => record.covers !== undefined);

/** Whoever would rather be asked again says so with the decision. */
function renderOnlyThisStep(): Html {
  return html`<label class="tick"><input type="checkbox" name="onlyThisStep" value="true"> Approve only the steps shown: ask me again before any further one</label>`;
}

function renderAll({ matching, query }: PageModel): Html {
  const open = matching.filter((each) => each.open);
  if (open.length === 0) return html`<span class="quiet">Nothing shown waits for a decision.</span>`;
  const saving = open.reduce((sum, each) => sum + each.savingsUsdPerMonth, 0);
  return html`<label class="tick"><input type="checkbox" name="all" value="true" data-count="${open.length}"> Decide all ${count(open.length)} that wait${
    isFiltered(query) && ' and match the filter'
  } (${money(saving)} a month), not only the selected</label>`;
}

function renderName({ signedInAs }: PageModel): Html {
  if (signedInAs !== undefined) return html`<p>Signed in as <b>${signedInAs}</b></p>`;
  return html`<label><span>Your name</span> <input name="name" required maxlength="${NAME_MAX_CHARS}" autocomplete="name"></label>`;
}
