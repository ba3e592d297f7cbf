import { FIRST_WEIGHT, shiftState } from '../../../../../../shared/domain/night/change/alias-shift.ts';
import type { LiveAlias } from '../../../../../../shared/domain/night/change/live-function.ts';

const target = { kind: 'alias', aliasName: 'live', functionVersion: '1' } as const;
const change = { target, shift: { version: '2' } };
const alias = (functionVersion: string, weights: LiveAlias['weights'] = {}): LiveAlias => ({
  name: 'live',
  functionVersion,
  weights,
  revisionId: 'r',
});

describe('shiftState', () => {
  it.each([
    ['untouched while all traffic goes to the old version', alias('1'), 'untouched'],
    ['shifting while ours has its share', alias('1', { 2: FIRST_WEIGHT }), 'shifting'],
    ['finished when ours has all of it', alias('2'), 'finished'],
    ['moved when a deployment left our share on it', alias('7', { 2: FIRST_WEIGHT }), 'moved'],
    ['foreign when a deployment led it elsewhere', alias('7'), 'foreign'],
    ['foreign when somebody shifts another version', alias('1', { 7: FIRST_WEIGHT }), 'foreign'],
    ['foreign when somebody gave our version another share', alias('1', { 2: 0.5 }), 'foreign'],
    ['foreign when somebody shifts another beside ours', alias('1', { 2: FIRST_WEIGHT, 7: 0.2 }), 'foreign'],
    ['gone without an alias', undefined, 'gone'],
  ])('is %s', (_, live, kind) => {
    expect(shiftState(change, live)).toMatchObject({ kind });
  });

  it('says who did what, in words', () => {
    expect(shiftState(change, undefined)).toMatchObject({ reason: 'alias live was deleted' });
    expect(shiftState(change, alias('1', { 7: 0.2, 8: 0.05 }))).toMatchObject({
      reason: 'somebody else shifts traffic of alias live (20 % to version 7, 5 % to version 8)',
    });
  });

  it('takes a share for somebody else’s as long as the ledger knows no version of ours', () => {
    expect(shiftState({ target }, alias('1', { 2: FIRST_WEIGHT }))).toMatchObject({
      kind: 'foreign',
      reason: 'somebody else shifts traffic of alias live (10 % to version 2)',
    });
  });

  it('says where a deployment moved the alias', () => {
    expect(shiftState(change, alias('7'))).toMatchObject({ reason: 'a deployment moved alias live to version 7' });
  });
});
