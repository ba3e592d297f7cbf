import path from 'node:path';
import type { NamePattern, SourceFile } from '../definition.ts';
import { isLiteral } from '../locate/name-pattern.ts';
import { attributesOf, expressionOf, headOf, nameOf, withBlocks } from './hcl-syntax.ts';

/** Texts by `local.<name>`. */
export type LocalNames = ReadonlyMap<string, NamePattern>;

/** Local values of a file's module that are plain text, as names of functions often are. Variables may come from anywhere. */
export async function localNames(file: SourceFile, files: readonly SourceFile[]): Promise<LocalNames> {
  const folder = path.posix.dirname(file.path);
  const names = new Map<string, NamePattern>();
  for (const each of files) {
    const isNear = each.path.endsWith('.tf') && path.posix.dirname(each.path) === folder;
    if (isNear && each.text.includes('locals')) {
      for (const [name, text] of await localsIn(each)) names.set(name, text);
    }
  }
  return names;
}

const localsIn = (file: SourceFile): Promise<[string, NamePattern][]> =>
  withBlocks(file, (blocks) =>
    blocks
      .filter((block) => headOf(block)[0] === 'locals')
      .flatMap((block) => [...attributesOf(block)])
      .map(([name, attribute]): [string, NamePattern] => [`local.${name}`, nameOf(expressionOf(attribute))])
      .filter(([, text]) => text.length > 0 && (isLiteral(text) || text.some((part) => part !== null))),
  );
