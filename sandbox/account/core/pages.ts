/** A slice of a list and where the next one begins. */
export interface Page<T> {
  readonly items: T[];
  readonly next: string | undefined;
}

/** Marks a token as one of ours: a token of another list, or one made up, is refused by the caller. */
const PREFIX = 'page-';

/**
 * Cuts a page. The token names the last item seen rather than a position, so that items made or deleted between two
 * calls neither shift nor repeat the rest. Items must come in ascending order of their key.
 *
 * @returns undefined for a token that no earlier page gave out
 */
export function cutPage<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
  size: number,
  token: string | undefined,
): Page<T> | undefined {
  return cutMatchingPage(items, keyOf, { size, token, isWanted: () => true });
}

/** As `cutPage`, of the items that are wanted; looks at no more of them than the page needs. */
export function cutMatchingPage<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
  { size, token, isWanted }: { size: number; token: string | undefined; isWanted: (item: T) => boolean },
): Page<T> | undefined {
  const after = token === undefined ? undefined : decode(token);
  if (token !== undefined && after === undefined) return undefined;
  const page: T[] = [];
  for (let at = after === undefined ? 0 : firstAfter(items, keyOf, after); at < items.length; at++) {
    if (!isWanted(items[at]!)) continue;
    if (page.length === size) return { items: page, next: encode(keyOf(page.at(-1)!)) };
    page.push(items[at]!);
  }
  return { items: page, next: undefined };
}

/** Orders by key, byte-wise as AWS lists do. */
export function sortByKey<T>(items: Iterable<T>, keyOf: (item: T) => string): T[] {
  return [...items].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : keyOf(a) > keyOf(b) ? 1 : 0));
}

function firstAfter<T>(items: readonly T[], keyOf: (item: T) => string, key: string): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (keyOf(items[middle]!) > key) high = middle;
    else low = middle + 1;
  }
  return low;
}

function encode(key: string): string {
  return Buffer.from(PREFIX + key).toString('base64url');
}

function decode(token: string): string | undefined {
  const text = Buffer.from(token, 'base64url').toString();
  return text.startsWith(PREFIX) ? text.slice(PREFIX.length) : undefined;
}
