/** Widest line that every mail program shows unbroken. */
export const DIGEST_COLUMNS = 72;

/** Breaks text between words so that every line, its indent included, fits; a longer word gets a line of its own. */
export function wrap(text: string, indent = '', columns = DIGEST_COLUMNS): string {
  const lines: string[] = [];
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const line = lines.at(-1);
    if (line !== undefined && indent.length + line.length + 1 + word.length <= columns) {
      lines[lines.length - 1] = `${line} ${word}`;
    } else {
      lines.push(word);
    }
  }
  return lines.map((line) => `${indent}${line}`).join('\n');
}

/** `left` and `right` at the two ends of one line, or on two lines where one is too narrow. */
export function facing(left: string, right: string, columns = DIGEST_COLUMNS): string {
  const gap = columns - left.length - right.length;
  return gap >= 2
    ? `${left}${' '.repeat(gap)}${right}`
    : `${left}\n${' '.repeat(Math.max(0, columns - right.length))}${right}`;
}
