import { sum } from 'd3-array';
import { counted } from '../../../approval/proposal/wording.ts';
import { type Html, html } from '../../../html.ts';
import { capped, money } from '../figures.ts';
import type { PageContent } from '../page-content.ts';
import { sourceWords } from '../words.ts';

const GB = 1e9;

/** Where tonight's knowledge came from, what was away, and what the night itself cost where the report tells. */
export function evidenceSection({ report }: PageContent): Html {
  const { memoryEvidence, unavailableSources = [], operatingCost } = report;
  return html`<section aria-labelledby="evidence"><h2 id="evidence">Evidence and cost of the night</h2><dl class="balance">
${memoryEvidence && line('Memory use from', html`<ul>${Object.entries(memoryEvidence.functionsBySource).map(([source, count]) => html`<li>${sourceWords(source)}: ${counted(count, 'function')}</li>`)}</ul>`)}
${memoryEvidence && line('Logs scanned', html`${(memoryEvidence.scannedBytes / GB).toFixed(1)} of at most ${(memoryEvidence.scanBudgetBytes / GB).toFixed(0)} GB`)}
${line('Sources away', away(unavailableSources))}
${operatingCost && line('This night cost', cost(operatingCost))}
</dl></section>`;
}

const line = (name: string, value: Html): Html => html`<div><dt>${name}</dt><dd>${value}</dd></div>`;

const away = (sources: NonNullable<PageContent['report']['unavailableSources']>): Html =>
  sources.length === 0
    ? html`none: every source that was asked answered`
    : html`<ul>${sources.map(({ source, reason, nightsAway = 1 }) => html`<li><strong>${sourceWords(source)}</strong>${nightsAway > 1 && ` for ${nightsAway} nights`}: ${capped(reason)}</li>`)}</ul>`;

/** Cents are shown; what is less is in the last line. */
const LEAST_LINE_USD = 0.005;

function cost({ usdPerNight, largestLinesUsd, pricesAsOf }: NonNullable<PageContent['report']['operatingCost']>): Html {
  const lines = Object.entries(largestLinesUsd).filter(([, usd]) => usd >= LEAST_LINE_USD);
  const rest = usdPerNight - sum(lines, ([, usd]) => usd);
  return html`<strong>${usdPerNight < LEAST_LINE_USD ? 'less than a cent' : money(usdPerNight)}</strong> by list prices of ${pricesAsOf}; free tiers, alarms and dashboard left out<ul>${lines.map(([item, usd]) => html`<li>${inWords(item)}: ${money(usd)}</li>`)}${lines.length > 0 && rest >= LEAST_LINE_USD && html`<li>everything else: ${money(rest)}</li>`}</ul>`;
}

/** `metrics read` for `metricsRead`, as the price table names its items. */
const inWords = (item: string): string => item.replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
