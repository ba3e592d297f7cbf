import type { Node } from 'web-tree-sitter';
import type { Definition, Setting, Site, SourceFile } from '../definition.ts';
import { insertBefore } from '../text/insertion.ts';
import { placeAt } from '../text/position.ts';
import { attributesOf, expressionOf, headOf, nameOf, withBlocks } from './hcl-syntax.ts';
import { type LocalNames, localNames } from './terraform-locals.ts';

const KEYS: Readonly<Record<Setting, string>> = { memory: 'memory_size', timeout: 'timeout' };
/** As the provider does where a resource is silent. */
const STANDARDS: Readonly<Record<string, number>> = { memory_size: 128, timeout: 3 };

/** Functions of a Terraform file: `aws_lambda_function` resources, and modules that are given a function's name. */
export async function terraformDefinitions(file: SourceFile, files: readonly SourceFile[]): Promise<Definition[]> {
  if (!/aws_lambda_function|function_name/.test(file.text)) return [];
  const locals = /function_name\s*=\s*local\./.test(file.text) ? await localNames(file, files) : new Map();
  return withBlocks(file, (blocks) => blocks.flatMap((block) => definition(file, block, locals) ?? []));
}

function definition(file: SourceFile, block: Node, locals: LocalNames): Definition | undefined {
  const [kind, label] = headOf(block);
  const isModule = kind === 'module';
  if (!isModule && !(kind === 'resource' && label === 'aws_lambda_function')) return undefined;
  const attributes = attributesOf(block);
  const name = attributes.get('function_name');
  if (name === undefined) return undefined;
  const repeated = ['for_each', 'count'].find((each) => attributes.has(each));
  const site = (key: string): Site => {
    if (block.hasError)
      return { kind: 'fixed', place: placeAt(file, block.startIndex), why: 'the block does not parse' };
    const attribute = attributes.get(key);
    return attribute ? written(file, key, attribute) : absent(file, key, block, name, isModule);
  };
  return {
    ...{ dialect: 'terraform', file, place: placeAt(file, block.startIndex) },
    name: locals.get(expressionOf(name)?.text ?? '') ?? nameOf(expressionOf(name)),
    ...(repeated && { repeatedBy: repeated }),
    sites: { memory: site(KEYS.memory), timeout: site(KEYS.timeout) },
  };
}

function written(file: SourceFile, key: string, attribute: Node): Site {
  const { text, startIndex } = expressionOf(attribute) ?? attribute;
  const place = placeAt(file, attribute.startIndex);
  const [, quote = '', digits] = /^("?)(\d+)\1$/.exec(text) ?? [];
  if (digits === undefined) {
    const declaration = declarationOf(text);
    return {
      ...{ kind: 'fixed', place, why: `${key} is ${text.split('\n')[0]}, ${kindOf(text)}` },
      ...(declaration && { declaration }),
    };
  }
  const from = startIndex + quote.length;
  return {
    ...{ kind: 'writable', place, value: Number(digits) },
    edit: (value) => ({ from, to: from + digits.length, text: String(value) }),
  };
}

const KINDS: readonly (readonly [RegExp, string])[] = [
  [/^var\.[\w-]+$/, 'a variable: change its value where it is set'],
  [/^local\.[\w-]+$/, 'a local value: change it where it is set'],
  [/^module\./, 'an output of a module'],
  [/^each\./, 'an item of for_each'],
];
/** Where a variable or a local value is declared. */
function declarationOf(text: string): RegExp | undefined {
  const [, kind, name] = /^(var|local)\.([\w-]+)$/.exec(text) ?? [];
  if (kind === undefined) return undefined;
  return kind === 'var'
    ? new RegExp(`^[ \\t]*variable\\s+"${name}"`, 'm')
    : new RegExp(`^[ \\t]*locals\\s*\\{[^}]*?\\b${name}\\s*=`, 'm');
}

const kindOf = (text: string): string => KINDS.find(([pattern]) => pattern.test(text))?.[1] ?? 'an expression';

function absent(file: SourceFile, key: string, block: Node, name: Node, isModule: boolean): Site {
  const place = placeAt(file, block.startIndex);
  if (isModule) return { kind: 'fixed', place, why: `the module is not given ${key}, and may not take it` };
  const from = name.startIndex;
  return {
    ...{ kind: 'writable', place, value: STANDARDS[key]! },
    edit: (value) => insertBefore(file.text, from, `${key} = ${value}`, ''),
  };
}
