type Attribute = Readonly<Record<string, unknown>>;

/**
 * Bytes of an item as DynamoDB counts them: names and values in UTF-8, a byte for true, false and null, three for each
 * list or map and one for each of its parts, numbers by their digits.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
 */
export function itemBytes(item: Readonly<Record<string, unknown>>): number {
  return Object.entries(item).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + valueBytes(value), 0);
}

function valueBytes(attribute: unknown): number {
  const [[type, value] = ['NULL', true]] = Object.entries(attribute as Attribute);
  switch (type) {
    case 'S':
      return Buffer.byteLength(String(value));
    case 'N':
      return Math.ceil(String(value).length / 2) + 1;
    case 'M':
      return 3 + itemBytes(value as Attribute) + Object.keys(value as Attribute).length;
    case 'L':
      return 3 + (value as unknown[]).reduce<number>((sum, each) => sum + 1 + valueBytes(each), 0);
    case 'SS':
      return (value as string[]).reduce((sum, each) => sum + Buffer.byteLength(each), 0);
    default:
      return 1;
  }
}
