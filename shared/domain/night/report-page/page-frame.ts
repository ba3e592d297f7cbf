import { type Html, html, trusted } from '../../html.ts';
import { REPORT_STYLES } from './report-styles.ts';

/** A page in one file: nothing is fetched, nothing runs. */
export function pageFrame(title: string, main: Html): string {
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${title} · Rightsizer</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<link rel="icon" href="data:,">
<style>${trusted(REPORT_STYLES)}</style>
</head>
<body><main>
${main}
</main></body>
</html>
`;
  return page.text.replace(UNSEEN, ' ');
}

/** Whatever a name holds that browsers or terminals act on instead of showing it: controls, and turns of direction. */
const UNSEEN = /(?!\n)[\p{Cc}\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;

/** What every page of money says about its figures. */
export const MEANING_OF_SAVINGS = html`Savings are a month’s, at the traffic and list prices of the night that estimated them; <em>proven</em> is what production measured after a change, at the same traffic. A change counts from the night it was made, once, as it ended last.`;
