import { counted } from '../../../approval/proposal/wording.ts';
import { type Html, html } from '../../../html.ts';
import { spokenName } from '../../../organization/place.ts';
import { money } from '../figures.ts';
import { leftOutOf } from '../left-alone.ts';
import type { PageContent } from '../page-content.ts';

const MOST_NAMES = 100;

/** What is not over: watched changes, proposals nobody answered, and what still waits for a decision. */
export function waitingSection({ report: { settled, changed, assessed }, openProposals }: PageContent): Html {
  const all = [...settled, ...changed];
  const watching = all.filter(({ kind }) => kind === 'Watching');
  const deployments = all.filter(({ kind }) => kind === 'AwaitingDeployment');
  const expired = all.filter(({ kind }) => kind === 'Expired');
  const leftOut = leftOutOf({ assessed }).map(({ functionName, savings }) => ({
    functionName,
    estimatedSavingsUsdPerMonth: savings?.savingsUsdPerMonth,
  }));
  const parts = [
    group('for a decision', 'somebody has to approve or reject', openProposals),
    group('for production', 'changed, with too little traffic so far to judge; the next nights look again', watching),
    group(
      'for a deployment',
      'approved, and kept as code: the deployment that carries its patch makes the change, the night after proves it',
      deployments,
    ),
    group('for the next night', 'nobody answered in time; proposed again from fresh evidence', expired),
    group(
      'for attention',
      'worth asking, but more than a night may ask of people; the harmful and dearest come first',
      leftOut,
    ),
  ].filter((part) => part !== undefined);
  return html`<section aria-labelledby="waits"><h2 id="waits">What waits</h2>
${parts.length === 0 ? html`<p>Nothing: all that was proposed is decided, and all that was changed has its verdict.</p>` : parts}</section>`;
}

interface Waiting {
  readonly functionName: string;
  readonly estimatedSavingsUsdPerMonth?: number | undefined;
}

function group(whom: string, why: string, members: readonly Waiting[]): Html | undefined {
  if (members.length === 0) return undefined;
  const worth = members.reduce((sum, each) => sum + (each.estimatedSavingsUsdPerMonth ?? 0), 0);
  return html`<details><summary><strong>${counted(members.length, 'function')}</strong> ${members.length === 1 ? 'waits' : 'wait'} ${whom}, ${money(worth)} a month by estimate</summary><p class="quiet">${why}</p>${names(members.map(({ functionName }) => functionName))}</details>`;
}

/** A list of names, capped with a count. */
export function names(functionNames: readonly string[]): Html {
  const shown = functionNames.slice(0, MOST_NAMES);
  const left = functionNames.length - shown.length;
  return html`<ul class="names">${shown.map((name) => html`<li>${spokenName(name)}</li>`)}${left > 0 && html`<li class="quiet">and ${counted(left, 'more', 'more')}</li>`}</ul>`;
}
