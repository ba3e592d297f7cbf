import { max } from 'd3-array';
import { scaleLinear, scaleLog, scaleSqrt } from 'd3-scale';
import { line, symbol, symbolCircle, symbolDiamond, symbolSquare } from 'd3-shape';
import { percentChange } from '../../../approval/proposal/wording.ts';
import { type Html, html } from '../../../html.ts';
import { bareName, spokenName } from '../../../organization/place.ts';
import { type AccountMap, cluster, type MapFunction, type MapKind, wasteShareOf } from '../account-map.ts';
import { axisMoney, money } from '../figures.ts';
import { frame, PLOT, tenths, thinned } from './frame.ts';

const BOTTOM = 470;
/** Above this, marks run into each other: those of the least waste are drawn together, by place. */
export const MOST_MARKS = 1_200;
/** User units of a cell in which marks are drawn together. */
const CELL = 14;
/** Everything that costs less stands at the axis' beginning. */
const LEAST_COST_USD = 0.01;
/** Lines of equal waste, so that big and cheap can be told from small and wasteful. */
const EQUAL_WASTE_USD = [0.1, 1, 10, 100, 1_000];
const NAMED = 5;

const SYMBOLS = { changed: symbolDiamond, proposed: symbolSquare, kept: symbolCircle } as const;
const SIZES: Record<MapKind, number> = { changed: 90, proposed: 70, kept: 38 };

interface Scales {
  x(costUsdPerMonth: number): number;
  y(wasteShare: number): number;
}

/** Cost (logarithmic) against the share of it that is wasted; one mark a function, or one a place where there are many. */
export function mapChart({ functions }: AccountMap): Html {
  const ceilingUsd = Math.max(1, max(functions, (fn) => fn.costUsdPerMonth) ?? 1) * 1.2;
  const log = scaleLog().domain([LEAST_COST_USD, ceilingUsd]).range([PLOT.left, PLOT.right]).clamp(true);
  const topShare = Math.min(1, Math.max(0.2, (max(functions, wasteShareOf) ?? 0) * 1.1));
  const y = scaleLinear().domain([0, topShare]).range([BOTTOM, PLOT.top]);
  const scales: Scales = { x: log, y };
  const costs = Array.from({ length: 8 }, (_, index) => 10 ** (index - 2)).filter((usd) => usd <= ceilingUsd);
  return frame({
    words: wordsOf(functions),
    bottom: BOTTOM,
    rows: y.ticks(5).map((share) => ({ at: tenths(y(share)), label: percentChange(share).replace('+', '') })),
    columns: thinned(costs.map((usd) => ({ at: tenths(log(usd)), label: axisMoney(usd) }))),
    across: 'cost a month → · share of it that another size would save ↑',
    body: html`${equalWaste(scales, topShare, ceilingUsd)}${namesOf(functions, scales)}${marksOf(functions, scales)}`,
  });
}

/** Where the same amount is wasted: far right a small share is as much as a large one on the left. */
function equalWaste({ x, y }: Scales, topShare: number, ceilingUsd: number): Html[] {
  const trace = line<number>().x(x).digits(1);
  return EQUAL_WASTE_USD.filter((usd) => usd < ceilingUsd * topShare).map((usd) => {
    const from = Math.max(LEAST_COST_USD, usd / topShare);
    const costs = Array.from({ length: 25 }, (_, index) => from * (ceilingUsd / from) ** (index / 24));
    return html`<path class="equal" d="${trace.y((cost) => y(usd / cost))(costs) ?? ''}"/><text class="equal" x="${tenths(x(from) + 4)}" y="${PLOT.top + 8}">${axisMoney(usd)}</text>`;
  });
}

function marksOf(functions: readonly MapFunction[], scales: Scales): Html[] {
  const single = functions.length <= MOST_MARKS ? functions : functions.slice(0, MOST_MARKS / 4);
  const together = functions.slice(single.length);
  // The important ones last, so that nothing lies over them.
  return [...clustersOf(together, scales), ...single.toReversed().map((fn) => markOf(fn, scales))];
}

function markOf(fn: MapFunction, { x, y }: Scales): Html {
  const shape = symbol(SYMBOLS[fn.kind], SIZES[fn.kind]).digits(1)() ?? '';
  return html`<path class="${fn.kind}" transform="translate(${tenths(x(fn.costUsdPerMonth))} ${tenths(y(wasteShareOf(fn)))})" d="${shape}"><title>${spokenName(fn.functionName)}: ${money(fn.costUsdPerMonth)} a month, ${money(fn.wasteUsdPerMonth)} of it too much</title></path>`;
}

function clustersOf(functions: readonly MapFunction[], { x, y }: Scales): Html[] {
  const cell = (value: number) => Math.floor(value / CELL);
  const clusters = cluster(functions, (fn) => `${cell(x(fn.costUsdPerMonth))} ${cell(y(wasteShareOf(fn)))}`);
  const radius = scaleSqrt()
    .domain([1, Math.max(2, max(clusters, ({ count }) => count) ?? 1)])
    .range([3, CELL]);
  return clusters.map(
    (each) =>
      html`<circle class="${each.kind}" cx="${tenths(x(each.costUsdPerMonth))}" cy="${tenths(y(each.wasteShare))}" r="${tenths(radius(each.count))}"><title>${each.count} functions</title></circle>`,
  );
}

/** The largest wastes by name, where their words have room. */
function namesOf(functions: readonly MapFunction[], { x, y }: Scales): Html[] {
  const placed: number[] = [];
  return functions.slice(0, NAMED).map((fn) => {
    const [at, level] = [x(fn.costUsdPerMonth), y(wasteShareOf(fn))];
    if (fn.wasteUsdPerMonth <= 0 || level > BOTTOM - 16 || placed.some((each) => Math.abs(each - level) < 16))
      return html``;
    placed.push(level);
    const left = at > (PLOT.left + PLOT.right) / 2;
    return html`<text class="name" text-anchor="${left ? 'end' : 'start'}" x="${tenths(at + (left ? -9 : 9))}" y="${tenths(level + 4)}">${shortened(bareName(fn.functionName))}</text>`;
  });
}

const NAME_MAX_CHARS = 34;
const shortened = (name: string): string =>
  name.length <= NAME_MAX_CHARS ? name : `${name.slice(0, NAME_MAX_CHARS - 1)}…`;

function wordsOf(functions: readonly MapFunction[]): string {
  const largest = functions[0];
  return largest === undefined
    ? 'No function could be placed tonight.'
    : `Map of ${functions.length} functions by cost and by the share of it that is wasted. The largest waste: ${spokenName(largest.functionName)}, ${money(largest.wasteUsdPerMonth)} of ${money(largest.costUsdPerMonth)} a month.`;
}
