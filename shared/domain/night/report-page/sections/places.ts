import { sum } from 'd3-array';
import type { AssessedOutcome, ChangedOutcome } from '../../../../contracts/outcome.ts';
import { counted } from '../../../approval/proposal/wording.ts';
import { type Html, html } from '../../../html.ts';
import { sectionsByPlace } from '../../../organization/place-words.ts';
import { money } from '../figures.ts';
import type { PageContent } from '../page-content.ts';

/** What happened in each account and region; nothing in a night of the hub's own only. */
export function placesSection({ report }: PageContent): Html {
  const { excluded = [], assessed = [], settled, changed, accountNames, unavailableSources = [] } = report;
  const all = [...excluded, ...assessed.map(asAssessed), ...[...settled, ...changed].map(asChanged)];
  const sections = sectionsByPlace<Entry>(all, accountNames).filter(({ label }) => label !== '');
  const silent = unavailableSources.flatMap(({ source }) => /^Functions of (.+)$/.exec(source)?.[1] ?? []);
  if (sections.length === 0 && silent.length === 0) return html``;
  return html`<section aria-labelledby="places"><h2 id="places">Accounts and regions</h2>
<table class="cards"><caption class="unseen">The night by account and region</caption><thead><tr><th scope="col">Account and region</th><th scope="col" class="num">Functions</th><th scope="col" class="num">Changes</th><th scope="col" class="num">Estimated</th><th scope="col" class="num">Measured</th></tr></thead><tbody>
${sections.map(({ label, things }) => row(label, things))}
${silent.map((label) => html`<tr><th scope="row">${label}</th><td colspan="4">did not let us in; see <a href="#evidence">sources away</a></td></tr>`)}
</tbody></table></section>`;
}

interface Entry {
  readonly functionName: string;
  readonly functionArn: string;
  readonly changed?: ChangedOutcome;
}

const asAssessed = ({ functionName, functionArn }: AssessedOutcome): Entry => ({ functionName, functionArn });

function asChanged(changed: ChangedOutcome): Entry {
  const { functionName, functionArn } = changed;
  return { functionName, functionArn, changed };
}

function row(label: string, things: readonly Entry[]): Html {
  const changes = things.flatMap(({ changed }) => changed ?? []);
  const functions = things.length - changes.length;
  const estimated = sum(changes, (each) => each.estimatedSavingsUsdPerMonth ?? 0);
  const measured = sum(changes, (each) => each.realizedSavingsUsdPerMonth ?? 0);
  return html`<tr><th scope="row">${label}</th><td class="num" data-label="Functions">${counted(functions, 'function')}</td><td class="num" data-label="Changes">${counted(changes.length, 'change')}</td><td class="num" data-label="Estimated">${money(estimated)}</td><td class="num" data-label="Measured">${money(measured)}</td></tr>`;
}
