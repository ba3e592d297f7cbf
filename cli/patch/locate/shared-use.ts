import path from 'node:path';
import type { Definition, Place, SourceFile } from '../definition.ts';
import { placeAt } from '../text/position.ts';

/**
 * Where the class or module around a definition is used. More than one place means that its values are those of several
 * functions. Read by pattern, not by type: rather a use too many, which a person looks at, than one missed.
 */
export function usesOf(definition: Definition, files: readonly SourceFile[]): Place[] {
  if (definition.dialect === 'terraform') return moduleCalls(definition, files);
  const { enclosingClass: name } = definition;
  if (name === undefined || isStack(name, definition.file)) return [];
  return placesOf(new RegExp(`(?<!\\bclass\\s+)(?<![\\w.])(?:\\w+\\.)*\\b${name}\\s*\\(`, 'g'), files);
}

/** A stack is made once for each stage, from the same source; that its functions change in all of them is meant. */
const isStack = (name: string, { text }: SourceFile): boolean =>
  new RegExp(`class\\s+${name}\\b[^{:]*\\bStack\\b`).test(text);

function moduleCalls({ file }: Definition, files: readonly SourceFile[]): Place[] {
  const folder = path.posix.dirname(file.path);
  return files
    .filter((each) => each.path.endsWith('.tf'))
    .flatMap((each) =>
      [...each.text.matchAll(/^[ \t]*source\s*=\s*"(\.{1,2}\/[^"]*)"/gm)].flatMap(({ 1: source = '', index }) =>
        path.posix.join(path.posix.dirname(each.path), source).replace(/\/$/, '') === folder
          ? [placeAt(each, index + 1)]
          : [],
      ),
    );
}

const placesOf = (pattern: RegExp, files: readonly SourceFile[]): Place[] =>
  files.flatMap((file) => [...file.text.matchAll(pattern)].map(({ index }) => placeAt(file, index + 1)));
