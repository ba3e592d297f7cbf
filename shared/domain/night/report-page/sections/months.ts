import { monthAndYear } from '../../../calendar-date.ts';
import { type Html, html } from '../../../html.ts';
import { money } from '../figures.ts';
import { type BalanceMonth, monthsOf } from '../months.ts';
import type { PageContent } from '../page-content.ts';

/** The same figures by calendar month, as bills come. */
export function monthsSection({ nights, proof }: PageContent): Html {
  return html`<section aria-labelledby="months"><h2 id="months">Month by month</h2>
<div class="scroll" role="region" aria-label="Savings by month" tabindex="0"><table><thead><tr><th scope="col">Month</th><th scope="col" class="num">Saved</th><th scope="col" class="num">Spent on nights</th><th scope="col" class="num">Proven a month, at its end</th><th scope="col" class="num">Verified</th><th scope="col" class="num">Rolled back</th></tr></thead><tbody>
${monthsOf(nights, proof).map(row)}
</tbody></table></div></section>`;
}

const row = ({ month, savedUsd, nightsUsd, provenUsdPerMonth, verifiedCount, rolledBackCount }: BalanceMonth): Html =>
  html`<tr><th scope="row">${monthAndYear(month)}</th><td class="num">${money(savedUsd)}</td><td class="num">${nightsUsd === undefined ? '–' : money(nightsUsd)}</td><td class="num">${money(provenUsdPerMonth)}</td><td class="num">${verifiedCount}</td><td class="num">${rolledBackCount}</td></tr>`;
