import { cumsum } from 'd3-array';
import { scaleLinear } from 'd3-scale';
import { type Html, html } from '../../../html.ts';
import type { Fate } from '../left-alone.ts';
import { tenths } from './frame.ts';

const WIDTH = 680;
const HEIGHT = 30;
const GAP = 2;

/** Every function of the account in one bar; the list under it says the same in words. */
export function fateBar(fates: readonly Fate[]): Html {
  const ends = [...cumsum(fates, ({ count }) => count)];
  const x = scaleLinear()
    .domain([0, ends.at(-1) || 1])
    .range([0, WIDTH]);
  return html`<svg class="fates" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" aria-hidden="true">
${fates.map(({ name, count }, index) => {
  const from = x(ends[index]! - count);
  return html`<rect class="${name}" x="${tenths(from)}" width="${tenths(Math.max(1, x(ends[index]!) - from - GAP))}" height="${HEIGHT}"/>`;
})}
</svg>`;
}
