import { html } from '../../html.ts';
import { contentOf, type ReportPageInput } from './page-content.ts';
import { MEANING_OF_SAVINGS, pageFrame } from './page-frame.ts';
import { accountSection } from './sections/account.ts';
import { changesSection } from './sections/changes.ts';
import { evidenceSection } from './sections/evidence.ts';
import { headline } from './sections/headline.ts';
import { placesSection } from './sections/places.ts';
import { provenSection } from './sections/proven.ts';
import { sinceBeginningSection } from './sections/since-beginning.ts';
import { skippedSection } from './sections/skipped.ts';
import { waitingSection } from './sections/waiting.ts';

/**
 * One night as a page in one file: nothing is fetched, nothing runs. It tells history up to its own night only, so that
 * the same night always gives the same page. Names and reasons come from outside; `html` escapes all of them.
 */
export function renderReportPage(input: ReportPageInput): string {
  const content = contentOf(input);
  return pageFrame(
    `Night of ${input.report.runDate}`,
    html`${headline(content)}
${provenSection(content)}
${sinceBeginningSection(content)}
${placesSection(content)}${changesSection(content)}
${waitingSection(content)}
${accountSection(content)}
${skippedSection(content)}
${evidenceSection(content)}
<footer><p>Run ${input.report.runId}. ${MEANING_OF_SAVINGS}</p></footer>`,
  );
}
