import type { RunRecord } from '../../../../shared/contracts/ledger.ts';
import { type Html, html } from './html.ts';
import type { PageModel } from './page-model.ts';

/** The night's last state draws its pages before it marks the run. */
export const hasReport = ({ status }: Pick<RunRecord, 'status'>): boolean => status === 'succeeded';

/** Where the night's report is, or when it will be; an alarm's question has none. */
export function renderNightPages({ run, pagePath }: PageModel): Html | false {
  if (run.trigger === 'alarm' || run.status === 'failed') return false;
  if (!hasReport(run)) return html`<p class="quiet">This night’s report is linked here once the night is over.</p>`;
  return html`<nav aria-label="Reports"><a href="${pagePath}/report">This night’s report</a> · <a href="${pagePath}/since-the-beginning">Since the beginning</a></nav>`;
}
