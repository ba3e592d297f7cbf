import { matchesFilter } from '../../../../sandbox/deployment/filter-stream-records.ts';
import { resolveIntrinsics } from '../../../../sandbox/deployment/resolve-intrinsics.ts';
import type { PseudoParameters } from '../../../../sandbox/deployment/template.ts';

const pseudo = { 'AWS::Region': 'eu-west-1', 'AWS::Partition': 'aws' } as PseudoParameters;
const deployed = new Map([['Table', { ref: 'table-1', attributes: { Arn: 'arn:table' } }]]);
const resolve = (value: unknown) => resolveIntrinsics(value, deployed, pseudo);

describe('resolveIntrinsics', () => {
  it.each([
    [{ Ref: 'Table' }, 'table-1'],
    [{ Ref: 'AWS::Region' }, 'eu-west-1'],
    [{ 'Fn::GetAtt': ['Table', 'Arn'] }, 'arn:table'],
    [{ 'Fn::Join': [':', ['a', { Ref: 'Table' }]] }, 'a:table-1'],
    [{ 'Fn::Select': [1, { 'Fn::Split': ['/', 'a/b'] }] }, 'b'],
    [{ 'Fn::Sub': 'x-${Table}-${Table.Arn}' }, 'x-table-1-arn:table'],
    [{ deep: [{ Ref: 'Table' }] }, { deep: ['table-1'] }],
  ])('resolves %j', (value, expected) => {
    expect(resolve(value)).toEqual(expected);
  });

  it.each([
    [{ Ref: 'Missing' }, /Missing, which is not deployed/],
    [{ 'Fn::GetAtt': ['Table', 'Nothing'] }, /Table.Nothing/],
    [{ 'Fn::If': ['a', 'b', 'c'] }, /does not know Fn::If/],
  ])('refuses %j', (value, message) => {
    expect(() => resolve(value)).toThrow(message);
  });
});

describe('matchesFilter', () => {
  const record = { eventName: 'MODIFY', dynamodb: { Keys: { sk: { S: 'TOKEN#a' } } } };

  it('matches alternatives, prefixes and nested fields as Lambda does', () => {
    expect(
      matchesFilter(record, {
        eventName: ['INSERT', 'MODIFY'],
        dynamodb: { Keys: { sk: { S: [{ prefix: 'TOKEN#' }] } } },
      }),
    ).toBe(true);
    expect(matchesFilter(record, { eventName: ['REMOVE'] })).toBe(false);
    expect(matchesFilter(record, { dynamodb: { NewImage: { x: { S: ['y'] } } } })).toBe(false);
  });

  it('refuses a rule it does not know instead of ignoring it', () => {
    expect(() => matchesFilter(record, { eventName: [{ 'anything-but': 'INSERT' }] })).toThrow('anything-but');
  });
});
