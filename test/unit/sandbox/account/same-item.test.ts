import { sameItem } from '../../../../sandbox/account/dynamodb/same-item.ts';

describe('items on the wire', () => {
  it('are the same whatever the order of their attributes, and of what is in a set', () => {
    const one = { a: { S: 'x' }, tags: { SS: ['p', 'q'] }, nested: { M: { b: { N: '1' }, c: { L: [{ S: 'y' }] } } } };
    const other = { nested: { M: { c: { L: [{ S: 'y' }] }, b: { N: '1' } } }, tags: { SS: ['q', 'p'] }, a: { S: 'x' } };
    expect(sameItem(one, other)).toBe(true);
  });

  it.each([
    ['a value', { a: { S: 'x' } }, { a: { S: 'y' } }],
    ['a type', { a: { S: '1' } }, { a: { N: '1' } }],
    ['an attribute more', { a: { S: 'x' } }, { a: { S: 'x' }, b: { S: 'y' } }],
    ['an attribute by another name', { a: { S: 'x' } }, { b: { S: 'x' } }],
    ['the order of a list', { a: { L: [{ S: 'x' }, { S: 'y' }] } }, { a: { L: [{ S: 'y' }, { S: 'x' }] } }],
    ['the length of a list', { a: { L: [{ S: 'x' }] } }, { a: { L: [{ S: 'x' }, { S: 'y' }] } }],
    ['a list for a map', { a: { L: [] } }, { a: { M: {} } }],
    ['nothing there', undefined, { a: { S: 'x' } }],
  ])('differ by %s', (_, one, other) => {
    expect(sameItem(one as never, other as never)).toBe(false);
    expect(sameItem(other as never, one as never)).toBe(false);
  });
});
