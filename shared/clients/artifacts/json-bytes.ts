/** Pieces are gathered up to about so many characters, so that each is worth its own memory. */
const PIECE_CHARACTERS = 2 ** 20;

/**
 * UTF-8 of what `JSON.stringify` gives for an object or array, written a member at a time: a night's report is tens of
 * megabytes, and as one text it would be in memory three times over, at two bytes a character.
 */
export function jsonBytes(value: object): Uint8Array {
  const pieces: Buffer[] = [];
  let piece = '';
  for (const text of Array.isArray(value) ? itemsOf(value) : fieldsOf(value)) {
    piece += text;
    if (piece.length < PIECE_CHARACTERS) continue;
    pieces.push(Buffer.from(piece));
    piece = '';
  }
  pieces.push(Buffer.from(piece));
  return Buffer.concat(pieces);
}

function* itemsOf(items: readonly unknown[]): Generator<string> {
  let before = '[';
  for (const item of items) {
    yield before + (JSON.stringify(item) ?? 'null');
    before = ',';
  }
  yield items.length === 0 ? '[]' : ']';
}

function* fieldsOf(fields: object): Generator<string> {
  let before = '{';
  for (const [name, part] of Object.entries(fields) as [string, unknown][]) {
    const text = Array.isArray(part) ? '' : JSON.stringify(part);
    if (text === undefined) continue;
    yield `${before}${JSON.stringify(name)}:${text}`;
    if (Array.isArray(part)) yield* itemsOf(part);
    before = ',';
  }
  yield before === '{' ? '{}' : '}';
}
