import { usd } from '../../shared/domain/approval/proposal/wording.ts';
import { escapeHtml } from '../../shared/domain/escape-html.ts';
import type { AccountAssessment } from './assess-account.ts';
import { ASSESSMENT_COLUMNS } from './assessment-text.ts';
import { leftAloneWords, totalsOf } from './assessment-totals.ts';

const STYLES =
  ':root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:80rem;margin:1rem auto;padding:0 1rem}' +
  'table{border-collapse:collapse;width:100%}' +
  'th,td{text-align:left;padding:.3rem .6rem .3rem 0;border-bottom:1px solid #8888;vertical-align:top}';

const cells = (tag: 'td' | 'th', values: readonly (string | number)[]): string =>
  `<tr>${values.map((value) => `<${tag}>${escapeHtml(String(value))}</${tag}>`).join('')}</tr>`;

/** One self-contained page; names and reasons come from outside, so everything is escaped. */
export function assessmentHtml(found: AccountAssessment): string {
  const { worth, savingsUsdPerMonth } = totalsOf(found);
  const headings = ASSESSMENT_COLUMNS.map(({ heading }) => heading);
  const valuesOf = (row: (typeof worth)[number]) => ASSESSMENT_COLUMNS.map(({ value }) => value(row) ?? '');
  const rows = worth.map((row) => cells('td', valuesOf(row)));
  const alone = found.excluded.map(({ functionName, reason, message }) => cells('td', [functionName, reason, message]));
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Rightsizer assessment</title><style>${STYLES}</style></head><body>
<h1>${worth.length} of ${found.functions.length} functions are worth changing: ${escapeHtml(usd(savingsUsdPerMonth))} a month by estimate</h1>
<table><thead>${cells('th', headings)}</thead><tbody>${rows.join('\n')}</tbody></table>
<h2>Left alone</h2><p>${escapeHtml(leftAloneWords(found))}</p><table><tbody>${alone.join('\n')}</tbody></table>
${unreadHtml(found)}</body></html>\n`;
}

/** Without it, a page would look as if everything had been known. */
function unreadHtml({ unavailableSources }: AccountAssessment): string {
  if (unavailableSources.length === 0) return '';
  const rows = unavailableSources.map(({ source, reason }) => cells('td', [source, reason]));
  return `<h2>Not read</h2><table><tbody>${rows.join('\n')}</tbody></table>\n`;
}
