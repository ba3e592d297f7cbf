import { isAlias, type YAMLMap } from 'yaml';
import type { Definition, FixedSite, SourceFile } from '../definition.ts';
import { placeAt } from '../text/position.ts';
import { sitesAt } from './yaml-site.ts';
import { entryOf, mapAt, type NamedMap, nameAt, namedMaps, readYaml, textAt, type YamlSource } from './yaml-source.ts';

const TYPES = ['AWS::Lambda::Function', 'AWS::Serverless::Function'];
/** As Lambda does where a template is silent. */
const KEYS = { memory: { key: 'MemorySize', standard: 128 }, timeout: { key: 'Timeout', standard: 3 } } as const;

/** Functions of a CloudFormation or SAM template, in YAML or JSON. SAM's Globals are shared, so an override is added. */
export function templateDefinitions(file: SourceFile): Definition[] {
  if (!TYPES.some((type) => file.text.includes(type))) return [];
  const source = readYaml(file);
  const resources = source && mapAt(source.root, 'Resources');
  if (source === undefined || resources === undefined) return [];
  return namedMaps(resources).flatMap((each) =>
    TYPES.includes(textAt(each.map, 'Type') ?? '') ? definition(source, each) : [],
  );
}

function definition(source: YamlSource, { name: logicalId, offset, map: resource }: NamedMap): Definition {
  const properties = mapAt(resource, 'Properties');
  const place = placeAt(source.file, offset);
  const name = properties && nameAt(properties, 'FunctionName');
  return {
    ...{ dialect: 'cloudformation', file: source.file, place, logicalId },
    ...(name && { name }),
    sites: properties
      ? sitesAt(source, [resource, properties], KEYS, globalsOf(source.root, resource))
      : unreadable(source, resource),
  };
}

/** What SAM gives each function that does not say otherwise. */
function globalsOf(root: YAMLMap, resource: YAMLMap): YAMLMap[] {
  const globals = textAt(resource, 'Type') === 'AWS::Serverless::Function' ? mapAt(root, 'Globals') : undefined;
  const defaults = globals && mapAt(globals, 'Function');
  return defaults ? [defaults] : [];
}

/** A resource whose properties are an alias, an include, or not there at all. */
function unreadable(source: YamlSource, resource: YAMLMap): Definition['sites'] {
  const entry = entryOf(resource, 'Properties');
  const place = placeAt(source.file, (entry?.key ?? resource).range![0]);
  const what = isAlias(entry?.value) ? `are *${entry.value.source}, shared with other places` : 'are not written there';
  const site: FixedSite = { kind: 'fixed', place, why: `its Properties ${what}` };
  return { memory: site, timeout: site };
}
