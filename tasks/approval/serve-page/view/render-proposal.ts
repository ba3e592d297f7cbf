import type { Identity } from '../../../../shared/contracts/decision.ts';
import {
  count,
  furtherSteps,
  megabytes,
  riskWords,
  toolName,
} from '../../../../shared/domain/approval/proposal/wording.ts';
import { actionInWords } from '../../../../shared/domain/remediation/action-words.ts';
import { change, interval, money, time } from './figures.ts';
import { type Html, html } from './html.ts';
import { nameAloud } from './name-aloud.ts';
import type { PageModel } from './page-model.ts';
import { type ProposalView, STAGES } from './proposal-view.ts';
import { renderDetails } from './render-details.ts';

/** One proposal: a row to decide on, and a row that opens into everything behind it. */
export function renderProposal(view: ProposalView, model: PageModel): Html {
  const { functionName, shortName, assessment } = view;
  return html`<tbody role="rowgroup" class="proposal">
<tr role="row">
<td role="cell" class="pick" data-live="pick ${functionName}">${
    view.open &&
    html`<input type="checkbox" name="functionName" value="${functionName}" id="pick-${functionName}" aria-label="Select ${nameAloud(view)}">`
  }</td>
<th role="rowheader" scope="row" class="function"><label for="pick-${functionName}">${shortName}</label>${renderOwner(view)}</th>
<td role="cell" data-label="Now → proposed">${renderChange(view)}</td>
<td role="cell" data-label="Saves a month" class="num${view.savingsUsdPerMonth < 0 && ' costs'}">${renderSaving(view)}</td>
<td role="cell" data-label="p95 duration" class="num">${renderP95(view)}</td>
<td role="cell" data-label="Risk"><span class="risk risk-${assessment.risk}">${riskWords(assessment.risk)}</span></td>
<td role="cell" data-label="Reason" class="reason"><span>${assessment.reason}</span></td>
<td role="cell" data-label="State" class="state" data-live="state ${functionName}">${renderState(view, model.timeZone)}</td>
</tr>
<tr role="row" class="more"><td role="cell" colspan="8">${renderDetails(view)}</td></tr>
</tbody>`;
}

/** `stack · team · CDK`, as far as tags tell. */
function renderOwner({ assessment: { owner }, record }: ProposalView): Html {
  const parts = [owner.stackName, owner.team, toolName(owner.tool)];
  const known = parts.filter((part) => part !== undefined);
  return html`<span class="owner">${known.length === 0 ? 'owner not known' : known.join(' · ')}${record.delivery === 'patch' && ' · by patch only'}</span>`;
}

/** What answers an alarm is not done for money. */
function renderSaving({ record, savingsUsdPerMonth }: ProposalView): Html {
  return record.remediation === undefined
    ? html`${money(savingsUsdPerMonth)}`
    : html`<span class="quiet">answers an alarm</span>`;
}

function renderChange({ assessment, record: { remediation, covers, decision } }: ProposalView): Html {
  if (remediation !== undefined) return html`<span class="change">${actionInWords(remediation.action)}</span>`;
  const { current, recommended } = assessment;
  const memory = current.memorySizeMb !== recommended.memorySizeMb;
  const timeout = current.timeoutSeconds !== recommended.timeoutSeconds;
  return html`${
    memory &&
    html`<span class="change">${count(current.memorySizeMb)} → <strong>${megabytes(recommended.memorySizeMb)}</strong></span>`
  }${
    timeout &&
    html`<span class="change">timeout ${count(current.timeoutSeconds)} → <strong>${count(recommended.timeoutSeconds)} s</strong></span>`
  }${
    covers &&
    decision === undefined &&
    html` <small class="covers">approving covers ${furtherSteps(covers)}, each undone if worse</small>`
  }`;
}

function renderP95({ p95Change }: ProposalView): Html {
  if (p95Change === undefined) return html`<span class="quiet">not predicted</span>`;
  if (p95Change.lowerShare === p95Change.upperShare) return html`${change(p95Change.share)}`;
  return html`${change(p95Change.share)} <small>${interval(p95Change)}</small>`;
}

const TONES: Partial<Record<ProposalView['stage'], string>> = {
  verified: 'good',
  approved: 'busy',
  'awaiting-deployment': 'busy',
  applying: 'busy',
  applied: 'busy',
  watching: 'busy',
  'rolling-back': 'warning',
  'rolled-back': 'warning',
  'rollback-refused': 'warning',
  refused: 'warning',
  failed: 'bad',
};

/** How sure we are of who decided; a link's holder just says a name. */
const IDENTITY_WORDS: Record<Identity['kind'], string> = {
  'link-holder': '',
  oidc: ' (signed in)',
  iam: ' (IAM)',
  policy: ' (automatic)',
  consent: ' (earlier, covering this step)',
};

/** Where it stands, who decided and when, and what came of it. */
function renderState({ stage, record }: ProposalView, timeZone: string): Html {
  const { decision, outcome } = record;
  return html`<span class="badge ${TONES[stage] ?? 'plain'}">${STAGES[stage]}</span>${
    decision &&
    html` <small>${decision.decision} by <b>${decision.by.name}</b>${IDENTITY_WORDS[decision.by.kind]}, ${time(decision.at, timeZone)}</small>`
  }${decision?.note !== undefined && html` <small class="note">“${decision.note}”</small>`}${
    outcome && outcome.kind !== 'Rejected' && outcome.kind !== 'Expired' && html` <small>${outcome.reason}</small>`
  }`;
}
