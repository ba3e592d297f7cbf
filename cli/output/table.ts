import { styleText } from 'node:util';
import Table from 'cli-table3';

export interface Column<Row> {
  heading: string;
  value(row: Row): string | number | undefined;
  /** @default 'left' */
  align?: 'left' | 'right';
}

/** What terminals act on instead of showing it: names and reasons come from outside. */
const CONTROL = /[\p{Cc}\u200e\u200f\u2028-\u202e\u2066-\u2069]+/gu;

export const printable = (text: string): string => text.replace(CONTROL, ' ');

/** A table without lines, as other command-line tools print theirs. */
export function table<Row>(columns: readonly Column<Row>[], rows: readonly Row[], colors: boolean): string {
  const drawn = new Table({
    head: columns.map(({ heading }) => (colors ? styleText('bold', heading, { validateStream: false }) : heading)),
    colAligns: columns.map(({ align = 'left' }) => align),
    chars: NO_LINES,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 2, compact: true },
  });
  for (const row of rows) drawn.push(columns.map(({ value }) => printable(String(value(row) ?? ''))));
  return drawn
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

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
