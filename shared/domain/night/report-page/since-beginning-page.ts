import { counted } from '../../approval/proposal/wording.ts';
import { calendarDate } from '../../calendar-date.ts';
import { type Html, html } from '../../html.ts';
import type { Balance } from './balance.ts';
import { money } from './figures.ts';
import { contentOf, type PageContent, type ReportPageInput } from './page-content.ts';
import { MEANING_OF_SAVINGS, pageFrame } from './page-frame.ts';
import { largestSection } from './sections/largest.ts';
import { monthsSection } from './sections/months.ts';
import { provenSection } from './sections/proven.ts';
import { sinceBeginningSection } from './sections/since-beginning.ts';

/** All nights up to one, for those who pay: what it brought, what it took, and how far its promises were kept. */
export function renderSinceBeginningPage(input: ReportPageInput): string {
  const content = contentOf(input);
  return pageFrame(
    `Since the beginning, up to ${input.report.runDate}`,
    html`${balanceHeadline(content)}
${sinceBeginningSection(content)}
${provenSection(content)}
${monthsSection(content)}
${largestSection(content)}
<footer><p>Up to run ${input.report.runId}. ${MEANING_OF_SAVINGS}</p></footer>`,
  );
}

function balanceHeadline({ balance, report }: PageContent): Html {
  const since = `${counted(balance.nightCount, 'night')}, ${calendarDate(balance.firstDate)} to ${calendarDate(report.runDate)}`;
  return html`<header><p class="brand">Rightsizer</p>
<h1>${sentence(balance)} <span class="quiet">${since}</span></h1></header>`;
}

const sentence = ({ savedUsd, verifiedCount }: Balance): string =>
  verifiedCount === 0
    ? 'Nothing is proven yet.'
    : savedUsd >= 0
      ? `${money(savedUsd)} saved so far, as production showed.`
      : `${money(-savedUsd)} more spent so far, as production showed.`;
