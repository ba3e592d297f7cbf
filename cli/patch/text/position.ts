import type { Place, SourceFile } from '../definition.ts';

/** A file of thousands of functions is asked thousands of times. */
const lineStartsByFile = new WeakMap<SourceFile, readonly number[]>();

/** The line that holds a character, counted from 1. */
export function placeAt(file: SourceFile, offset: number): Place {
  const starts = lineStartsByFile.get(file) ?? lineStartsOf(file.text);
  lineStartsByFile.set(file, starts);
  let [low, high] = [0, starts.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (starts[middle]! <= offset) low = middle;
    else high = middle;
  }
  return { file: file.path, line: low + 1 };
}

function lineStartsOf(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

export const spoken = ({ file, line }: Place): string => `${file}:${line}`;
