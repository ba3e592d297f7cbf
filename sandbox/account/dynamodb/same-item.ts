import type { Item } from './tables.ts';

const SETS: ReadonlySet<string> = new Set(['SS', 'NS', 'BS']);

/** Whether two items on the wire are alike: attribute order means nothing, nor does the order within a set. */
export function sameItem(a: Item | undefined, b: Item | undefined): boolean {
  return same(a, b);
}

function same(a: unknown, b: unknown, name = ''): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) return Array.isArray(a) && Array.isArray(b) && sameList(a, b, name);
  return sameAttributes(a as Record<string, unknown>, b as Record<string, unknown>);
}

function sameAttributes(a: Readonly<Record<string, unknown>>, b: Readonly<Record<string, unknown>>): boolean {
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && same(a[name], b[name], name))
  );
}

function sameList(a: readonly unknown[], b: readonly unknown[], name: string): boolean {
  if (a.length !== b.length) return false;
  const [one, other] = SETS.has(name) ? [a.toSorted(), b.toSorted()] : [a, b];
  return one.every((item, index) => same(item, other[index]));
}
