import { offWire, onWire } from '../../../../sandbox/account/dynamodb/wire-form.ts';

describe('the wire form of items', () => {
  it('carries bytes both ways, also in sets and nested', () => {
    const item = {
      b: { B: Uint8Array.of(1, 2, 255) },
      set: { BS: [Uint8Array.of(7), Uint8Array.of(8)] },
      nested: { M: { B: { L: [{ B: Uint8Array.of(9) }] } } },
    };
    expect(onWire(item)).toEqual({
      b: { B: 'AQL/' },
      set: { BS: ['Bw==', 'CA=='] },
      nested: { M: { B: { L: [{ B: 'CQ==' }] } } },
    });
    expect(offWire(onWire(item))).toEqual(item);
  });

  it('leaves attributes alone that are called like a type or a date', () => {
    const item = { B: { S: 'text' }, BS: { L: [{ S: 'x' }] }, startDateTime: { N: '5' } };
    expect(offWire({ Item: item })).toEqual({ Item: item });
  });

  it('makes dates of a table’s times', () => {
    expect(offWire({ Table: { CreationDateTime: 86_400 } })).toEqual({
      Table: { CreationDateTime: new Date('1970-01-02T00:00:00Z') },
    });
  });
});
