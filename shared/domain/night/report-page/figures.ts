import { counted, percentChange, usd } from '../../approval/proposal/wording.ts';
import { type Html, html } from '../../html.ts';

/** Figures as a page shows them: the mail's ASCII wording with real minus signs and arrows. */
export const typographic = (text: string): string => text.replaceAll('->', '→').replace(/-(?=[$\d])/g, '−');

export const money = (amountUsd: number): string => typographic(usd(amountUsd));

export const signedShare = (share: number): string => typographic(percentChange(share));

/** Cents where they matter, none where an axis would only get longer. */
export const axisMoney = (amountUsd: number): string =>
  typographic(Math.abs(amountUsd) >= 1 || amountUsd === 0 ? usd(amountUsd).replace(/\.00$/, '') : usd(amountUsd));

const WORDS_MAX_CHARS = 400;

/** Words from outside, cut where they would push everything else off the page: a stack trace is a reason, too. */
export const capped = (words: string): string =>
  words.length <= WORDS_MAX_CHARS ? words : `${words.slice(0, WORDS_MAX_CHARS)}…`;

/** What a cap left out is said, never silently dropped. */
export const andMore = (left: number, singular: string): Html =>
  left > 0
    ? html`<p class="quiet">And ${counted(left, singular)} more; <code>--json</code> has all of them.</p>`
    : html``;
