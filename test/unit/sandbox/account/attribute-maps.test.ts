import validations from 'dynalite/validations/index.js';
import putItem from 'dynalite/validations/putItem.js';
import { checkedTypes } from '../../../../sandbox/account/dynamodb/attribute-maps.ts';

const VALUES: readonly unknown[] = [
  { S: 'text' },
  { N: '1' },
  { BOOL: false },
  { NULL: true },
  { SS: ['a', 'b'] },
  { NS: ['1'] },
  { L: [{ S: 'a' }, { M: { inner: { N: '2' } } }] },
  { B: 'AAAA' },
  { B: 'AAA' },
  { S: 1 },
  { N: 1 },
  { BOOL: 'yes' },
  { BOOL: 'maybe' },
  { SS: 'a' },
  { L: { S: 'a' } },
  { M: [] },
  { L: [{ S: 2 }] },
  { S: 'a', N: '1' },
  { S: null },
  { Unheard: 'a' },
  {},
  null,
  'text',
  [],
];

function outcome(check: (input: object, types: object) => object, value: unknown) {
  const input = { TableName: 'ledger', Item: { pk: { S: 'a' }, value }, Unheard: 1, ReturnValues: 'NONE' };
  try {
    return check(input, putItem.types);
  } catch (error) {
    return { error: (error as { body: unknown }).body };
  }
}

describe('checked types of an input', () => {
  it.each(VALUES.map((value) => [JSON.stringify(value), value]))('are what dynalite says of %s', (_, value) => {
    const ours = (input: object, types: object) =>
      checkedTypes(input as Record<string, unknown>, types, validations.checkTypes);
    expect(outcome(ours, value)).toEqual(outcome(validations.checkTypes, value));
  });

  it('keep dynalite from trying each value by ten types', () => {
    const check = jest.fn(validations.checkTypes);
    const input = { TableName: 'ledger', Item: { pk: { S: 'a' } } };
    expect(checkedTypes(input, putItem.types, check)).toEqual(input);
    expect(check).toHaveBeenCalledWith({ TableName: 'ledger' }, putItem.types);
  });
});
