import { createHash } from 'node:crypto';
import type { Match } from './name-pattern.ts';

/** CDK ends a logical id with this many digits of a hash over the construct's path within its stack. */
const HASH_CHARS = 8;
/** Constructs between stack and function that are tried; deeper ones are matched by the end of their id alone. */
const SCOPES_MAX = 3;
/** A longer id would take long to split in every way, and nobody writes one. */
const SPLIT_MAX_CHARS = 48;

/**
 * Whether a construct of this id may have got this logical id. `exact` where the hash proves the path; `like` where
 * only the readable part fits, as under scopes whose ids hold characters that a logical id drops.
 */
export function matchLogicalId(constructId: string, logicalId: string): Match {
  if (logicalId === constructId) return 'exact';
  const readable = logicalId.slice(0, -HASH_CHARS);
  const own = constructId.replace(/[^A-Za-z0-9]/g, '');
  if (own === '' || !readable.endsWith(own)) return undefined;
  const hash = logicalId.slice(-HASH_CHARS);
  // CDK leaves out a part that the one before it ends with, so that the scopes may be the whole of it.
  const prefixes = [readable.slice(0, -own.length), readable];
  const proven = prefixes.some((prefix) => scopesOf(prefix).some((scopes) => isHashOf(hash, [...scopes, constructId])));
  return proven ? 'exact' : 'like';
}

/** The function's own resource is a child called Resource, unless it is written as a bare `CfnFunction`. */
const isHashOf = (hash: string, path: readonly string[]): boolean =>
  hashOf([...path, 'Resource']) === hash || hashOf(path) === hash;

const hashOf = (path: readonly string[]): string =>
  createHash('md5').update(path.join('/')).digest('hex').slice(0, HASH_CHARS).toUpperCase();

/** Every way to cut a prefix into ids of scopes. */
function scopesOf(prefix: string, count = SCOPES_MAX): string[][] {
  if (prefix === '') return [[]];
  if (prefix.length > SPLIT_MAX_CHARS || count === 1) return [[prefix]];
  const cuts = Array.from({ length: prefix.length - 1 }, (_, at) => at + 1);
  return [
    [prefix],
    ...cuts.flatMap((at) => scopesOf(prefix.slice(at), count - 1).map((rest) => [prefix.slice(0, at), ...rest])),
  ];
}
