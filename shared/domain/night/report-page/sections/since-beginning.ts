import { counted, timeSpan } from '../../../approval/proposal/wording.ts';
import { calendarDate } from '../../../calendar-date.ts';
import { type Html, html } from '../../../html.ts';
import type { Calibration } from '../../../pricing/calibration.ts';
import { type Balance, LEAST_ESTIMATE_USD, MINUTES_PER_DECISION, MINUTES_PER_NIGHT } from '../balance.ts';
import { money, signedShare } from '../figures.ts';
import type { PageContent } from '../page-content.ts';

const MS_PER_HOUR = 3_600_000;

/** What it brought and what it took, for those who pay. */
export function sinceBeginningSection({ balance, calibration }: PageContent): Html {
  const { nightCount, firstDate, savedUsd, nightsUsd, nightsWithCost, rolledBackCount, verifiedCount } = balance;
  return html`<section aria-labelledby="since"><h2 id="since">Since the beginning</h2>
<p>${counted(nightCount, 'night')} since ${calendarDate(firstDate)}, as far as they are remembered.</p>
<dl class="balance">
${line('Saved', html`<strong>${money(savedUsd)}</strong> so far, by ${counted(verifiedCount, 'verified change')}, each at the rate that production showed`)}
${nightsUsd !== undefined && line('Spent', html`<strong>${money(nightsUsd)}</strong> for ${nightsWithCost === nightCount ? 'the nights themselves' : `the ${counted(nightsWithCost, 'night')} whose report tells`}, by AWS’s list prices`)}
${line('Rolled back', html`<strong>${rolledBackCount}</strong> of ${counted(rolledBackCount + verifiedCount, 'change')} that production gave a verdict on`)}
${line('People’s attention', attention(balance))}
${line('Error of the estimates', error(balance))}
${calibration && line('Error of the durations', durations(calibration))}
</dl></section>`;
}

const line = (name: string, value: Html): Html => html`<div><dt>${name}</dt><dd>${value}</dd></div>`;

const attention = ({ attentionHours, decisionCount }: Balance): Html =>
  html`<strong>about ${timeSpan(attentionHours * MS_PER_HOUR)}</strong> for ${counted(decisionCount, 'decision')}, assuming ${counted(MINUTES_PER_NIGHT, 'minute')} a night with one, and ${counted(MINUTES_PER_DECISION, 'minute')} each`;

function error({ error: found }: Balance): Html {
  if (found === undefined) return html`not known before a change is verified`;
  const { overall, medianAbsolute, changes, estimatedUsdPerMonth, realizedUsdPerMonth } = found;
  return html`<strong>${signedShare(overall)}</strong>: ${money(realizedUsdPerMonth)} a month measured where ${money(estimatedUsdPerMonth)} had been estimated. Half of them were off by less than ${signedShare(medianAbsolute).replace('+', '')} of their own estimate (${counted(changes, 'change')} estimated at ${money(LEAST_ESTIMATE_USD)} a month or more)`;
}

/** Nine of ten is what the model promises of its intervals. */
function durations({ coverage, predictions, medianAbsoluteError, bias }: Calibration): Html {
  const inside = Math.round(coverage * predictions);
  return html`<strong>${inside} of ${counted(predictions, 'change')}</strong> ran within the interval that was predicted to hold nine times out of ten. Half of the durations were off by less than ${signedShare(medianAbsoluteError).replace('+', '')}; on average they turned out ${bias === 0 ? 'as predicted' : `${signedShare(Math.abs(bias)).replace('+', '')} ${bias > 0 ? 'longer' : 'shorter'}`}`;
}
