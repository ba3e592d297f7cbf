import { descending } from 'd3-array';
import type { ChangedOutcome } from '../../../../contracts/outcome.ts';
import { configurationChange } from '../../../approval/proposal/wording.ts';
import { type Html, html } from '../../../html.ts';
import { spokenName } from '../../../organization/place.ts';
import { andMore, capped, money, typographic } from '../figures.ts';
import type { PageContent } from '../page-content.ts';
import { ENDINGS } from '../words.ts';

const MOST_ROWS = 200;

/** Kinds that a reader looks for first. */
const ORDER: readonly ChangedOutcome['kind'][] = [
  'RollbackRefused',
  'Failed',
  'RolledBack',
  'Verified',
  'Unverified',
  'Watching',
  'AwaitingDeployment',
  'Refused',
  'Rejected',
  'Expired',
];

/** What was changed and how it ended: what went wrong first, then by the money. */
export function changesSection({ report: { settled, changed } }: PageContent): Html {
  const all = [...settled, ...changed].toSorted(
    (a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) || descending(moneyOf(a), moneyOf(b)),
  );
  const shown = all.slice(0, MOST_ROWS);
  return html`<section aria-labelledby="changes"><h2 id="changes">Tonight’s changes and their verdicts</h2>
${all.length === 0 ? html`<p>Nothing was proposed, and nothing of earlier nights was waiting.</p>` : table(shown)}
${andMore(all.length - shown.length, 'change')}</section>`;
}

const moneyOf = (outcome: ChangedOutcome): number =>
  Math.abs(outcome.realizedSavingsUsdPerMonth ?? outcome.estimatedSavingsUsdPerMonth ?? 0);

function table(outcomes: readonly ChangedOutcome[]): Html {
  return html`<table class="cards"><caption class="unseen">Changes of this night and verdicts on earlier ones</caption><thead><tr><th scope="col">Function</th><th scope="col">Ended as</th><th scope="col">Change</th><th scope="col" class="num">Estimated</th><th scope="col" class="num">Measured</th><th scope="col">Why</th></tr></thead><tbody>
${outcomes.map(row)}
</tbody></table>`;
}

function row(outcome: ChangedOutcome): Html {
  const { words, tone } = ENDINGS[outcome.kind];
  const { before, after, decidedBy } = outcome;
  return html`<tr><th scope="row">${spokenName(outcome.functionName)}${decidedBy !== undefined && html`<small>decided by ${capped(decidedBy)}</small>`}</th><td><span class="badge ${tone}">${words}</span></td><td class="change" data-label="Change">${before && after ? typographic(configurationChange(before, after)) : '–'}</td>${amount('Estimated', outcome.estimatedSavingsUsdPerMonth)}${amount('Measured', outcome.realizedSavingsUsdPerMonth)}<td class="why">${capped(typographic(outcome.reason))}</td></tr>`;
}

const amount = (label: string, usd: number | undefined): Html =>
  html`<td class="num" data-label="${label}">${usd === undefined ? '–' : money(usd)}</td>`;
