import * as fc from 'fast-check';
import {
  BoundedList,
  bounded,
  LIST_MAX_BYTES,
  TEXT_MAX_CHARS,
  unlistedOf,
} from '../../../../../../shared/domain/configuration/rounds/bounded-list.ts';

const items = fc.array(
  fc.record({ resource: fc.string({ unit: 'grapheme', maxLength: 200 }), reason: fc.string({ maxLength: 900 }) }),
  {
    maxLength: 400,
  },
);
const bytesOf = (value: unknown) => Buffer.byteLength(JSON.stringify(value));

it('never takes more room than it may, counts everything, and keeps the beginning', () => {
  fc.assert(
    fc.property(items, (all) => {
      const list = new BoundedList<(typeof all)[number]>();
      for (const each of all) list.add(each);
      expect(bytesOf(list.items)).toBeLessThanOrEqual(LIST_MAX_BYTES + 2);
      expect(list.count).toBe(all.length);
      expect(list.items).toEqual(all.slice(0, list.items.length));
      expect(unlistedOf({ list })).toEqual(
        list.items.length < all.length ? { list: all.length - list.items.length } : {},
      );
    }),
  );
});

it('is the same in rounds as at once', () => {
  fc.assert(
    fc.property(items, fc.nat(400), (all, at) => {
      const whole = new BoundedList<(typeof all)[number]>();
      for (const each of all) whole.add(each);
      const first = new BoundedList<(typeof all)[number]>();
      for (const each of all.slice(0, at)) first.add(each);
      const next = new BoundedList({ items: first.items, count: first.count });
      for (const each of all.slice(at)) next.add(each);
      expect(next).toEqual(whole);
    }),
  );
});

it('leaves out all that comes after what had no room', () => {
  const list = new BoundedList<string>();
  for (const each of ['first', 'x'.repeat(LIST_MAX_BYTES), 'last']) list.add(each);
  expect([list.items, list.count]).toEqual([['first'], 3]);
});

it('fills its room to the last byte', () => {
  const list = new BoundedList<string>();
  // Two quotation marks and a comma.
  list.add('x'.repeat(LIST_MAX_BYTES - 3));
  list.add('');
  expect(list.items).toHaveLength(1);
});

it('cuts long texts and says so, never within a character', () => {
  expect(bounded('x'.repeat(TEXT_MAX_CHARS))).toBe('x'.repeat(TEXT_MAX_CHARS));
  expect(bounded('x'.repeat(TEXT_MAX_CHARS + 1))).toBe(`${'x'.repeat(TEXT_MAX_CHARS - 1)}…`);
  expect(bounded('😀'.repeat(TEXT_MAX_CHARS)).isWellFormed()).toBe(true);
});
