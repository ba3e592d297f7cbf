import type { PredictedChange } from '../../../../shared/domain/approval/proposal/predicted-change.ts';
import { instant, percentChange, usd } from '../../../../shared/domain/approval/proposal/wording.ts';
import { type Html, html } from './html.ts';

/** Figures as the page shows them: the mail's ASCII wording with real minus signs and arrows. */
export const typographic = (text: string): string => text.replaceAll('->', '→').replace(/-(?=[$\d])/g, '−');

export const money = (amountUsd: number): string => typographic(usd(amountUsd));

export const change = (share: number): string => typographic(percentChange(share));

export const interval = ({ lowerShare, upperShare }: Pick<PredictedChange, 'lowerShare' | 'upperShare'>): string =>
  `${change(lowerShare)} to ${change(upperShare)}`;

/** An instant in the configured time zone; the page's script rewrites it in the reader's own. */
export const time = (at: string, timeZone: string): Html =>
  html`<time datetime="${at}">${instant(at, timeZone)}</time>`;
