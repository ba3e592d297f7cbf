/** Binary attributes travel as base64. */
function wireValue(_key: string, value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  const buffer = value as { type?: string; data?: number[] } | null;
  return buffer?.type === 'Buffer' && Array.isArray(buffer.data) ? Buffer.from(buffer.data).toString('base64') : value;
}

/** A copy of an input as it travels. */
export function onWire<T extends object>(input: T): T {
  return JSON.parse(JSON.stringify(input, wireValue)) as T;
}

/**
 * A copy of an output as the SDK would have read it: bytes for base64, dates for the seconds of tables. Values of
 * attributes are always objects, so that an attribute of an item may be called `B`.
 */
export function offWire(value: unknown, name = ''): unknown {
  if (typeof value === 'number' && name.endsWith('DateTime')) return new Date(value * 1000);
  if (name === 'B' && typeof value === 'string') return bytesOf(value);
  if (Array.isArray(value)) return value.map((item) => (name === 'BS' ? bytesOf(String(item)) : offWire(item)));
  if (typeof value !== 'object' || value === null) return value;
  const copied: Record<string, unknown> = {};
  for (const key in value) copied[key] = offWire((value as Record<string, unknown>)[key], key);
  return copied;
}

const bytesOf = (base64: string): Uint8Array => Uint8Array.from(Buffer.from(base64, 'base64'));
