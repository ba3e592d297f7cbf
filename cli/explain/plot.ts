import { max } from 'd3-array';
import { scaleLinear, scaleLog } from 'd3-scale';
import type { Assessment } from '../../shared/contracts/assessment.ts';
import { duration } from '../../shared/domain/approval/proposal/wording.ts';

const ROWS = 11;
const AXIS_CHARS = 9;
const MOST_COLUMNS = 64;
const LEAST_COLUMNS = 20;

/**
 * Mean duration over memory in characters, memory logarithmic as on the page: `·` between sizes, `o` at a size the model
 * looked at, `*` where the function has run. Undefined where there is no curve to draw.
 */
export function plotCurve(assessment: Assessment, widthChars = 80): string | undefined {
  const { candidates } = assessment;
  if (candidates.length < 2) return undefined;
  const columns = Math.max(LEAST_COLUMNS, Math.min(MOST_COLUMNS, widthChars - AXIS_CHARS - 2));
  const sizes = candidates.map(({ memorySizeMb }) => memorySizeMb);
  const x = scaleLog()
    .domain([Math.min(...sizes), Math.max(...sizes)])
    .rangeRound([0, columns - 1]);
  const y = scaleLinear()
    .domain([0, max(candidates, ({ meanDurationMs }) => meanDurationMs) || 1])
    .nice(4)
    .rangeRound([ROWS - 1, 0]);
  const labels = new Map(y.ticks(4).map((value) => [y(value), value === 0 ? '0' : duration(value)]));
  const rows = drawn(candidates, x, y, columns);
  const ends = `${Math.max(...sizes)} MB`;
  const foot = ' '.repeat(AXIS_CHARS + 2);
  return [
    ...rows.map((cells, row) => `${(labels.get(row) ?? '').padStart(AXIS_CHARS)} |${cells}`),
    `${' '.repeat(AXIS_CHARS)} +${'-'.repeat(columns)}`,
    foot + String(Math.min(...sizes)).padEnd(columns - ends.length) + ends,
    foot + spread(marksOf(assessment, x), columns),
  ].join('\n');
}

type Log = ReturnType<typeof scaleLog<number>>;
type Linear = ReturnType<typeof scaleLinear<number>>;

/** The curve on a grid of characters; between two sizes it goes as a straight line on the logarithmic axis. */
function drawn(candidates: Assessment['candidates'], x: Log, y: Linear, columns: number): string[] {
  const between = scaleLog(
    candidates.map(({ memorySizeMb }) => memorySizeMb),
    candidates.map(({ meanDurationMs }) => meanDurationMs),
  ).clamp(true);
  const grid = Array.from({ length: ROWS }, () => Array.from({ length: columns }, () => ' '));
  for (let column = 0; column < columns; column += 1) grid[y(between(x.invert(column)))]![column] = '·';
  for (const { memorySizeMb, meanDurationMs, observed } of candidates) {
    grid[y(meanDurationMs)]![x(memorySizeMb)] = observed ? '*' : 'o';
  }
  return grid.map((cells) => cells.join('').trimEnd());
}

/** Sizes that the curve does not reach have no place under it. */
function marksOf({ current, recommended }: Assessment, x: Log): [number, string][] {
  const marks = new Map([
    [recommended.memorySizeMb, 'proposed'],
    [current.memorySizeMb, 'now'],
  ]);
  const [least, most] = x.domain() as [number, number];
  return [...marks].flatMap(([size, word]) => (size >= least && size <= most ? [[x(size), word]] : []));
}

/** Words at their columns, moved inwards at the edges and apart where they would touch. */
function spread(words: readonly (readonly [number, string])[], columns: number): string {
  let line = '';
  for (const [at, word] of words.toSorted(([a], [b]) => a - b)) {
    const wanted = Math.max(0, Math.min(at, columns - word.length));
    line = `${line.padEnd(line === '' ? wanted : Math.max(wanted, line.length + 1))}${word}`;
  }
  return line;
}
