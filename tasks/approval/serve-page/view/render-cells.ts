import type { Assessment } from '../../../../shared/contracts/assessment.ts';
import type { Identity } from '../../../../shared/contracts/decision.ts';
import type { CoveredSteps } from '../../../../shared/contracts/ledger.ts';
import { groupP95Change } from '../../../../shared/domain/approval/proposal/group-words.ts';
import {
  count,
  furtherSteps,
  megabytes,
  riskWords,
  toolName,
} from '../../../../shared/domain/approval/proposal/wording.ts';
import { change, interval, time } from './figures.ts';
import { type Html, html } from './html.ts';
import { nameAloud } from './name-aloud.ts';
import { type ProposalView, STAGES, type Stage } from './proposal-view.ts';
import type { QuestionView } from './question-view.ts';

/* What stands in the cells of a row, be it a proposal or several asked about as one. */

/** `stack · team · CDK`, as far as tags tell and all have the same. */
export function renderOwner({ members }: Pick<QuestionView, 'members'>): Html {
  const [words, ...others] = new Set(members.map(ownerWords));
  const [{ record }] = members;
  return html`<span class="owner">${others.length > 0 ? 'several owners' : words}${record.delivery === 'patch' && ' · by patch only'}</span>`;
}

function ownerWords({ assessment: { owner } }: ProposalView): string {
  const known = [owner.stackName, owner.team, toolName(owner.tool)].filter((part) => part !== undefined);
  return known.length === 0 ? 'owner not known' : known.join(' · ');
}

/** From what to what; `covers` is what an approval allows beside it, where somebody still has to give one. */
export function renderChange({ current, recommended }: Assessment, covers: CoveredSteps | undefined): Html {
  const memory = current.memorySizeMb !== recommended.memorySizeMb;
  const timeout = current.timeoutSeconds !== recommended.timeoutSeconds;
  return html`${
    memory &&
    html`<span class="change">${count(current.memorySizeMb)} → <strong>${megabytes(recommended.memorySizeMb)}</strong></span>`
  }${
    timeout &&
    html`<span class="change">timeout ${count(current.timeoutSeconds)} → <strong>${count(recommended.timeoutSeconds)} s</strong></span>`
  }${covers && html` <small class="covers">approving covers ${furtherSteps(covers)}, each undone if worse</small>`}`;
}

/** Of one, or of whichever of several loses most, within the bounds of all. */
export function renderP95({ members }: Pick<QuestionView, 'members'>): Html {
  const p95Change = groupP95Change(members);
  if (p95Change === undefined) return html`<span class="quiet">not predicted</span>`;
  if (p95Change.lowerShare === p95Change.upperShare) return html`${change(p95Change.share)}`;
  return html`${members.length > 1 && 'at worst '}${change(p95Change.share)} <small>${interval(p95Change)}</small>`;
}

export const renderRisk = ({ assessment: { risk } }: ProposalView): Html =>
  html`<span class="risk risk-${risk}">${riskWords(risk)}</span>`;

/** What selects a proposal that waits; the cell stays where it no longer does, for the script to replace. */
export function renderPick(view: ProposalView, element: 'td' | 'span'): Html {
  const { functionName, open } = view;
  const role = element === 'td' && html` role="cell"`;
  return html`<${element}${role} class="pick" data-live="pick ${functionName}">${
    open &&
    html`<input type="checkbox" name="functionName" value="${functionName}" id="pick-${functionName}" aria-label="Select ${nameAloud(view)}">`
  }</${element}>`;
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

export const renderBadge = (stage: Stage, howMany = ''): Html =>
  html`<span class="badge ${TONES[stage] ?? 'plain'}">${STAGES[stage]}${howMany}</span>`;

/** Where it stands, who decided and when, and what came of it. */
export function renderState({ stage, record }: ProposalView, timeZone: string): Html {
  const { decision, outcome } = record;
  return html`${renderBadge(stage)}${
    decision &&
    html` <small>${decision.decision} by <b>${decision.by.name}</b>${IDENTITY_WORDS[decision.by.kind]}, ${time(decision.at, timeZone)}</small>`
  }${decision?.note !== undefined && html` <small class="note">“${decision.note}”</small>`}${
    outcome && outcome.kind !== 'Rejected' && outcome.kind !== 'Expired' && html` <small>${outcome.reason}</small>`
  }`;
}
