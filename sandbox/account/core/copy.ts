/**
 * A deep copy of plain data (objects, arrays, Dates, byte arrays), so that neither side of a call can change what the
 * other holds. Not structuredClone: under a test runner it makes Dates of another realm, which are no `instanceof Date`.
 */
export function copy<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => copy(item)) as T;
  if (value instanceof Date) return new Date(value) as T;
  if (value instanceof Uint8Array) return new Uint8Array(value) as T;
  const copied: Record<string, unknown> = {};
  for (const [key, part] of Object.entries(value)) copied[key] = copy(part);
  return copied as T;
}
