import type { Edit } from '../definition.ts';

/** The text with every edit made; edits may come in any order, and two that overlap are a mistake of ours. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const parts: string[] = [];
  let done = 0;
  for (const { from, to, text: written } of edits.toSorted((a, b) => a.from - b.from || a.to - b.to)) {
    if (from < done) throw new Error(`edits overlap at character ${from}`);
    parts.push(text.slice(done, from), written);
    done = to;
  }
  return parts.join('') + text.slice(done);
}
