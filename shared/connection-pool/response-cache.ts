import { serialize } from 'node:v8';
import { LRUCache } from 'lru-cache';
import { InvalidInputError } from '../errors.ts';

export interface ResponseCacheOptions {
  /** @default 1000 */
  readonly maxEntries?: number;
  /** Bound on keys and values together, as V8 would serialize them. @default 16 MiB, an eighth of the smallest function */
  readonly maxBytes?: number;
  /** A larger value is not kept, lest one answer push out hundreds. @default a sixteenth of `maxBytes` */
  readonly maxEntryBytes?: number;
  /** @default Date.now */
  readonly nowMs?: () => number;
}

export interface ResponseCacheStatistics {
  readonly hits: number;
  readonly misses: number;
  /** Between 0 and 1; 0 before the first lookup. */
  readonly hitRate: number;
  readonly entries: number;
  readonly bytes: number;
  /** Entries pushed out by the bounds before their time was over. */
  readonly evictions: number;
  /** Values not kept: too large, or not copyable (functions, promises, streams). */
  readonly refused: number;
  /** Callers that waited for another's computation instead of starting their own. */
  readonly coalesced: number;
}

interface Entry {
  readonly value: unknown;
}

const DEFAULT_MAX_ENTRIES = 1_000;
const DEFAULT_MAX_BYTES = 16 * 1024 * 1024;
/** Looking for expired entries walks the cache; between two walks they only wait for the bounds or a lookup. */
const PURGE_INTERVAL_MS = 60_000;

/**
 * An in-memory cache of responses with time to live, bounded in entries and bytes, least recently used out first
 * (on `lru-cache`). It lives as long as the execution environment; each environment has its own.
 *
 * A hit returns the very object that was stored: treat it as read-only.
 */
export class ResponseCache {
  readonly #cache: LRUCache<string, Entry>;
  readonly #computing = new Map<string, Promise<unknown>>();
  readonly #nowMs: () => number;
  #nextPurgeMs: number;
  #hits = 0;
  #misses = 0;
  #evictions = 0;
  #refused = 0;
  #coalesced = 0;

