import { extent } from 'd3-array';
import { scaleSymlog } from 'd3-scale';
import { type Html, html } from '../../../html.ts';
import { spokenName } from '../../../organization/place.ts';
import type { EstimatePair } from '../balance.ts';
import { axisMoney, money } from '../figures.ts';
import { frame, PLOT, tenths, thinned } from './frame.ts';

const BOTTOM = 300;
const LEVELS_USD = [-1_000, -100, -10, -1, 0, 1, 10, 100, 1_000, 10_000];

/** Each verified change: estimated across, measured upwards. On the diagonal the estimate was right. */
export function estimateChart(pairs: readonly EstimatePair[]): Html {
  const values = pairs.flatMap((pair) => [pair.estimatedUsdPerMonth, pair.realizedUsdPerMonth]);
  const [least = 0, most = 1] = extent([...values, 0, 1]);
  // Logarithmic, since savings span five orders of magnitude, and linear around zero, since some measure below it.
  const scale = scaleSymlog()
    .domain([least * 1.15, most * 1.15])
    .constant(0.5);
  const x = scale.copy().range([PLOT.left, PLOT.right]);
  const y = scale.copy().range([BOTTOM, PLOT.top]);
  const levels = LEVELS_USD.filter((level) => level >= least * 1.15 && level <= most * 1.15);
  const above = pairs.filter((pair) => pair.realizedUsdPerMonth >= pair.estimatedUsdPerMonth).length;
  return frame({
    words: `${pairs.length} verified changes, estimated against measured savings: ${above} measured at least what was estimated. From ${money(least)} to ${money(most)} a month.`,
    bottom: BOTTOM,
    rows: thinned(
      levels.map((level) => ({ at: tenths(y(level)), label: axisMoney(level) })),
      levels.length,
    ),
    columns: thinned(
      levels.map((level) => ({ at: tenths(x(level)), label: axisMoney(level) })),
      levels.length,
    ),
    across: 'estimated a month → · measured a month ↑',
    body: html`<path class="diagonal" d="M${tenths(x(least))} ${tenths(y(least))}L${PLOT.right} ${PLOT.top}"/>
${pairs.map(
  (pair) =>
    html`<circle class="pair" cx="${tenths(x(pair.estimatedUsdPerMonth))}" cy="${tenths(y(pair.realizedUsdPerMonth))}" r="5"><title>${spokenName(pair.functionName)}: ${money(pair.estimatedUsdPerMonth)} estimated, ${money(pair.realizedUsdPerMonth)} measured</title></circle>`,
)}`,
  });
}
