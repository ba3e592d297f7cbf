import type { Assessment } from '../../../../shared/contracts/assessment.ts';

/** Geometry of one chart in SVG user units, y downwards. */
export const PLOT = { width: 340, height: 210, left: 56, right: 328, top: 34, bottom: 178 } as const;

/** Room a size's label needs below the axis. */
const LABEL_WIDTH = 40;
/** Horizontal lines besides the zero line. */
const LEVELS = 3;
/** Two marks nearer than this turn their words away from each other. */
const MARK_WIDTH = 70;

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Mark {
  readonly x: number;
  readonly kind: 'now' | 'proposed';
  readonly anchor: 'start' | 'middle' | 'end';
}

export interface Chart {
  at(memorySizeMb: number, value: number): Point;
  readonly levels: readonly { y: number; value: number }[];
  readonly sizes: readonly { x: number; memorySizeMb: number }[];
  readonly marks: readonly Mark[];
}

/** A chart over the candidates' sizes (logarithmic, as sizes double) from zero to `ceiling`; what is above is cut off. */
export function chartOf(assessment: Assessment, ceiling: number): Chart {
  const sizes = assessment.candidates.map((each) => each.memorySizeMb);
  const top = niceCeiling(ceiling);
  const from = Math.log2(Math.min(...sizes));
  const octaves = Math.log2(Math.max(...sizes)) - from || 1;
  const xOf = (memorySizeMb: number) =>
    tenths(PLOT.left + ((Math.log2(memorySizeMb) - from) / octaves) * (PLOT.right - PLOT.left));
  const yOf = (value: number) => tenths(PLOT.bottom - (Math.min(value, top) / top) * (PLOT.bottom - PLOT.top));
  return {
    at: (memorySizeMb, value) => ({ x: xOf(memorySizeMb), y: yOf(value) }),
    levels: Array.from({ length: LEVELS + 1 }, (_, index) => (top * index) / LEVELS).map((value) => ({
      value,
      y: yOf(value),
    })),
    sizes: labelled(sizes, [assessment.recommended.memorySizeMb, assessment.current.memorySizeMb], xOf),
    marks: marksOf(assessment, xOf),
  };
}

const tenths = (value: number): number => Math.round(value * 10) / 10;

/** The next value above whose thirds are easy to read. */
function niceCeiling(value: number): number {
  if (!(value > 0)) return 1;
  const magnitude = 10 ** Math.floor(Math.log10(value));
  const step = [1.2, 1.5, 1.8, 2.4, 3, 4.5, 6, 7.5, 9, 12].find((each) => each * magnitude >= value)!;
  return step * magnitude;
}

/** Labels for the important sizes first, then for the others where there is room. */
function labelled(sizes: readonly number[], important: readonly number[], xOf: (memorySizeMb: number) => number) {
  const placed: { x: number; memorySizeMb: number }[] = [];
  for (const memorySizeMb of new Set([...important, sizes[0]!, sizes.at(-1)!, ...sizes])) {
    const x = xOf(memorySizeMb);
    if (sizes.includes(memorySizeMb) && placed.every((each) => Math.abs(each.x - x) >= LABEL_WIDTH)) {
      placed.push({ x, memorySizeMb });
    }
  }
  return placed;
}

function marksOf({ current, recommended }: Assessment, xOf: (memorySizeMb: number) => number): Mark[] {
  const now = xOf(current.memorySizeMb);
  const proposed = xOf(recommended.memorySizeMb);
  if (current.memorySizeMb === recommended.memorySizeMb) return [{ x: now, kind: 'now', anchor: anchorAt(now) }];
  const near = Math.abs(now - proposed) < MARK_WIDTH;
  const away = (x: number, other: number) => (near ? (x < other ? 'end' : 'start') : anchorAt(x));
  return [
    { x: now, kind: 'now', anchor: away(now, proposed) },
    { x: proposed, kind: 'proposed', anchor: away(proposed, now) },
  ];
}

/** Words near an edge lean inwards. */
function anchorAt(x: number): Mark['anchor'] {
  if (x > PLOT.right - MARK_WIDTH / 2) return 'end';
  return x < PLOT.left + MARK_WIDTH / 2 ? 'start' : 'middle';
}
