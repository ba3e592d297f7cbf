import { generateCacheKey } from './cache-key.ts';
import { ResponseCache, type ResponseCacheOptions, type ResponseCacheStatistics } from './response-cache.ts';

/** Made by the first use, so that a function which caches nothing pays nothing. */
let cache: ResponseCache | undefined;

function sharedCache(): ResponseCache {
  cache ??= new ResponseCache();
  return cache;
}

/** Replaces the environment's cache by an empty one with other bounds (or another clock). */
export function configureResponseCache(options: ResponseCacheOptions): void {
  cache = new ResponseCache(options);
}

/** Keeps a response for `ttlSeconds`; 0 keeps nothing. The object itself is kept: treat it as read-only. */
export function cacheResponse(key: string, response: unknown, ttlSeconds: number): void {
  sharedCache().set(key, response, ttlSeconds);
}

/** The response kept under a key, or undefined when there is none or its time is over. */
export function getCachedResponse<Response = unknown>(key: string): Response | undefined {
  return sharedCache().get<Response>(key);
}

/** The cached response or a computed one, computed once however many ask meanwhile (stampede protection). */
export function getOrComputeResponse<Response>(
  key: string,
  ttlSeconds: number,
  compute: () => Promise<Response>,
): Promise<Response> {
  return sharedCache().getOrCompute(key, ttlSeconds, compute);
}

/** Forgets one response; says whether there was one. */
export function forgetResponse(key: string): boolean {
  return sharedCache().delete(key);
}

/** Forgets every response and every count. */
export function clearResponseCache(): void {
  sharedCache().clear();
}

/** Lookups and contents of this environment's cache since it began or was cleared. */
export function responseCacheStatistics(): ResponseCacheStatistics {
  return sharedCache().statistics();
}

export interface CachedOptions<Parameters extends unknown[]> {
  readonly ttlSeconds: number;
  /** What tells this function's entries from another's. @default the function's name */
  readonly prefix?: string;
  /** @default `generateCacheKey(prefix, parameters)` */
  readonly key?: (...parameters: Parameters) => string;
}

/**
 * Caches what an asynchronous function or method returns, by its parameters.
 *
 * It is a standard (TC39) method decorator and a plain wrapper alike. A method's key holds its parameters, not its
 * object: name what else the answer depends on in `key`.
 *
 * @example
 * const answer = cached({ ttlSeconds: 60, prefix: 'answer' })(async (userId: string, query: string) => ask(query));
 * @example
 * class Notes { @cached({ ttlSeconds: 60 }) async read(id: string) { … } }
 * @throws TypeError when neither the function nor `prefix` gives a name to key by
 */
export function cached<Parameters extends unknown[]>(options: CachedOptions<Parameters>) {
  return function decorate<This, Result>(
    compute: (this: This, ...parameters: Parameters) => Promise<Result>,
    context?: { readonly name: string | symbol },
  ): (this: This, ...parameters: Parameters) => Promise<Result> {
    const prefix = options.prefix ?? (String(context?.name ?? '') || compute.name);
    if (prefix === '' && options.key === undefined) throw new TypeError('cached() needs a prefix or a key here');
    return function lookUpOrCompute(...parameters) {
      const key = options.key?.(...parameters) ?? generateCacheKey(prefix, parameters);
      return getOrComputeResponse(key, options.ttlSeconds, () => compute.apply(this, parameters));
    };
  };
}
