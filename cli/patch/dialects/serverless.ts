import { isMap, isSeq, type YAMLMap } from 'yaml';
import type { Definition, NamePattern, SourceFile } from '../definition.ts';
import { patternOf } from '../locate/name-pattern.ts';
import { placeAt } from '../text/position.ts';
import { sitesAt } from './yaml-site.ts';
import {
  entryOf,
  mapAt,
  type NamedMap,
  nameAt,
  namedMaps,
  PLACEHOLDER,
  readYaml,
  textAt,
  type YamlSource,
} from './yaml-source.ts';

/** As the framework does where a file is silent. */
const KEYS = { memory: { key: 'memorySize', standard: 1024 }, timeout: { key: 'timeout', standard: 6 } } as const;

/** Functions of a Serverless Framework file. The provider's defaults are shared, so a function gets a value of its own. */
export function serverlessDefinitions(file: SourceFile): Definition[] {
  if (!/^\s*"?functions"?\s*:/m.test(file.text) || !/^\s*"?provider"?\s*:/m.test(file.text)) return [];
  const source = readYaml(file);
  if (source === undefined) return [];
  const service = serviceOf(source.root);
  return functionMaps(source.root).flatMap((functions) =>
    namedMaps(functions).flatMap((each) => (service ? definition(source, service, functions, each) : [])),
  );
}

/** `functions` is a map, or a list of maps beside files that are included. */
function functionMaps(root: YAMLMap): YAMLMap[] {
  const functions = entryOf(root, 'functions')?.value;
  if (isMap(functions)) return [functions];
  return isSeq(functions) ? functions.items.filter((each) => isMap(each)) : [];
}

function serviceOf(root: YAMLMap): string | undefined {
  const service = mapAt(root, 'service');
  return service ? textAt(service, 'name') : textAt(root, 'service');
}

function definition(
  source: YamlSource,
  service: string,
  functions: YAMLMap,
  { name: key, offset, map: value }: NamedMap,
): Definition {
  const provider = mapAt(source.root, 'provider');
  return {
    ...{ dialect: 'serverless', file: source.file },
    place: placeAt(source.file, offset),
    name: nameAt(value, 'name') ?? conventionalName(service, key),
    logicalId: logicalIdOf(key),
    sites: sitesAt(source, [functions, value], KEYS, provider ? [provider] : []),
  };
}

/** `<service>-<stage>-<key>`; `--stage` may override a stage that the file says, so that any stage fits. */
const conventionalName = (service: string, key: string): NamePattern => [
  ...patternOf(`${service}-`, PLACEHOLDER),
  null,
  `-${key}`,
];

/** As the framework makes logical ids of keys. */
export const logicalIdOf = (key: string): string =>
  `${key[0]!.toUpperCase()}${key.slice(1)}`
    .replaceAll('-', 'Dash')
    .replaceAll('_', 'Underscore')
    .concat('LambdaFunction');
