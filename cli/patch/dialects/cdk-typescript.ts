import { parser } from '@lezer/javascript';
import type { Definition, NamePattern, SourceFile } from '../definition.ts';
import { placeAt } from '../text/position.ts';
import { fixed, Properties, sitesOf } from './object-properties.ts';
import { childrenOf, enclosingClass, findAll, isA, lastName, type Syntax, textOf } from './syntax.ts';

const typescript = parser.configure({ dialect: 'ts' });

/** Functions that a CDK app in TypeScript makes: `new …Function(scope, id, { … })`, and constructs given a memorySize. */
export function cdkTypescriptDefinitions(file: SourceFile): Definition[] {
  if (!/aws-cdk-lib|@aws-cdk\//.test(file.text)) return [];
  return findAll(typescript.parse(file.text), file, 'NewExpression').flatMap((each) => definition(each) ?? []);
}

function definition(made: Syntax): Definition | undefined {
  const { file, node } = made;
  const [, callee, ...rest] = childrenOf(made);
  const list = rest.find((each) => isA(each, 'ArgList'));
  if (callee === undefined || list === undefined) return undefined;
  const [, id, given] = childrenOf(list).filter((each) => !isA(each, '(', ')', ','));
  const properties = given && withoutType(given);
  const object = isA(properties, 'ObjectExpression') ? new Properties(properties!) : undefined;
  const isFunction = /Function$/.test(lastName(callee)) || object?.value('memorySize') !== undefined;
  if (id === undefined || !isFunction) return undefined;
  const name = object?.value('functionName');
  const className = enclosingClass(made);
  return {
    ...{ dialect: 'cdk', file, place: placeAt(file, node.from), constructId: nameOf(id) },
    ...(name && { name: nameOf(name) }),
    ...(className && { enclosingClass: className }),
    sites: object ? sitesOf(object, lastName(callee)) : unreadable(made, properties),
  };
}

/** `{ … } as FunctionProps` and `satisfies` say something of the type, and nothing of the value. */
function withoutType(value: Syntax): Syntax {
  const [first, operator] = childrenOf(value);
  return isA(value, 'BinaryExpression') && isA(operator, 'as', 'satisfies') ? withoutType(first!) : value;
}

/** The literal parts of a string or template; whatever else is known when the app runs only. */
function nameOf(value: Syntax): NamePattern {
  const text = textOf(value);
  if (isA(value, 'String') && !text.includes('\\')) return [text.slice(1, -1)];
  if (!isA(value, 'TemplateString') || text.includes('\\')) return [null];
  const pieces: (string | null)[] = [];
  let done = value.node.from + 1;
  for (const hole of childrenOf(value).filter((each) => isA(each, 'Interpolation'))) {
    pieces.push(value.file.text.slice(done, hole.node.from), null);
    done = hole.node.to;
  }
  return [...pieces, value.file.text.slice(done, value.node.to - 1)].filter((piece) => piece !== '');
}

function unreadable(made: Syntax, properties: Syntax | undefined): Definition['sites'] {
  const what = properties ? `are ${textOf(properties).split('\n')[0]}` : 'are not there';
  const site = fixed(properties ?? made, `its properties ${what}, no object written in place`);
  return { memory: site, timeout: site };
}
