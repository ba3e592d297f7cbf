/** A copy of an input as it travels: binary attributes as base64, without what is undefined. */
export function onWire<T extends object>(input: T): T {
  return wireValue(input) as T;
}

function wireValue(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => wireValue(item) ?? null);
  if (ArrayBuffer.isView(value))
    return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64');
  const copied: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    const part = wireValue((value as Record<string, unknown>)[key]);
    if (part !== undefined) copied[key] = part;
  }
  return copied;
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
