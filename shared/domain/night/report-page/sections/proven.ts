import { counted } from '../../../approval/proposal/wording.ts';
import { dayOfMonth } from '../../../calendar-date.ts';
import { type Html, html } from '../../../html.ts';
import { type EstimatePair, estimatesAgainstMeasurements } from '../balance.ts';
import { estimateChart } from '../charts/estimate-chart.ts';
import { proofChart } from '../charts/proof-chart.ts';
import { money } from '../figures.ts';
import type { PageContent } from '../page-content.ts';
import type { ProvenNight } from '../proof.ts';

/** More dots lie over each other; the table of nights has all sums. */
const MOST_PAIRS = 600;

/** Cumulated realized against estimated, and how far single estimates were off. */
export function provenSection({ proof }: PageContent): Html {
  const pairs = estimatesAgainstMeasurements(proof.changes);
  return html`<section aria-labelledby="proven"><h2 id="proven">Saved and proven so far</h2>
<div class="figures">
<figure><figcaption>Savings a month after each night<ul class="key"><li class="proven">proven in production</li><li class="estimated">estimated for the same changes</li><li class="unproven">estimated, not proven yet</li></ul></figcaption>
${proofChart(proof.nights)}</figure>
${pairs.length > 0 && estimates(pairs)}
</div>
<details><summary>The same, night by night</summary>${nightsTable(proof.nights)}</details>
</section>`;
}

function estimates(pairs: readonly EstimatePair[]): Html {
  const shown = pairs.slice(-MOST_PAIRS);
  const left = pairs.length - shown.length;
  return html`<figure><figcaption>Each verified change: estimated against measured${left > 0 && `, the newest ${counted(shown.length, 'change')} of ${pairs.length}`}<ul class="key"><li class="pair">one change</li><li class="diagonal">as estimated; above it, better</li></ul></figcaption>
${estimateChart(shown)}</figure>`;
}

function nightsTable(nights: readonly ProvenNight[]): Html {
  return html`<div class="scroll" role="region" aria-label="Savings by night" tabindex="0"><table><thead><tr><th scope="col">Night</th><th scope="col" class="num">Proven a month</th><th scope="col" class="num">Estimated for the same</th><th scope="col" class="num">Not proven yet</th><th scope="col" class="num">Verified</th><th scope="col" class="num">Rolled back</th></tr></thead><tbody>
${nights
  .toReversed()
  .map(
    (night) =>
      html`<tr><th scope="row">${dayOfMonth(night.runDate)} <small>${night.runId}</small></th><td class="num">${money(night.provenUsdPerMonth)}</td><td class="num">${money(night.estimatedUsdPerMonth)}</td><td class="num">${money(night.unprovenUsdPerMonth)}</td><td class="num">${night.verifiedTonight}</td><td class="num">${night.rolledBackTonight}</td></tr>`,
  )}
</tbody></table></div>`;
}
