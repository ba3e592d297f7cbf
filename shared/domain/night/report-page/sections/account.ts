import { sum } from 'd3-array';
import { counted, count as inFigures } from '../../../approval/proposal/wording.ts';
import { type Html, html } from '../../../html.ts';
import { spokenName } from '../../../organization/place.ts';
import { type MapFunction, mapAccount, wasteShareOf } from '../account-map.ts';
import { fateBar } from '../charts/fate-bar.ts';
import { MOST_MARKS, mapChart } from '../charts/map-chart.ts';
import { money, signedShare } from '../figures.ts';
import { fatesOf } from '../left-alone.ts';
import type { PageContent } from '../page-content.ts';
import { FATES } from '../words.ts';

const MOST_ROWS = 12;

const KIND_WORDS = { changed: 'changed tonight', proposed: 'proposed, not changed', kept: 'kept' } as const;

/** The whole account: what became of every function, and where its money goes. */
export function accountSection({ report }: PageContent): Html {
  const map = mapAccount(report);
  const fates = fatesOf(report);
  const cost = sum(map.functions, (fn) => fn.costUsdPerMonth);
  const waste = sum(map.functions, (fn) => fn.wasteUsdPerMonth);
  return html`<section aria-labelledby="account"><h2 id="account">The account on a map</h2>
${fateBar(fates)}
<ul class="key fates-key">${fates.map(({ name, count }) => html`<li class="${name}"><strong>${inFigures(count)}</strong> ${FATES[name]}</li>`)}</ul>
${
  map.functions.length > 0 &&
  html`<p>${counted(map.functions.length, 'function')} with enough evidence cost ${money(cost)} a month at the start of the night; other sizes would save ${money(waste)} of it by estimate. ${counted(map.withoutPlace, 'function')} had no evidence to be placed by.</p>
<div class="figures map"><figure><figcaption>${map.functions.length > MOST_MARKS ? 'One mark a place' : 'One mark a function'}: cost against the share that is wasted<ul class="key"><li class="changed">changed tonight</li><li class="proposed">proposed, not changed</li><li class="kept">kept</li><li class="equal">the same waste in dollars a month</li></ul></figcaption>
${mapChart(map)}</figure>
${largest(map.functions)}`
}</section>`;
}

function largest(functions: readonly MapFunction[]): Html {
  const shown = functions.filter(({ wasteUsdPerMonth }) => wasteUsdPerMonth >= 0.01).slice(0, MOST_ROWS);
  if (shown.length === 0) return html``;
  return html`<div class="scroll" role="region" aria-label="Functions with the largest waste" tabindex="0"><table><caption>Where the most is wasted</caption><thead><tr><th scope="col">Function</th><th scope="col" class="num">Costs a month</th><th scope="col" class="num">Too much</th><th scope="col" class="num">Share</th><th scope="col">Tonight</th></tr></thead><tbody>
${shown.map((fn) => html`<tr><th scope="row">${spokenName(fn.functionName)}</th><td class="num">${money(fn.costUsdPerMonth)}</td><td class="num">${money(fn.wasteUsdPerMonth)}</td><td class="num">${signedShare(wasteShareOf(fn)).replace('+', '')}</td><td>${KIND_WORDS[fn.kind]}</td></tr>`)}
</tbody></table></div>`;
}
