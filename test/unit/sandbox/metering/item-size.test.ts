import { itemBytes } from '../../../../sandbox/metering/item-size.ts';

describe('itemBytes', () => {
  it.each([
    ['text in UTF-8', { name: { S: 'Größe' } }, 4 + 7],
    ['a number by its digits', { n: { N: '1024' } }, 1 + 3],
    ['true, false and null', { yes: { BOOL: true }, no: { NULL: true } }, 3 + 1 + 2 + 1],
    ['a map and its parts', { m: { M: { a: { S: 'bc' } } } }, 1 + 3 + 1 + 1 + 2],
    ['a list and its parts', { l: { L: [{ S: 'ab' }, { S: 'c' }] } }, 1 + 3 + 3 + 2],
    ['a set', { s: { SS: ['ab', 'cd'] } }, 1 + 4],
  ])('counts %s', (_, item, bytes) => {
    expect(itemBytes(item)).toBe(bytes);
  });
});
