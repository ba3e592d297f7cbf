import { extent, max, min } from 'd3-array';
import { scaleLinear, scaleUtc } from 'd3-scale';
import { area, curveStepAfter, line } from 'd3-shape';
import { dayOfMonth } from '../../../calendar-date.ts';
import { type Html, html } from '../../../html.ts';
import { axisMoney, money } from '../figures.ts';
import type { ProvenNight } from '../proof.ts';
import { frame, PLOT, tenths, thinned } from './frame.ts';

const BOTTOM = 300;
const ROWS = 4;
const MOST_COLUMNS = 8;

/**
 * What was proven, night by night, as an area; what had been estimated for the same changes, dashed; what stands and is
 * not proven yet, on top. Steps, since nothing happens between two nights.
 */
export function proofChart(nights: readonly ProvenNight[]): Html {
  const last = nights.at(-1)!;
  const x = scaleUtc().domain(domainOf(nights)).range([PLOT.left, PLOT.right]);
  const y = scaleLinear()
    .domain([Math.min(0, min(nights, (each) => each.provenUsdPerMonth) ?? 0), ceilingOf(nights)])
    .nice(ROWS)
    .range([BOTTOM, PLOT.top]);
  const at = (night: ProvenNight) => x(dateOf(night.runDate));
  const levels = [...nights.map((night) => ({ night, at: at(night) })), { night: last, at: PLOT.right }];
  const between = (lower: (night: ProvenNight) => number, upper: (night: ProvenNight) => number) =>
    area<(typeof levels)[number]>()
      .x((each) => each.at)
      .y0((each) => y(lower(each.night)))
      .y1((each) => y(upper(each.night)))
      .curve(curveStepAfter)
      .digits(1)(levels) ?? '';
  const estimated = line<(typeof levels)[number]>()
    .x((each) => each.at)
    .y((each) => y(each.night.estimatedUsdPerMonth))
    .curve(curveStepAfter)
    .digits(1)(levels);
  return frame({
    words: wordsOf(nights),
    bottom: BOTTOM,
    rows: y.ticks(ROWS).map((value) => ({ at: tenths(y(value)), label: axisMoney(value) })),
    columns: thinned(columnsOf(nights).map((night) => ({ at: tenths(at(night)), label: dayOfMonth(night.runDate) }))),
    body: html`<path class="unproven" d="${between(proven, (night) => proven(night) + night.unprovenUsdPerMonth)}"/>
<path class="proven" d="${between(() => 0, proven)}"/>
<path class="estimated" d="${estimated ?? ''}"/>
<path class="stop" d="M${PLOT.left} ${tenths(y(0))}H${PLOT.right}"/>`,
  });
}

const proven = ({ provenUsdPerMonth }: ProvenNight): number => provenUsdPerMonth;
const dateOf = (date: string): Date => new Date(`${date}T00:00:00Z`);
const MS_PER_DAY = 86_400_000;

/** A day of air after the last night, so that its own step can be seen. */
function domainOf(nights: readonly ProvenNight[]): [Date, Date] {
  const [first, last] = extent(nights, ({ runDate }) => dateOf(runDate).getTime());
  return [new Date(first!), new Date(last! + MS_PER_DAY)];
}

const ceilingOf = (nights: readonly ProvenNight[]): number =>
  max(nights, (each) => Math.max(proven(each) + each.unprovenUsdPerMonth, each.estimatedUsdPerMonth)) || 1;

/** One label a date, and no more than fit. */
function columnsOf(nights: readonly ProvenNight[]): ProvenNight[] {
  const dates = nights.filter((night, index) => night.runDate !== nights[index - 1]?.runDate);
  const every = Math.ceil(dates.length / MOST_COLUMNS);
  return dates.filter((_, index) => index % every === 0);
}

function wordsOf(nights: readonly ProvenNight[]): string {
  const [first, last] = [nights[0]!, nights.at(-1)!];
  return (
    `Savings a month from ${first.runDate} to ${last.runDate}: proven ${money(first.provenUsdPerMonth)} at first and ` +
    `${money(last.provenUsdPerMonth)} at last, where ${money(last.estimatedUsdPerMonth)} had been estimated; ` +
    `${money(last.unprovenUsdPerMonth)} more is estimated and not proven.`
  );
}
