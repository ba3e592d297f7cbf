import type { Edit } from '../definition.ts';

/** What stands between two entries of a list: nothing in block style, a comma elsewhere. */
type Comma = ',' | '';

/** Adds an entry before the one at `offset`: on a line of its own where that one has one. */
export function insertBefore(text: string, offset: number, entry: string, comma: Comma): Edit {
  return { from: offset, to: offset, text: entry + comma + separatorAt(text, offset, comma) };
}

/** Adds an entry after the one that starts at `start` and ends at `end`. */
export function insertAfter(text: string, { from, to }: { from: number; to: number }, entry: string): Edit {
  return { from: to, to, text: `,${separatorAt(text, from, ',')}${entry}` };
}

/** A line break with the indentation of the entry at `offset`; a blank where entries share a line. */
function separatorAt(text: string, offset: number, comma: Comma): string {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const before = text.slice(lineStart, offset);
  if (/^[ \t]*$/.test(before)) return lineBreakNear(text, offset) + before;
  return comma === '' ? lineBreakNear(text, offset) + ' '.repeat(before.length) : ' ';
}

function lineBreakNear(text: string, offset: number): '\r\n' | '\n' {
  const next = text.indexOf('\n', offset);
  const at = next === -1 ? text.lastIndexOf('\n', offset) : next;
  return at > 0 && text[at - 1] === '\r' ? '\r\n' : '\n';
}
