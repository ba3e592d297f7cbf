import type { AssessedCandidate, Assessment } from '../../../../shared/contracts/assessment.ts';
import { candidateAt } from '../../../../shared/domain/approval/proposal/predicted-change.ts';
import { duration, megabytes } from '../../../../shared/domain/approval/proposal/wording.ts';
import { type Chart, chartOf, PLOT, type Point } from './chart.ts';
import { money } from './figures.ts';
import { type Html, html } from './html.ts';

/** Duration and cost over memory size, side by side; the table of sizes is the same in text. */
export function renderCurves(assessment: Assessment, functionName: string): Html {
  if (assessment.candidates.length < 2) return html``;
  return html`<section class="curves"><h3>Duration and cost by memory size</h3>
<div class="charts">${renderDuration(assessment, functionName)}${renderCost(assessment, functionName)}</div>
<p class="quiet">Line: predicted mean, with the band that holds nine times out of ten; dashed: predicted p95. Filled points: measured in production; a ring: a size it has run at.</p></section>`;
}

function renderDuration(assessment: Assessment, functionName: string): Html {
  const { candidates, current, metrics } = assessment;
  const ceiling = Math.max(...candidates.map((each) => each.p95DurationMs), metrics?.p95DurationMs ?? 0);
  const chart = chartOf(assessment, ceiling);
  const line = (value: (each: AssessedCandidate) => number) => pathOf(chart, candidates, value);
  const measured = [metrics?.meanDurationMs, metrics?.p95DurationMs].filter((each) => each !== undefined);
  const words = `Duration of ${functionName}: ${atSizes(assessment, (each) => `mean ${duration(each.meanDurationMs)}, p95 ${duration(each.p95DurationMs)}`)}`;
  return frame(
    chart,
    'Duration',
    words,
    duration,
    html`<path class="band" d="${bandOf(chart, candidates)}"/>
<path class="tail" d="${line((each) => each.p95DurationMs)}"/>
<path class="curve" d="${line((each) => each.meanDurationMs)}"/>
${candidates.filter((each) => each.observed).map((each) => dot('ring', chart.at(each.memorySizeMb, each.meanDurationMs)))}
${measured.map((each) => dot('measured', chart.at(current.memorySizeMb, each)))}`,
  );
}

function renderCost(assessment: Assessment, functionName: string): Html {
  const { candidates } = assessment;
  const chart = chartOf(assessment, Math.max(...candidates.map((each) => each.costUsdPerMillion)));
  const words = `Cost of a million invocations of ${functionName}: ${atSizes(assessment, (each) => money(each.costUsdPerMillion))}`;
  return frame(
    chart,
    'Cost of a million invocations',
    words,
    money,
    html`<path class="curve cost" d="${pathOf(chart, candidates, (each) => each.costUsdPerMillion)}"/>
${candidates.map((each) => dot('ring cost', chart.at(each.memorySizeMb, each.costUsdPerMillion)))}`,
  );
}

function frame(chart: Chart, title: string, words: string, axis: (value: number) => string, body: Html): Html {
  const { left, right, top, bottom, width, height } = PLOT;
  return html`<svg class="chart" viewBox="0 0 ${width} ${height}" role="img" aria-label="${words}">
<text class="title" x="${left}" y="13">${title}</text>
${chart.levels.map(
  ({ y, value }) =>
    html`<path class="grid" d="M${left} ${y}H${right}"/><text class="tick" text-anchor="end" x="${left - 6}" y="${y + 4}">${axis(value)}</text>`,
)}
${chart.marks.map(
  ({ x, kind, anchor }) =>
    html`<path class="mark ${kind}" d="M${x} ${top}V${bottom}"/><text class="mark ${kind}" text-anchor="${anchor}" x="${x}" y="${top - 4}">${kind}</text>`,
)}
${body}
${chart.sizes.map(({ x, memorySizeMb }) => html`<text class="tick" text-anchor="middle" x="${x}" y="${bottom + 15}">${memorySizeMb}</text>`)}
<text class="tick" text-anchor="end" x="${right}" y="${height - 2}">MB</text>
</svg>`;
}

/** `at 1,024 MB now …; at 512 MB proposed …`. */
function atSizes(assessment: Assessment, say: (candidate: AssessedCandidate) => string): string {
  const now = candidateAt(assessment, assessment.current.memorySizeMb);
  const proposed = candidateAt(assessment, assessment.recommended.memorySizeMb);
  const parts = [
    now && `${megabytes(now.memorySizeMb)} now, ${say(now)}`,
    proposed && proposed !== now && `${megabytes(proposed.memorySizeMb)} proposed, ${say(proposed)}`,
  ];
  return parts.filter(Boolean).join('; ');
}

const dot = (kind: string, { x, y }: Point): Html => html`<circle class="${kind}" cx="${x}" cy="${y}" r="3.5"/>`;

function pathOf(
  chart: Chart,
  candidates: readonly AssessedCandidate[],
  value: (each: AssessedCandidate) => number,
): string {
  return `M${candidates.map((each) => coordinates(chart.at(each.memorySizeMb, value(each)))).join('L')}`;
}

function bandOf(chart: Chart, candidates: readonly AssessedCandidate[]): string {
  const upper = candidates.map((each) => chart.at(each.memorySizeMb, each.meanDurationUpperMs));
  const lower = candidates.map((each) => chart.at(each.memorySizeMb, each.meanDurationLowerMs)).toReversed();
  return `M${[...upper, ...lower].map(coordinates).join('L')}Z`;
}

const coordinates = ({ x, y }: Point): string => `${x} ${y}`;