  constructor(options: ResponseCacheOptions = {}) {
    const { maxEntries = DEFAULT_MAX_ENTRIES, maxBytes = DEFAULT_MAX_BYTES } = options;
    const { maxEntryBytes = Math.ceil(maxBytes / 16), nowMs = Date.now } = options;
    rejectBadBounds({ maxEntries, maxBytes, maxEntryBytes });
    this.#nowMs = nowMs;
    this.#nextPurgeMs = nowMs() + PURGE_INTERVAL_MS;
    this.#cache = new LRUCache<string, Entry>({
      max: maxEntries,
      maxSize: maxBytes,
      maxEntrySize: maxEntryBytes,
      // Time is asked for at every lookup: an environment may have been frozen for hours between two of them.
      ttlResolution: 0,
      perf: { now: nowMs },
      dispose: (_entry, _key, reason) => {
        if (reason === 'evict') this.#evictions += 1;
      },
    });
  }

  /**
   * Keeps a value for `ttlSeconds`; 0 keeps nothing. Refused is what cannot be measured, and should not be shared by two
   * requests: `undefined`, functions, promises, streams, and whatever holds one.
   *
   * @throws InvalidInputError when the time to live is negative or not a finite number
   */
  set(key: string, value: unknown, ttlSeconds: number): void {
    rejectBadTtl(ttlSeconds);
    // What is given now is newer than what a computation under way began with.
    this.#computing.delete(key);
    this.#store(key, value, ttlSeconds);
  }

  /** The value, or undefined when there is none or its time is over. */
  get<Value = unknown>(key: string): Value | undefined {
    const entry = this.#cache.get(key);
    if (entry === undefined) this.#misses += 1;
    else this.#hits += 1;
    return entry?.value as Value | undefined;
  }

  /**
   * The cached value, or else what `compute` returns, which is then kept. Callers that ask for the same key while it
   * is being computed wait for that one computation; if it fails, all of them fail, and nothing is kept. Nor is a value
   * kept that was forgotten or replaced while it was being computed: it may be of before the change.
   *
   * @throws InvalidInputError when the time to live is negative or not a finite number, before anything is computed
   */
  async getOrCompute<Value>(key: string, ttlSeconds: number, compute: () => Promise<Value>): Promise<Value> {
    rejectBadTtl(ttlSeconds);
    const entry = this.#cache.get(key);
    if (entry !== undefined) {
      this.#hits += 1;
      return entry.value as Value;
    }
    this.#misses += 1;
    const running = this.#computing.get(key);
    if (running !== undefined) {
      this.#coalesced += 1;
      return running as Promise<Value>;
    }
    return this.#computeOnce(key, ttlSeconds, compute);
  }

  delete(key: string): boolean {
    this.#computing.delete(key);
    return this.#cache.delete(key);
  }

  /** Forgets every entry and every count. */
  clear(): void {
    this.#computing.clear();
    this.#cache.clear();
    this.#hits = this.#misses = this.#evictions = this.#refused = this.#coalesced = 0;
  }

  statistics(): ResponseCacheStatistics {
    const lookups = this.#hits + this.#misses;
    return {
      hits: this.#hits,
      misses: this.#misses,
      hitRate: lookups === 0 ? 0 : this.#hits / lookups,
      entries: this.#cache.size,
      bytes: this.#cache.calculatedSize,
      evictions: this.#evictions,
      refused: this.#refused,
      coalesced: this.#coalesced,
    };
  }

  async #computeOnce<Value>(key: string, ttlSeconds: number, compute: () => Promise<Value>): Promise<Value> {
    const computation = (async () => compute())();
    this.#computing.set(key, computation);
    try {
      const value = await computation;
      if (this.#computing.get(key) === computation) this.#store(key, value, ttlSeconds);
      return value;
    } finally {
      if (this.#computing.get(key) === computation) this.#computing.delete(key);
    }
  }

  #store(key: string, value: unknown, ttlSeconds: number): void {
    this.#purgeNowAndThen();
    const bytes = bytesOf(key, value);
    if (ttlSeconds === 0 || bytes === undefined) {
      if (bytes === undefined) this.#refused += 1;
      this.#cache.delete(key);
      return;
    }
    this.#cache.set(key, { value }, { ttl: Math.max(1, ttlSeconds * 1_000), size: bytes });
    if (!this.#cache.has(key)) this.#refused += 1;
  }

  #purgeNowAndThen(): void {
    if (this.#nowMs() < this.#nextPurgeMs) return;
    this.#nextPurgeMs = this.#nowMs() + PURGE_INTERVAL_MS;
    this.#cache.purgeStale();
  }
}

/**
 * Bytes of key and value as V8 serializes them; undefined when it cannot. Not as JSON, in which a Map or a Set, of which
 * DynamoDB's document client makes some, is two bytes whatever it holds, and a stream looks like any other object.
 */
function bytesOf(key: string, value: unknown): number | undefined {
  if (value === undefined) return undefined;
  try {
    return Buffer.byteLength(key) + serialize(value).byteLength;
  } catch {
    // Functions, promises, streams, and getters that throw; whoever asks for such a value again computes it again.
    return undefined;
  }
}

function rejectBadTtl(ttlSeconds: number): void {
  if (Number.isFinite(ttlSeconds) && ttlSeconds >= 0) return;
  throw new InvalidInputError('cache entry', [`ttlSeconds must be 0 or more and finite, got ${ttlSeconds}`]);
}

function rejectBadBounds(bounds: Record<string, number>): void {
  const problems = Object.entries(bounds)
    .filter(([, value]) => !Number.isInteger(value) || value < 1)
    .map(([name, value]) => `${name} must be a whole number of at least 1, got ${value}`);
  if (problems.length > 0) throw new InvalidInputError('response cache options', problems);
}
