import conditionParser from 'dynalite/db/conditionParser.js';
import updateParser from 'dynalite/db/updateParser.js';

type Values = Readonly<Record<string, object>>;

/** What dynalite's parsers are told beside the expression. They take what it names out of what is unused. */
export interface ParseContext {
  readonly attrNames?: Readonly<Record<string, string>>;
  /** Checked before: each has one type. */
  readonly attrVals?: Values;
  readonly unusedAttrNames: Record<string, true>;
  readonly unusedAttrVals: Record<string, true>;
}

/** A parsed expression with stand-ins where a call's own values go. */
interface Remembered {
  readonly parsed: unknown;
  readonly names: readonly string[];
  readonly values: readonly string[];
  /** Name of the value that an object stands in for. */
  readonly standIns: ReadonlyMap<unknown, string>;
}

type Parser = typeof conditionParser;
type Parse = Parser['parse'];

/** A product has a few dozen; a test that makes expressions up should not fill the memory. */
const MOST_REMEMBERED = 500;
/** What a parser looks at beyond a value's type: the order of two bounds, the name of a type. */
const LOOKS_AT_VALUES = /between|attribute_type/i;

/** Parses each expression once for all calls that differ in nothing but their values, which is most of a write otherwise. */
export function rememberExpressions(): void {
  for (const parser of [conditionParser, updateParser]) parser.parse = remembering(parser.parse);
}

export function remembering(parse: Parse): Parse {
  const known = new Map<string, Remembered>();
  return (expression, { context }) => {
    if (LOOKS_AT_VALUES.test(expression)) return parse(expression, { context });
    const key = JSON.stringify([expression, context.attrNames, typesOf(context.attrVals)]);
    const found = known.get(key) ?? parseOnce(parse, expression, context);
    // An expression with a fault is parsed as ever, for the words of its fault.
    if (found === undefined) return parse(expression, { context });
    if (known.size < MOST_REMEMBERED) known.set(key, found);
    for (const name of found.names) delete context.unusedAttrNames[name];
    for (const value of found.values) delete context.unusedAttrVals[value];
    return filledIn(found.parsed, found.standIns, context.attrVals ?? {});
  };
}

function typesOf(values: Values = {}): string[][] {
  return Object.entries(values).map(([name, value]) => [name, ...Object.keys(value)]);
}

function parseOnce(parse: Parse, expression: string, context: ParseContext): Remembered | undefined {
  const standIns = new Map<unknown, string>();
  const attrVals: Record<string, object> = {};
  for (const [name, value] of Object.entries(context.attrVals ?? {})) {
    attrVals[name] = { ...value };
    standIns.set(attrVals[name], name);
  }
  const unusedAttrNames = all(context.attrNames);
  const unusedAttrVals = all(attrVals);
  const parsed = parse(expression, { context: { ...context, attrVals, unusedAttrNames, unusedAttrVals } });
  if (typeof parsed === 'string') return undefined;
  const names = Object.keys(context.attrNames ?? {}).filter((name) => !(name in unusedAttrNames));
  const values = Object.keys(attrVals).filter((name) => !(name in unusedAttrVals));
  return { parsed, names, values, standIns };
}

const all = (named: object = {}): Record<string, true> =>
  Object.fromEntries(Object.keys(named).map((name) => [name, true]));

/** A copy, since dynalite changes what it was given while it works, with this call's values. */
function filledIn(part: unknown, standIns: ReadonlyMap<unknown, string>, values: Values): unknown {
  if (typeof part !== 'object' || part === null) return part;
  const name = standIns.get(part);
  if (name !== undefined) return values[name];
  if (Array.isArray(part)) return part.map((each) => filledIn(each, standIns, values));
  const copied = Object.create(Object.getPrototypeOf(part)) as Record<string, unknown>;
  for (const key in part) copied[key] = filledIn((part as Record<string, unknown>)[key], standIns, values);
  return copied;
}
