import { createHash } from 'node:crypto';
import { types } from 'node:util';

/** Longer keys are replaced by a digest: the cache counts key bytes, and questions can be pages long. */
const MAX_PLAIN_KEY_LENGTH = 200;

/**
 * A cache key for values: JSON and what JSON would lose (`undefined`, NaN, large integers, dates, Maps, Sets, bytes).
 * Equal input gives the same key whatever the order of its properties, and different input a different one; a property
 * that is undefined is as good as missing. Put in everything that the response depends on, the tenant or user above
 * all: two requests with one key get one answer.
 *
 * @example
 * generateCacheKey('query', { userId, query })
 * @throws TypeError for what two of could look alike and differ: functions, symbols, instances of classes, circles
 */
export function generateCacheKey(prefix: string, input: unknown): string {
  const text = textOf(input, []);
  const plain = `${prefix}:${text}`;
  if (plain.length <= MAX_PLAIN_KEY_LENGTH) return plain;
  return `${prefix}:sha256:${createHash('sha256').update(text).digest('base64url')}`;
}

/** `within` are the objects that hold the value. */
function textOf(value: unknown, within: readonly object[]): string {
  if (typeof value === 'object' && value !== null) return objectText(value, within);
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value);
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'function' || typeof value === 'symbol') throw noKeyFor(typeof value);
  return String(value);
}

function objectText(value: object, within: readonly object[]): string {
  if (within.includes(value)) throw noKeyFor('an object that holds itself');
  const inner = (each: unknown): string => textOf(each, [...within, value]);
  if (Array.isArray(value)) return `[${value.map(inner).join()}]`;
  if (types.isMap(value)) return `Map{${[...value].map(([key, each]) => `${inner(key)}:${inner(each)}`).sort()}}`;
  if (types.isSet(value)) return `Set{${[...value].map(inner).sort()}}`;
  if (types.isDate(value)) return `Date(${value.getTime()})`;
  if (ArrayBuffer.isView(value)) return `${nameOf(value)}(${bytesOf(value).toString('base64')})`;
  if (!isPlain(value)) throw noKeyFor(`an instance of ${nameOf(value)}`);
  const properties = Object.entries(value).filter(([, each]) => each !== undefined);
  return `{${properties
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, each]) => `${JSON.stringify(name)}:${inner(each)}`)}}`;
}

/** Of this realm or another's (a test's): nothing above its prototype. */
function isPlain(value: object): boolean {
  const prototype: object | null = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

const nameOf = (value: object): string => value.constructor.name;

const bytesOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength);

const noKeyFor = (what: string): TypeError => new TypeError(`a cache key can not be made of ${what}`);
