import { type KeyRange, SortedStore } from '../../../../sandbox/account/dynamodb/sorted-store.ts';

function storeOf(...keys: string[]): SortedStore {
  const store = new SortedStore();
  for (const key of keys) store.put(key, { key }, () => undefined);
  return store;
}

function keysOf(store: SortedStore, range?: KeyRange): Promise<string[]> {
  const keys: string[] = [];
  return new Promise((resolve) => {
    store
      .createKeyStream(range)
      .on('data', (key: string) => keys.push(key))
      .on('end', () => resolve(keys));
  });
}

describe('SortedStore', () => {
  it('keeps keys in order, whatever the order they came in', async () => {
    expect(await keysOf(storeOf('m', 'a', 'z', 'b', 'a'))).toEqual(['a', 'b', 'm', 'z']);
  });

  it.each<[KeyRange, string[]]>([
    [{ gt: 'b' }, ['c', 'd']],
    [{ gte: 'b' }, ['b', 'c', 'd']],
    [{ lt: 'c' }, ['a', 'b']],
    [{ lte: 'c' }, ['a', 'b', 'c']],
    [{ gt: 'bb', lt: 'cc' }, ['c']],
    [{ gte: 'b', lte: 'c', reverse: true }, ['c', 'b']],
    [{ limit: 2 }, ['a', 'b']],
    [{ reverse: true, limit: 1 }, ['d']],
    [{ gt: 'd' }, []],
    [{ gt: 'c', lt: 'b' }, []],
  ])('answers the range %p', async (range, expected) => {
    expect(await keysOf(storeOf('d', 'b', 'a', 'c'), range)).toEqual(expected);
  });

  it('answers NotFoundError for a key that is not there or was deleted', async () => {
    const store = storeOf('a');
    store.del('a', () => undefined);
    const error = await new Promise<Error | null | undefined>((resolve) => store.get('a', resolve));
    expect(error).toMatchObject({ name: 'NotFoundError' });
    expect(await keysOf(store)).toEqual([]);
  });

  it('stops a stream that is destroyed', async () => {
    const stream = storeOf('a', 'b', 'c').createValueStream();
    const seen: unknown[] = [];
    stream.on('data', (value) => {
      seen.push(value);
      (stream as unknown as { destroy(): void }).destroy();
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect(seen).toEqual([{ key: 'a' }]);
  });

  it('lets one piece of work at a time have a key, in the order they asked', async () => {
    const store = new SortedStore();
    const log: string[] = [];
    const work = (name: string) =>
      new Promise<void>((resolve) => {
        store.lock('k', (release) => {
          log.push(`${name} begins`);
          setImmediate(
            release(() => {
              log.push(`${name} ends`);
              resolve();
            }),
          );
        });
      });
    await Promise.all([work('first'), work('second')]);
    expect(log).toEqual(['first begins', 'first ends', 'second begins', 'second ends']);
  });
});
