import { Readable } from 'node:stream';
import { serialize } from 'node:v8';
import fc from 'fast-check';
import { ResponseCache } from '../../../../shared/connection-pool/response-cache.ts';

function cacheAt(options: ConstructorParameters<typeof ResponseCache>[0] = {}) {
  const clock = { nowMs: 1_000_000 };
  return { clock, cache: new ResponseCache({ ...options, nowMs: () => clock.nowMs }) };
}

describe('ResponseCache', () => {
  it('returns what was stored until its time to live is over', () => {
    const { clock, cache } = cacheAt();
    cache.set('key', { answer: 42 }, 60);
    clock.nowMs += 60_000;
    expect(cache.get('key')).toEqual({ answer: 42 });
    clock.nowMs += 1;
    expect(cache.get('key')).toBeUndefined();
  });

  it.each([[null], [false], [0], ['']])('keeps %p, which is no miss', (value) => {
    const { cache } = cacheAt();
    cache.set('key', value, 60);
    expect(cache.get('key')).toBe(value);
    expect(cache.statistics()).toMatchObject({ hits: 1, misses: 0 });
  });

  it('keeps nothing for zero seconds and forgets what was there', () => {
    const { cache } = cacheAt();
    cache.set('key', 1, 60);
    cache.set('key', 2, 0);
    expect(cache.get('key')).toBeUndefined();
  });

  it.each([[-1], [Number.NaN], [Number.POSITIVE_INFINITY]])('rejects a time to live of %p', (ttlSeconds) => {
    const { cache } = cacheAt();
    expect(() => cache.set('key', 1, ttlSeconds)).toThrow(`got ${ttlSeconds}`);
  });

  it('pushes out the least recently used entry when there are too many', () => {
    const { cache } = cacheAt({ maxEntries: 2 });
    cache.set('a', 1, 60);
    cache.set('b', 2, 60);
    cache.get('a');
    cache.set('c', 3, 60);
    expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual([1, undefined, 3]);
    expect(cache.statistics().evictions).toBe(1);
  });

  it('refuses a value larger than one entry may be and keeps the others', () => {
    const { cache } = cacheAt({ maxBytes: 1_000, maxEntryBytes: 100 });
    cache.set('small', 'x', 60);
    cache.set('large', 'x'.repeat(101), 60);
    expect(cache.get('small')).toBe('x');
    expect(cache.get('large')).toBeUndefined();
    expect(cache.statistics()).toMatchObject({ refused: 1, evictions: 0 });
  });

  it.each([
    ['undefined', undefined],
    ['a function', () => 1],
    ['a promise that somebody forgot to await', Promise.resolve(1)],
    ['a stream, which could be read once only', { Body: Readable.from(['x']) }],
    ['what throws when it is looked at', Object.defineProperty({}, 'x', { enumerable: true, get: () => fail() })],
  ])('refuses %s', (_title, value) => {
    const { cache } = cacheAt();
    cache.set('key', value, 60);
    expect(cache.get('key')).toBeUndefined();
    expect(cache.statistics()).toMatchObject({ entries: 0, refused: 1 });
  });

  it('keeps circular values and large integers', () => {
    const circular: Record<string, unknown> = { count: 1n };
    circular['self'] = circular;
    const { cache } = cacheAt();
    cache.set('key', circular, 60);
    expect(cache.get('key')).toBe(circular);
  });

  it.each([
    ['a Map', new Map([['note', 'x'.repeat(200)]])],
    ['a Set, as the document client answers sets', new Set(['x'.repeat(200)])],
    ['bytes', new Uint8Array(200)],
  ])('counts what is in %s', (_title, value) => {
    const { cache } = cacheAt({ maxBytes: 1_000, maxEntryBytes: 250 });
    cache.set('key', value, 60);
    expect(cache.statistics().bytes).toBeGreaterThan(200);
    expect(cache.statistics().bytes).toBeLessThan(250);
  });

  it('never holds more entries or bytes than its bounds, whatever is stored', () => {
    const stored = fc.array(fc.tuple(fc.string({ maxLength: 8 }), fc.string({ maxLength: 60 })), { maxLength: 80 });
    fc.assert(
      fc.property(stored, (pairs) => {
        const { cache } = cacheAt({ maxEntries: 7, maxBytes: 300, maxEntryBytes: 80 });
        for (const [key, value] of pairs) cache.set(key, value, 60);
        const { entries, bytes } = cache.statistics();
        return entries <= 7 && bytes <= 300;
      }),
    );
  });

  it('drops expired entries by itself within a minute of activity', () => {
    const { clock, cache } = cacheAt();
    cache.set('old', 'x', 1);
    clock.nowMs += 61_000;
    cache.set('new', 'x', 60);
    expect(cache.statistics().entries).toBe(1);
  });

  it('computes once for all who ask meanwhile', async () => {
    const { cache } = cacheAt();
    const compute = jest.fn(async () => 'answer');
    const answers = await Promise.all([1, 2, 3].map(() => cache.getOrCompute('key', 60, compute)));
    expect(answers).toEqual(['answer', 'answer', 'answer']);
    expect(compute).toHaveBeenCalledTimes(1);
    expect(cache.statistics()).toMatchObject({ misses: 3, coalesced: 2 });
    await cache.getOrCompute('key', 60, compute);
    expect(cache.statistics().hits).toBe(1);
  });

  it('fails for all who ask meanwhile, keeps nothing and computes again for the next', async () => {
    const { cache } = cacheAt();
    const compute = jest
      .fn<Promise<string>, []>()
      .mockRejectedValueOnce(new Error('no answer'))
      .mockResolvedValue('ok');
    const both = await Promise.allSettled([1, 2].map(() => cache.getOrCompute('key', 60, compute)));
    expect(both.map((each) => each.status)).toEqual(['rejected', 'rejected']);
    await expect(cache.getOrCompute('key', 60, compute)).resolves.toBe('ok');
  });

  it.each([
    ['forgotten', (cache: ResponseCache) => cache.delete('key'), undefined],
    ['cleared', (cache: ResponseCache) => cache.clear(), undefined],
    ['replaced', (cache: ResponseCache) => cache.set('key', 'new', 60), 'new'],
  ])('does not keep what was %s while it was being computed', async (_title, change, kept) => {
    const { cache } = cacheAt();
    const gate = Promise.withResolvers<string>();
    const answer = cache.getOrCompute('key', 60, () => gate.promise);
    change(cache);
    gate.resolve('old');
    expect(await answer).toBe('old');
    expect(cache.get('key')).toBe(kept);
  });

  it('lets those who ask after a value was forgotten compute a new one, and keeps that', async () => {
    const { cache } = cacheAt();
    const gates = [Promise.withResolvers<string>(), Promise.withResolvers<string>()] as const;
    const before = cache.getOrCompute('key', 60, () => gates[0].promise);
    cache.delete('key');
    const after = cache.getOrCompute('key', 60, () => gates[1].promise);
    gates[1].resolve('new');
    await after;
    gates[0].resolve('old');
    expect([await before, await after, cache.get('key')]).toEqual(['old', 'new', 'new']);
  });

  it('computes once for a thousand who ask at once, and holds its bounds', async () => {
    const { cache } = cacheAt({ maxEntries: 10, maxBytes: 4_000, maxEntryBytes: 400 });
    const compute = jest.fn(async () => 'x'.repeat(100));
    await Promise.all(Array.from({ length: 1_000 }, (_, index) => cache.getOrCompute(`key${index % 20}`, 60, compute)));
    expect(compute).toHaveBeenCalledTimes(20);
    expect(cache.statistics()).toMatchObject({ entries: 10, coalesced: 980 });
  });

  it('rejects a wrong time to live before it computes anything', async () => {
    const compute = jest.fn(async () => 1);
    await expect(cacheAt().cache.getOrCompute('key', Number.NaN, compute)).rejects.toThrow('got NaN');
    expect(compute).not.toHaveBeenCalled();
  });

  it('reports hit rate, entries and bytes, and starts over when cleared', () => {
    const { cache } = cacheAt();
    expect(cache.statistics().hitRate).toBe(0);
    cache.set('key', 'value', 60);
    cache.get('key');
    cache.get('none');
    expect(cache.statistics()).toMatchObject({
      hitRate: 0.5,
      entries: 1,
      bytes: 'key'.length + serialize('value').length,
    });
    cache.clear();
    expect(cache.statistics()).toMatchObject({ hits: 0, misses: 0, entries: 0, bytes: 0 });
  });

  it('rejects bounds that bound nothing, naming each', () => {
    expect(() => new ResponseCache({ maxEntries: 0, maxBytes: -1 })).toThrow(/maxEntries.*got 0.*maxBytes.*got -1/);
  });
});
