import { counted } from '../../../approval/proposal/wording.ts';
import { calendarDate } from '../../../calendar-date.ts';
import { type Html, html } from '../../../html.ts';
import type { Balance } from '../balance.ts';
import { money } from '../figures.ts';
import type { PageContent } from '../page-content.ts';

/** Sections by the id of their heading; one that a night leaves out leads nowhere, so only those that always stand. */
const CONTENTS = [
  ['proven', 'Proven so far'],
  ['since', 'Since the beginning'],
  ['changes', 'Tonight’s changes'],
  ['waits', 'What waits'],
  ['account', 'Map of the account'],
  ['evidence', 'Evidence and cost'],
] as const;

/** The night in one sentence, and the figures that people open the page for. */
export function headline({ report, proof, balance }: PageContent): Html {
  const { counts } = report;
  const last = proof.nights.at(-1);
  return html`<header><p class="brand">Rightsizer</p>
<h1>${sentence(balance)} <span class="quiet">Night of ${calendarDate(report.runDate)}</span></h1>
<dl class="summary">
${figure('Proven so far', money(balance.provenUsdPerMonth), `a month, ${counted(balance.verifiedCount, 'verified change')}`)}
${figure('Estimated before', money(last?.estimatedUsdPerMonth ?? 0), 'a month, for the same changes')}
${figure('Changed tonight', String(counts.applied), `of ${counted(counts.proposed, 'proposal')}`)}
${figure('Verified tonight', String(counts.verified), 'better or as good, in production')}
${figure('Rolled back tonight', String(counts.rolledBack), counts.rolledBack === 0 ? 'nothing got worse' : 'got worse, and was undone')}
${figure('Functions', String(counts.discovered), `${counted(counts.assessed, 'assessed', 'assessed')}, ${counts.excluded} left alone`)}
</dl>
<nav aria-label="Contents">${CONTENTS.map(([id, words]) => html`<a href="#${id}">${words}</a>`)}</nav></header>`;
}

const sentence = ({ provenUsdPerMonth, verifiedCount }: Balance): string =>
  verifiedCount === 0
    ? 'Nothing is proven yet.'
    : provenUsdPerMonth >= 0
      ? `${money(provenUsdPerMonth)} a month saved, proven in production.`
      : `${money(-provenUsdPerMonth)} a month more than before, as measured in production.`;

const figure = (name: string, value: string, note: string): Html =>
  html`<div><dt>${name}</dt><dd><strong>${value}</strong><small>${note}</small></dd></div>`;
