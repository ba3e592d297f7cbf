import { Stream } from 'node:stream';

type Callback = (error?: Error | null, value?: unknown) => void;
type Release = (done?: (...answer: never[]) => void) => (...answer: never[]) => void;

/** Bounds of keys, as LevelDB has them. */
export interface KeyRange {
  readonly gt?: string;
  readonly gte?: string;
  readonly lt?: string;
  readonly lte?: string;
  readonly reverse?: boolean;
  readonly limit?: number;
}

/**
 * What dynalite keeps a table or an index in: keys in order, values as they were put. It stands in for dynalite's
 * LevelDB, whose values are JSON text that every read parses anew. Values must not be changed once they are in.
 */
export class SortedStore {
  /** Hears every value that is put or deleted, `undefined` where there is none. */
  onChange: ((before: unknown, after: unknown) => void) | undefined;
  private readonly values = new Map<string, unknown>();
  private readonly keys: string[] = [];
  private readonly locked = new Map<string, ((release: Release) => void)[]>();

  get(key: string, callback: Callback): void {
    const value = this.values.get(key);
    queueMicrotask(() => callback(value === undefined ? NOT_FOUND : null, value));
  }

  put(key: string, value: unknown, callback: Callback): void {
    this.set(key, value);
    queueMicrotask(() => callback());
  }

  del(key: string, callback: Callback): void {
    this.delete(key);
    queueMicrotask(() => callback());
  }

  batch(operations: readonly { type: 'put' | 'del'; key: string; value?: unknown }[], callback: Callback): void {
    for (const { type, key, value } of operations) {
      if (type === 'put') this.set(key, value);
      else this.delete(key);
    }
    queueMicrotask(() => callback());
  }

  createKeyStream(range?: KeyRange): Stream {
    return emitting(this.within(range));
  }

  createValueStream(range?: KeyRange): Stream {
    return emitting(this.within(range).map((key) => this.values.get(key)));
  }

  /** One piece of work at a time for a key; `release` wraps the callback that ends it. */
  lock(key: string, work: (release: Release) => void): void {
    const waiting = this.locked.get(key);
    if (waiting) {
      waiting.push(work);
      return;
    }
    this.locked.set(key, []);
    work(this.releaseOf(key));
  }

  private releaseOf(key: string): Release {
    return (done) =>
      (...answer) => {
        const next = this.locked.get(key)?.shift();
        if (next) queueMicrotask(() => next(this.releaseOf(key)));
        else this.locked.delete(key);
        done?.(...answer);
      };
  }

  private set(key: string, value: unknown): void {
    const before = this.values.get(key);
    if (before === undefined) this.keys.splice(this.firstFrom(key), 0, key);
    this.values.set(key, value);
    this.onChange?.(before, value);
  }

  private delete(key: string): void {
    const before = this.values.get(key);
    if (!this.values.delete(key)) return;
    this.keys.splice(this.firstFrom(key), 1);
    this.onChange?.(before, undefined);
  }

  private within({ gt, gte, lt, lte, reverse, limit }: KeyRange = {}): string[] {
    const from = gte !== undefined ? this.firstFrom(gte) : gt !== undefined ? this.firstAfter(gt) : 0;
    const until = lte !== undefined ? this.firstAfter(lte) : lt !== undefined ? this.firstFrom(lt) : this.keys.length;
    const keys = this.keys.slice(from, Math.max(from, until));
    if (reverse) keys.reverse();
    return limit === undefined || limit < 0 ? keys : keys.slice(0, limit);
  }

  private firstAfter(key: string): number {
    const at = this.firstFrom(key);
    return this.keys[at] === key ? at + 1 : at;
  }

  /** Index of the first key that is not before this one. */
  private firstFrom(key: string): number {
    let low = 0;
    let high = this.keys.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.keys[middle]! < key) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** A stream as far as dynalite reads one: `data` and `end`, until it is destroyed. */
function emitting(items: readonly unknown[]): Stream {
  let isDestroyed = false;
  const stream = Object.assign(new Stream(), {
    destroy: () => {
      isDestroyed = true;
    },
  });
  queueMicrotask(() => {
    for (const item of items) {
      if (isDestroyed) return;
      stream.emit('data', item);
    }
    stream.emit('end');
  });
  return stream;
}

/** One for all: most reads of a new ledger find nothing, and an error costs its stack. */
const NOT_FOUND = Object.assign(new Error('NotFound'), { name: 'NotFoundError' });
