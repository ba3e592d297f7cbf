import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import {
  cached,
  cacheResponse,
  clearResponseCache,
  configureResponseCache,
  forgetResponse,
  generateCacheKey,
  getCachedResponse,
  responseCacheStatistics,
} from '../../../../shared/connection-pool/index.ts';

beforeEach(() => configureResponseCache({}));

describe('cacheResponse and getCachedResponse', () => {
  it('share one cache and count its lookups', () => {
    cacheResponse('key', { answer: 1 }, 60);
    expect(getCachedResponse('key')).toEqual({ answer: 1 });
    expect(getCachedResponse('other')).toBeUndefined();
    expect(responseCacheStatistics()).toMatchObject({ hits: 1, misses: 1, hitRate: 0.5 });
  });

  it('forget one response or all', () => {
    cacheResponse('a', 1, 60);
    cacheResponse('b', 2, 60);
    expect(forgetResponse('a')).toBe(true);
    expect(forgetResponse('a')).toBe(false);
    clearResponseCache();
    expect(getCachedResponse('b')).toBeUndefined();
  });
});

describe('cached', () => {
  it('wraps a function so that equal parameters are computed once', async () => {
    const ask = jest.fn(async (userId: string, query: string) => `${userId} asks ${query}`);
    const askCached = cached<[string, string]>({ ttlSeconds: 60, prefix: 'ask' })(ask);
    await askCached('ann', 'why');
    await expect(askCached('ann', 'why')).resolves.toBe('ann asks why');
    await askCached('bob', 'why');
    expect(ask).toHaveBeenCalledTimes(2);
  });

  it('decorates a method, keyed by its name, with the object as `this`', async () => {
    const note = { text: 'hello' };
    async function read(this: typeof note, id: string) {
      return `${this.text} ${id}`;
    }
    const decorated = cached<[string]>({ ttlSeconds: 60 })(read, { name: 'read' });
    await expect(decorated.call(note, '1')).resolves.toBe('hello 1');
    expect(getCachedResponse(generateCacheKey('read', ['1']))).toBe('hello 1');
  });

  it('takes the key that it is given', async () => {
    const ask = cached<[{ userId: string; at: number }]>({ ttlSeconds: 60, key: ({ userId }) => userId })(
      async ({ at }) => at,
    );
    await ask({ userId: 'ann', at: 1 });
    await expect(ask({ userId: 'ann', at: 2 })).resolves.toBe(1);
  });

  it('rejects a nameless function without prefix or key, whose entries would mix with others', () => {
    expect(() => cached({ ttlSeconds: 60 })(async () => 1)).toThrow(TypeError);
  });
});

describe('generateCacheKey', () => {
  it('gives the same key whatever the order of properties, at any depth', () => {
    expect(generateCacheKey('query', { b: { y: 1, x: 2 }, a: 1 })).toBe(
      generateCacheKey('query', { a: 1, b: { x: 2, y: 1 } }),
    );
  });

  it('gives different keys to different inputs, such as parts that join to the same text', () => {
    expect(generateCacheKey('query', ['a:b', 'c'])).not.toBe(generateCacheKey('query', ['a', 'b:c']));
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
        const same = JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
        return (generateCacheKey('p', a) === generateCacheKey('p', b)) === same;
      }),
    );
  });

  it('tells apart what JSON does not', () => {
    const inputs = [
      ...[undefined, null, Number.NaN, Number.POSITIVE_INFINITY, 0, -0, 1n, '1n', 'NaN', 'undefined', {}, []],
      ...[[undefined], [null], [[]], new Map(), new Map([['a', 1]]), new Map([['b', 1]]), new Set(), new Set(['a'])],
      ...[new Date(0), new Date(1), new Date(0).toISOString(), new Uint8Array([1]), new Int8Array([1]), [1]],
      ...['Map{}', 'Set{"a"}', 'Date(0)', { a: 1 }, [['a', 1]], Buffer.from([1])],
    ];
    expect(new Set(inputs.map((input) => generateCacheKey('p', input))).size).toBe(inputs.length);
  });

  it('gives equal inputs one key and different ones two, whatever they are made of', () => {
    const options = {
      withBigInt: true,
      withDate: true,
      withMap: true,
      withSet: true,
      withTypedArray: true,
      maxDepth: 3,
    };
    const input = fc.anything(options);
    fc.assert(
      fc.property(input, input, (a, b) => {
        expect(generateCacheKey('p', structuredClone(a))).toBe(generateCacheKey('p', a));
        if (generateCacheKey('p', a) === generateCacheKey('p', b))
          expect(isDeepStrictEqual(defined(a), defined(b))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('takes a property that is undefined for a missing one, and the order of a Map or a Set for none', () => {
    const key = (input: unknown) => generateCacheKey('p', input);
    expect(key({ a: 1, b: undefined })).toBe(key({ a: 1 }));
    expect(
      key(
        new Map([
          ['a', 1],
          ['b', 2],
        ]),
      ),
    ).toBe(
      key(
        new Map([
          ['b', 2],
          ['a', 1],
        ]),
      ),
    );
    expect(key(new Set([1, 2]))).toBe(key(new Set([2, 1])));
  });

  it.each([
    ['a function', () => 1, 'function'],
    ['an instance of a class, whose private fields nobody sees', new (class Session {})(), 'an instance of Session'],
    ['a promise', Promise.resolve(1), 'an instance of Promise'],
    ['an object that holds itself', circle(), 'holds itself'],
  ])('refuses %s rather than mixing two of them up', (_title, input, message) => {
    expect(() => generateCacheKey('p', { input })).toThrow(message);
  });

  it('replaces a long input by a digest of fixed length', () => {
    const key = generateCacheKey('query', 'x'.repeat(10_000));
    expect(key).toMatch(/^query:sha256:[\w-]{43}$/);
    expect(generateCacheKey('query', 'y'.repeat(10_000))).not.toBe(key);
  });
});

function circle(): object {
  const held: Record<string, unknown> = {};
  held['self'] = [held];
  return held;
}

/** Without the properties that are undefined, at any depth of plain objects and arrays. */
function defined(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(defined);
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, each]) => (each === undefined ? [] : [[name, defined(each)]])),
  );
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(sorted);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, inner]) => [name, sorted(inner)]));
}
