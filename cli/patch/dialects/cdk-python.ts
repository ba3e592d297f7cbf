import { parser } from '@lezer/python';
import type { Definition, NamePattern, Site, SourceFile } from '../definition.ts';
import { insertBefore } from '../text/insertion.ts';
import { placeAt } from '../text/position.ts';
import { durationSite, numberSite } from './cdk-values.ts';
import { durationName } from './duration-name.ts';
import { childrenOf, enclosingClass, findAll, isA, lastName, type Syntax, textOf } from './syntax.ts';

/** Functions that a CDK app in Python makes: `…Function(scope, id, …)`, and constructs given a memory_size. */
export function cdkPythonDefinitions(file: SourceFile): Definition[] {
  if (!/\baws_cdk\b/.test(file.text)) return [];
  return findAll(parser.parse(file.text), file, 'CallExpression').flatMap((each) => definition(each) ?? []);
}

interface Arguments {
  positional: readonly Syntax[];
  named: readonly { at: Syntax; key: string; value: Syntax }[];
  /** `**defaults`, which may hold whatever is not named. */
  spread?: Syntax;
}

function definition(call: Syntax): Definition | undefined {
  const [callee, list] = childrenOf(call);
  if (callee === undefined || !isA(list, 'ArgList')) return undefined;
  const given = argumentsOf(list!);
  const id = given.positional[1] ?? namedValue(given, 'id');
  const isFunction = /Function$/.test(lastName(callee)) || namedValue(given, 'memory_size') !== undefined;
  if (id === undefined || !isFunction) return undefined;
  const name = namedValue(given, 'function_name');
  const className = enclosingClass(call);
  return {
    ...{ dialect: 'cdk', file: call.file, place: placeAt(call.file, call.node.from), constructId: nameOf(id) },
    ...(name && { name: nameOf(name) }),
    ...(className && { enclosingClass: className }),
    sites: sitesOf(call, given, lastName(callee)),
  };
}

function argumentsOf(list: Syntax): Arguments {
  const groups: Syntax[][] = [[]];
  for (const each of childrenOf(list).slice(1, -1)) {
    if (isA(each, ',')) groups.push([]);
    else groups.at(-1)!.push(each);
  }
  const named = groups.flatMap(([at, operator, value]) =>
    isA(operator, 'AssignOp') && value ? [{ at: at!, key: textOf(at!), value }] : [],
  );
  const spread = groups.find(([first]) => isA(first, '**'))?.[1];
  return {
    positional: groups.flatMap((group) => (group.length === 1 ? group : [])),
    named,
    ...(spread && { spread }),
  };
}

const namedValue = ({ named }: Arguments, key: string): Syntax | undefined =>
  named.find((each) => each.key === key)?.value;

/** A plain string, or the literal parts of an f-string. */
function nameOf(value: Syntax): NamePattern {
  const text = textOf(value);
  const [, plain] = isA(value, 'String') ? (/^[uU]?["']([^\\"']*)["']$/.exec(text) ?? []) : [];
  if (plain !== undefined) return [plain];
  const [, formatted] = isA(value, 'FormatString') ? (/^[fF]["']([^\\"']*)["']$/.exec(text) ?? []) : [];
  if (formatted === undefined || /\{\{|\}\}/.test(formatted)) return [null];
  return formatted
    .split(/(\{[^}]*\})/)
    .filter(Boolean)
    .map((part) => (part.startsWith('{') ? null : part));
}

function sitesOf(call: Syntax, given: Arguments, className: string): Definition['sites'] {
  const bare = className === 'CfnFunction';
  const duration = durationName(call.file);
  const [memory, timeout] = [namedValue(given, 'memory_size'), namedValue(given, 'timeout')];
  const spellTimeout = bare ? String : duration && ((value: number) => `${duration}.seconds(${value})`);
  return {
    memory: memory ? numberSite('memory_size', memory) : absent(call, given, 'memory_size', String),
    timeout: timeout
      ? (bare ? numberSite : durationSite)('timeout', timeout)
      : absent(call, given, 'timeout', spellTimeout || undefined),
  };
}

/** Added before the other named arguments; not beside `**defaults`, because Python takes no argument twice. */
function absent(
  call: Syntax,
  { named, spread }: Arguments,
  key: string,
  spelled: ((value: number) => string) | undefined,
): Site {
  const fixed = (why: string): Site => ({ kind: 'fixed', place: placeAt(call.file, call.node.from), why });
  const first = named[0]?.at;
  if (spread) return fixed(`${key} is not said there, and may come from **${textOf(spread)}`);
  if (first === undefined) return fixed(`${key} is not said there, and no other argument is named`);
  if (spelled === undefined) return fixed(`${key} is not said there, and the file does not import Duration`);
  const { from } = first.node;
  return {
    ...{ kind: 'writable', place: placeAt(call.file, from) },
    edit: (value) => insertBefore(call.file.text, from, `${key}=${spelled(value)}`, ','),
  };
}
