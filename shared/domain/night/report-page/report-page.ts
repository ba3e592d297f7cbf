import { html, trusted } from '../../html.ts';
import { contentOf, type ReportPageInput } from './page-content.ts';
import { REPORT_STYLES } from './report-styles.ts';
import { accountSection } from './sections/account.ts';
import { changesSection } from './sections/changes.ts';
import { evidenceSection } from './sections/evidence.ts';
import { headline } from './sections/headline.ts';
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
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Night of ${input.report.runDate} · Rightsizer</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<link rel="icon" href="data:,">
<style>${trusted(REPORT_STYLES)}</style>
</head>
<body><main>
${headline(content)}
${provenSection(content)}
${sinceBeginningSection(content)}
${changesSection(content)}
${waitingSection(content)}
${accountSection(content)}
${skippedSection(content)}
${evidenceSection(content)}
<footer><p>Run ${input.report.runId}. Savings are a month’s, at the traffic and list prices of the night that estimated them; <em>proven</em> is what production measured after a change, at the same traffic. A change counts from the night it was made, once, as it ended last.</p></footer>
</main></body>
</html>
`;
  return page.text.replace(UNSEEN, ' ');
}

/** Whatever a name holds that browsers or terminals act on instead of showing it: controls, and turns of direction. */
const UNSEEN = /(?!\n)[\p{Cc}\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;
