/** Settings that hold attribute values by name. */
const MAPS = ['Item', 'Key', 'ExpressionAttributeValues', 'ExclusiveStartKey'] as const;

type Check = (input: object, types: object) => object;

/**
 * dynalite's check of an input's types, without what is plainly right: it tries each value of an item by all ten types there
 * are, with a regular expression for each. Whatever is not plainly right is left to it, and so are bytes.
 */
export function checkedTypes(input: Record<string, unknown>, types: object, check: Check): object {
  const plain: Record<string, unknown> = {};
  const rest: Record<string, unknown> = { ...input };
  for (const name of MAPS) {
    if (!(name in types) || !isPlainMap(rest[name])) continue;
    plain[name] = rest[name];
    delete rest[name];
  }
  return Object.assign(check(rest, types), plain);
}

function isPlainMap(map: unknown): boolean {
  return isObject(map) && Object.values(map).every(isPlain);
}

function isPlain(value: unknown): boolean {
  if (!isObject(value)) return false;
  const entries = Object.entries(value);
  if (entries.length !== 1) return false;
  const [type, content] = entries[0]!;
  return IS_PLAIN[type]?.(content) ?? false;
}

const isText = (content: unknown): boolean => typeof content === 'string';
const isFlag = (content: unknown): boolean => typeof content === 'boolean';
const areTexts = (content: unknown): boolean => Array.isArray(content) && content.every(isText);

const IS_PLAIN: Readonly<Record<string, ((content: unknown) => boolean) | undefined>> = {
  S: isText,
  N: isText,
  BOOL: isFlag,
  NULL: isFlag,
  SS: areTexts,
  NS: areTexts,
  L: (content) => Array.isArray(content) && content.every(isPlain),
  M: isPlainMap,
};

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
