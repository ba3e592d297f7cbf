import { type Document, isMap, isScalar, type Node, parseDocument, type Scalar, visit, type YAMLMap } from 'yaml';
import type { NamePattern, SourceFile } from '../definition.ts';
import { patternOf } from '../locate/name-pattern.ts';
import { placeAt } from '../text/position.ts';
import { UnreadableSourceError } from './unreadable-source-error.ts';

/** `${…}`, in which another may stand. */
export const PLACEHOLDER = /\$\{(?:[^{}]|\{[^{}]*\})*\}/g;

/** A YAML or JSON document whose nodes know their characters; JSON is read as the YAML that it also is. */
export interface YamlSource {
  file: SourceFile;
  document: Document;
  root: YAMLMap;
  /** Names of anchors that something refers to: what they mark is used more than once. */
  shared: ReadonlySet<string>;
}

/**
 * Undefined where the top is no map.
 *
 * @throws UnreadableSourceError where the file is not YAML, or several documents
 */
export function readYaml(file: SourceFile): YamlSource | undefined {
  const document = parseDocument(file.text, { uniqueKeys: false });
  const [error] = document.errors;
  if (error) throw new UnreadableSourceError(placeAt(file, error.pos[0]), error.message.split('\n')[0]!);
  if (!isMap(document.contents)) return undefined;
  const shared = new Set<string>();
  visit(document, { Alias: (_, { source }) => void shared.add(source) });
  return { file, document, root: document.contents, shared };
}

export function entryOf(map: YAMLMap, key: string): { key: Scalar; value: Node | null } | undefined {
  const pair = map.items.find((each) => isScalar(each.key) && each.key.value === key);
  return pair as { key: Scalar; value: Node | null } | undefined;
}

export function mapAt(map: YAMLMap, key: string): YAMLMap | undefined {
  const value = entryOf(map, key)?.value;
  return isMap(value) ? value : undefined;
}

/** A map by the name it has in another. */
export interface NamedMap {
  name: string;
  offset: number;
  map: YAMLMap;
}

export function namedMaps(outer: YAMLMap): NamedMap[] {
  return outer.items.flatMap(({ key, value }) => {
    const name = isScalar(key) ? String(key.value ?? '') : '';
    return name !== '' && isMap(value) ? [{ name, offset: startOf(key as Node), map: value }] : [];
  });
}

/** A text without tag, or undefined. */
export function textAt(map: YAMLMap, key: string): string | undefined {
  const value = entryOf(map, key)?.value;
  return isScalar(value) && !value.tag?.startsWith('!') && value.value !== null ? String(value.value) : undefined;
}

/** The name that a value gives: `${…}` in it is known to the deployment only, and so is all that is no text. */
export function nameAt(map: YAMLMap, key: string): NamePattern | undefined {
  const entry = entryOf(map, key);
  if (entry === undefined) return undefined;
  const substituted = isMap(entry.value) ? entryOf(entry.value, 'Fn::Sub')?.value : entry.value;
  const plain = isScalar(substituted) && (!substituted.tag?.startsWith('!') || substituted.tag === '!Sub');
  return plain ? patternOf(String(substituted.value), PLACEHOLDER) : [null];
}

export const startOf = (node: Node): number => node.range?.[0] ?? 0;
