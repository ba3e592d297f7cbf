import type { JsonValue } from './json.ts';

/** Largest input or result of a state, in bytes of UTF-8 JSON (Step Functions service quotas: 256 KiB). */
export const MAX_PAYLOAD_BYTES = 262_144;

/** A JSON string never takes more than six bytes for one UTF-16 unit (`\u0000`). */
const MAX_BYTES_PER_CHARACTER = 6;
/** The longest JSON form of a number is 24 characters (`-1.7976931348623157e+308`). */
const MAX_BYTES_PER_NUMBER = 24;

/** Payloads already seen to be small; they travel through many states unchanged. */
const knownSmall = new WeakSet<object>();

function remainingArray(value: readonly JsonValue[], budget: number): number {
  let left = budget - 2;
  for (const item of value) {
    if (left < 0) return left;
    left = remaining(item, left - 1);
  }
  return left;
}

function remainingObject(value: { readonly [key: string]: JsonValue }, budget: number): number {
  let left = budget - 2;
  for (const key in value) {
    if (left < 0) return left;
    left = remaining(value[key] as JsonValue, left - key.length * MAX_BYTES_PER_CHARACTER - 4);
  }
  return left;
}

/** What is left of a byte budget after the value at its worst; negative when it may not fit. */
function remaining(value: JsonValue, budget: number): number {
  if (typeof value === 'string') return budget - value.length * MAX_BYTES_PER_CHARACTER - 2;
  if (typeof value === 'number') return budget - MAX_BYTES_PER_NUMBER;
  if (typeof value !== 'object' || value === null) return budget - 5;
  return Array.isArray(value)
    ? remainingArray(value, budget)
    : remainingObject(value as { readonly [key: string]: JsonValue }, budget);
}

/** Exact size in bytes of the value as UTF-8 JSON. */
export function sizeInBytes(value: JsonValue): number {
  return Buffer.byteLength(JSON.stringify(value) ?? '');
}

/** Whether a payload is larger than the limit: a cheap upper bound first, the exact size only when that fails. */
export function exceedsPayloadLimit(value: JsonValue): boolean {
  if (typeof value !== 'object' || value === null) return sizeInBytes(value) > MAX_PAYLOAD_BYTES;
  if (knownSmall.has(value)) return false;
  const exceeds = remaining(value, MAX_PAYLOAD_BYTES) < 0 && sizeInBytes(value) > MAX_PAYLOAD_BYTES;
  if (!exceeds) knownSmall.add(value);
  return exceeds;
}
