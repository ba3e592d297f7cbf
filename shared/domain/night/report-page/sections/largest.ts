import { descending, rollups, sum } from 'd3-array';
import { type Html, html } from '../../../html.ts';
import { spokenName } from '../../../organization/place.ts';
import { type EstimatePair, estimatesAgainstMeasurements } from '../balance.ts';
import { money } from '../figures.ts';
import type { PageContent } from '../page-content.ts';

const MOST_ROWS = 20;

/** Less is nothing in a list of money. */
const LEAST_USD = 0.01;

/** Which functions the money is in, and in which it was not: both ends of the same list, all changes of each together. */
export function largestSection({ proof }: PageContent): Html | undefined {
  const pairs = byFunction(estimatesAgainstMeasurements(proof.changes));
  if (pairs.length === 0) return undefined;
  const best = pairs
    .filter((each) => each.realizedUsdPerMonth >= LEAST_USD)
    .toSorted((a, b) => descending(a.realizedUsdPerMonth, b.realizedUsdPerMonth));
  const worst = pairs
    .filter((each) => each.realizedUsdPerMonth <= -LEAST_USD)
    .toSorted((a, b) => descending(b.realizedUsdPerMonth, a.realizedUsdPerMonth));
  return html`<section aria-labelledby="largest"><h2 id="largest">Where the money is</h2>
<div class="figures">${list('Saved most', best)}${list('Cost more than before', worst)}</div></section>`;
}

const byFunction = (pairs: readonly EstimatePair[]): EstimatePair[] =>
  rollups(
    pairs,
    (changes) => ({
      functionName: changes[0]!.functionName,
      estimatedUsdPerMonth: sum(changes, ({ estimatedUsdPerMonth }) => estimatedUsdPerMonth),
      realizedUsdPerMonth: sum(changes, ({ realizedUsdPerMonth }) => realizedUsdPerMonth),
    }),
    ({ functionName }) => functionName,
  ).map(([, pair]) => pair);

function list(name: string, pairs: readonly EstimatePair[]): Html {
  if (pairs.length === 0) return html`<div><p><strong>${name}</strong>: none.</p></div>`;
  return html`<div class="scroll" role="region" aria-label="${name}" tabindex="0"><table><caption>${name}${pairs.length > MOST_ROWS && `, ${MOST_ROWS} of ${pairs.length}`}</caption><thead><tr><th scope="col">Function</th><th scope="col" class="num">Measured</th><th scope="col" class="num">Estimated</th></tr></thead><tbody>
${pairs.slice(0, MOST_ROWS).map((each) => html`<tr><th scope="row">${spokenName(each.functionName)}</th><td class="num">${money(each.realizedUsdPerMonth)}</td><td class="num">${money(each.estimatedUsdPerMonth)}</td></tr>`)}
</tbody></table></div>`;
}
