import { createHash } from 'node:crypto';

/** Longer keys are replaced by a digest: the cache counts key bytes, and questions can be pages long. */
const MAX_PLAIN_KEY_LENGTH = 200;

/**
 * A cache key for anything that has JSON. Equal input gives the same key whatever the order of its properties, and
 * different input a different one. Put in everything that the response depends on, the tenant or user above all: two
 * requests with one key get one answer.
 *
 * @example
 * generateCacheKey('query', { userId, query })
 */
export function generateCacheKey(prefix: string, input: unknown): string {
  const text = canonicalJson(input);
  const plain = `${prefix}:${text}`;
  if (plain.length <= MAX_PLAIN_KEY_LENGTH) return plain;
  return `${prefix}:sha256:${createHash('sha256').update(text).digest('base64url')}`;
}

function canonicalJson(input: unknown): string {
  const json = JSON.stringify(input, (_name, value: unknown) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
  return json ?? 'undefined';
}
