import { createHash } from 'node:crypto';
import jsonata from 'jsonata';
import { SeededRandom } from './random.ts';

/** Longest array `$range` builds on AWS; one item more exceeds its memory bound for one expression. */
const MAX_RANGE_ITEMS = 360_145;
const HASH_ALGORITHMS = new Map([
  ['MD5', 'md5'],
  ['SHA-1', 'sha1'],
  ['SHA-256', 'sha256'],
  ['SHA-384', 'sha384'],
  ['SHA-512', 'sha512'],
]);

/** Where the functions that depend on the world get it from. */
export interface FunctionSource {
  nowMs(): number;
  readonly random: SeededRandom;
}

/** Chunks of an array. No chunk size, size zero and an empty array give nothing, as on AWS; sizes round towards zero. */
export function partition(array: readonly unknown[] | undefined, size: number | undefined): unknown[][] | undefined {
  const chunk = Math.trunc(size ?? 0);
  if (array === undefined || array.length === 0 || chunk <= 0) return undefined;
  const chunks: unknown[][] = [];
  for (let start = 0; start < array.length; start += chunk) chunks.push(array.slice(start, start + chunk));
  return chunks;
}

/**
 * The numbers from first to last, both included when the step meets them. As on AWS, numbers round towards zero, a
 * step that is missing, zero or of the wrong sign gives nothing, and a single number is not wrapped in an array.
 */
export function range(first?: number, last?: number, step?: number): number[] | number | undefined {
  const [from, to, by] = [first, last, step].map((value) => Math.trunc(value ?? Number.NaN)) as [
    number,
    number,
    number,
  ];
  const count = Math.floor((to - from) / by) + 1;
  if (!Number.isFinite(count) || count < 1) return undefined;
  if (count > MAX_RANGE_ITEMS) throw new Error('Expression evaluation memory limit exceeded');
  return count === 1 ? from : Array.from({ length: count }, (_, index) => from + index * by);
}

/** The hex digest of a text; nothing without an algorithm. */
export function hash(text: string | undefined, algorithm: string | undefined): string | undefined {
  if (text === undefined || algorithm === undefined) return undefined;
  const name = HASH_ALGORITHMS.get(algorithm);
  if (!name) throw new Error(`$hash knows ${[...HASH_ALGORITHMS.keys()].join(', ')}, got ${algorithm}`);
  return createHash(name).update(text, 'utf8').digest('hex');
}

function parse(text: string | undefined): unknown {
  return text === undefined ? undefined : (JSON.parse(text) as unknown);
}

const formatMillis = jsonata('$fromMillis($ms, $picture, $timezone)');

/** Adds the functions Step Functions adds to JSONata, and puts time and chance under control. */
export function registerFunctions(expression: jsonata.Expression, source: FunctionSource): void {
  expression.registerFunction('partition', partition, '<a?n?:a<a>>');
  expression.registerFunction('range', range, '<n?n?n?:a<n>>');
  expression.registerFunction('hash', hash, '<s?s?:s>');
  expression.registerFunction('parse', parse, '<s?:x>');
  expression.registerFunction('uuid', () => source.random.uuid(), '<:s>');
  expression.registerFunction(
    'random',
    (seed?: number) => (seed === undefined ? source.random : new SeededRandom(Math.trunc(seed))).next(),
    '<n?:n>',
  );
  expression.registerFunction('millis', () => source.nowMs(), '<:n>');
  expression.registerFunction(
    'now',
    (picture?: string, timezone?: string) =>
      formatMillis.evaluate(undefined, { ms: source.nowMs(), picture, timezone }),
    '<s?s?:s>',
  );
}
