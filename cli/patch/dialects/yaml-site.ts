import { isAlias, isMap, isScalar, type Node, type YAMLMap } from 'yaml';
import type { Definition, FixedSite, Place, Setting, Site } from '../definition.ts';
import { insertBefore } from '../text/insertion.ts';
import { placeAt } from '../text/position.ts';
import { entryOf, startOf, type YamlSource } from './yaml-source.ts';

/** What a dialect calls a setting, and the value that stands where nobody says one. */
export interface SettingKey {
  key: string;
  standard: number;
}

/**
 * Where the last of `holders` says a setting, and whether its digits may be overwritten there. What it does not say it
 * takes from a merge key or from `defaults`.
 */
function siteAt(
  source: YamlSource,
  holders: readonly YAMLMap[],
  { key, standard }: SettingKey,
  defaults: readonly YAMLMap[],
): Site {
  const { file } = source;
  const map = holders.at(-1)!;
  const entry = entryOf(map, key);
  const place = placeAt(file, startOf(entry?.key ?? map));
  const anchor = [...holders, entry?.value].find((node) => anchorOf(node) && source.shared.has(anchorOf(node)!));
  if (anchor) return fixed(place, `it is inside what anchor &${anchorOf(anchor)} shares with other places`);
  if (entry !== undefined) return written(source, key, entry.value, place);
  const from = inherited(source, [...merged(source, map), ...defaults], key);
  // A list of merge keys may bring in anything.
  const value = from?.kind === 'writable' ? from.value : entryOf(map, '<<') ? undefined : standard;
  return from?.kind === 'fixed' ? from : absent(source, map, key, value);
}

const anchorOf = (node: unknown): string | undefined => (node as { anchor?: string } | null | undefined)?.anchor;
const fixed = (place: Place, why: string): FixedSite => ({ kind: 'fixed', place, why });

/** Maps that a merge key brings in. */
function merged({ document }: YamlSource, map: YAMLMap): YAMLMap[] {
  const value = entryOf(map, '<<')?.value;
  const node = isAlias(value) ? value.resolve(document) : value;
  return isMap(node) ? [node] : [];
}

/** What a default says; one that is computed is not overridden, because it may differ from stage to stage. */
function inherited(source: YamlSource, defaults: readonly YAMLMap[], key: string): Site | undefined {
  const entry = defaults.map((each) => entryOf(each, key)).find((each) => each !== undefined);
  return entry && written(source, key, entry.value, placeAt(source.file, startOf(entry.key)));
}

/** A line of its own, which overrides a default. */
function absent({ file }: YamlSource, map: YAMLMap, key: string, value: number | undefined): Site {
  const first = map.items[0]?.key as Node | undefined;
  if (first === undefined)
    return fixed(placeAt(file, startOf(map)), `${key} is not said there, and nothing stands beside it`);
  const quote = file.text[startOf(first)] === '"' ? '"' : '';
  return {
    ...{ kind: 'writable', place: placeAt(file, startOf(first)) },
    ...(value !== undefined && { value }),
    edit: (next) => insertBefore(file.text, startOf(first), `${quote}${key}${quote}: ${next}`, map.flow ? ',' : ''),
  };
}

function written({ file }: YamlSource, key: string, node: Node | null, place: Place): Site {
  const [from, to] = node?.range ?? [0, 0];
  const said = file.text.slice(from, to);
  if (isAlias(node)) return fixed(place, `${key} is *${node.source}, an alias`);
  const [, quote = '', digits] = /^(["']?)(\d+)\1$/.exec(said) ?? [];
  if (!isScalar(node) || node.tag?.startsWith('!') || digits === undefined) {
    const site = fixed(place, `${key} is ${tagOf(node)}${said.split('\n')[0]!.trim()}, no number`);
    const isReference = node?.tag === '!Ref' && /^\w+$/.test(said);
    return isReference ? { ...site, declaration: new RegExp(`^[ \\t]*"?${said}"?[ \\t]*:`, 'm') } : site;
  }
  const start = from + quote.length;
  return {
    ...{ kind: 'writable', place, value: Number(digits) },
    edit: (value) => ({ from: start, to: start + digits.length, text: String(value) }),
  };
}

/** A node's range starts after its tag. */
const tagOf = (node: Node | null): string => {
  const tag = (node as { tag?: string } | null)?.tag;
  return tag?.startsWith('!') ? `${tag} ` : '';
};

/** Both settings by the names that a dialect gives them. */
export function sitesAt(
  source: YamlSource,
  holders: readonly YAMLMap[],
  keys: Readonly<Record<Setting, SettingKey>>,
  defaults: readonly YAMLMap[],
): Definition['sites'] {
  const site = (key: SettingKey) => siteAt(source, holders, key, defaults);
  return { memory: site(keys.memory), timeout: site(keys.timeout) };
}
