import type { JsonValue } from './json.ts';

/**
 * What `JSON.parse(JSON.stringify(value))` gives, but without the text: strings are shared with the original, and so a
 * payload that many tasks get is not kept in memory once for each. `undefined` becomes null.
 *
 * @throws TypeError for a bigint or a circle, as JSON does
 */
export function jsonCopy(value: unknown): JsonValue {
  return copyOf(value, '', 0) ?? null;
}

/** Deeper than any payload; JSON's own copy tells a circle from depth. */
const MOST_LEVELS = 500;

/** Undefined for what JSON leaves out. */
function copyOf(value: unknown, key: string, level: number): JsonValue | undefined {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      // JSON knows neither NaN nor infinities, nor a zero below zero.
      return Number.isFinite(value) ? value + 0 : null;
    case 'object':
      return value === null ? null : copyOfObject(value, key, level);
    case 'bigint':
      return throughText(value);
    default:
      return undefined;
  }
}

function copyOfObject(value: object, key: string, level: number): JsonValue | undefined {
  if (level > MOST_LEVELS) return throughText(value);
  if (Array.isArray(value)) return copyOfItems(value, level);
  if (typeof (value as { toJSON?: unknown }).toJSON === 'function') {
    return copyOf((value as { toJSON(key: string): unknown }).toJSON(key), key, level + 1);
  }
  return isPlain(value) ? copyOfFields(value as Record<string, unknown>, level) : throughText(value);
}

function copyOfItems(value: readonly unknown[], level: number): JsonValue {
  const copied: JsonValue[] = [];
  // Not `map`, which leaves holes.
  for (let index = 0; index < value.length; index++)
    copied.push(copyOf(value[index], String(index), level + 1) ?? null);
  return copied;
}

function copyOfFields(value: Readonly<Record<string, unknown>>, level: number): JsonValue {
  const copied: Record<string, JsonValue> = {};
  for (const key of Object.keys(value)) {
    const part = copyOf(value[key], key, level + 1);
    if (part === undefined) continue;
    // Assigned like any other it would be the object's prototype.
    if (key === '__proto__') Object.defineProperty(copied, key, { value: part, ...OWN });
    else copied[key] = part;
  }
  return copied;
}

const OWN = { enumerable: true, configurable: true, writable: true };

/** Objects of classes and of other realms are few: JSON itself says what becomes of them. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function throughText(value: unknown): JsonValue | undefined {
  const text = JSON.stringify(value) as string | undefined;
  return text === undefined ? undefined : (JSON.parse(text) as JsonValue);
}
