import { styleText } from 'node:util';
import Table from 'cli-table3';
import { fittingWidths } from './column-widths.ts';

export interface Column<Row> {
  heading: string;
  value(row: Row): string | number | undefined;
  /** @default 'left' */
  align?: 'left' | 'right';
}

/** What terminals act on instead of showing it: names and reasons come from outside. */
const CONTROL = /[\p{Cc}\u200e\u200f\u2028-\u202e\u2066-\u2069]+/gu;

export const printable = (text: string): string => text.replace(CONTROL, ' ');

/** Columns of air behind each column. */
const GAP_CHARS = 2;

/** A table without lines, as other command-line tools print theirs; wrapped where it is wider than the terminal. */
export function table<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  colors: boolean,
  widthChars?: number,
): string {
  const cells = rows.map((row) => columns.map(({ value }) => printable(String(value(row) ?? ''))));
  const natural = columns.map(({ heading }, at) => Math.max(heading.length, ...cells.map((row) => row[at]!.length)));
  const widths = widthChars === undefined ? undefined : fittingWidths(natural, GAP_CHARS, widthChars);
  const drawn = new Table({
    head: columns.map(({ heading }) => (colors ? styleText('bold', heading, { validateStream: false }) : heading)),
    colAligns: columns.map(({ align = 'left' }) => align),
    chars: NO_LINES,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': GAP_CHARS, compact: true },
    ...(widths && { colWidths: widths.map((width) => width + GAP_CHARS), wordWrap: true }),
  });
  for (const row of cells) drawn.push(row.map((content, at) => wrapped(content, widths?.[at])));
  return drawn
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

/** Between words where each fits, anywhere where one is longer, so that no name loses its end. */
const wrapped = (content: string, width = Number.POSITIVE_INFINITY) => ({
  content,
  wrapOnWordBoundary: content.split(' ').every((word) => word.length <= width),
});

const NO_LINES = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '',
};
