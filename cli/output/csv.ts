import { stringify } from 'csv-stringify/sync';

/** What a command found as rows of plain values: no currency signs, no rounding, names as in `--json`. */
export interface FlatTable {
  columns: readonly string[];
  rows: readonly (readonly (string | number | undefined)[])[];
}

/** RFC 4180 with a heading; text that a spreadsheet would take for a formula is defused, since names come from outside. */
export const csv = ({ columns, rows }: FlatTable): string =>
  stringify([columns, ...rows], { escape_formulas: true, record_delimiter: '\n' }).trimEnd();

/** The rows that `fields` make of records, in the order of the fields. */
export function flatTable<Row>(
  fields: Readonly<Record<string, (row: Row) => string | number | undefined>>,
  rows: readonly Row[],
): FlatTable {
  const read = Object.values(fields);
  return { columns: Object.keys(fields), rows: rows.map((row) => read.map((value) => value(row))) };
}
