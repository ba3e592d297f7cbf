import {
  decideSetting,
  decideUndo,
  isSame,
  type SettingRecord,
  type WantedSetting,
} from '../../../../../../shared/domain/configuration/scaling/managed-setting.ts';

const wanted: WantedSetting = {
  key: 'function/orders/reserved-concurrency',
  resource: 'function/orders',
  value: { executions: 100 },
  basis: 'class critical 100',
  reason: 'class critical',
};

const record = (overrides: Partial<SettingRecord> = {}): SettingRecord => ({
  key: wanted.key,
  resource: wanted.resource,
  before: null,
  written: { executions: 100 },
  basis: wanted.basis,
  at: '2026-11-01T00:00:00.000Z',
  ...overrides,
});

describe('deciding on a setting', () => {
  it.each([
    ['creates what nobody set', undefined, undefined, 'create'],
    ['leaves what is as wanted already', { executions: 100 }, undefined, 'unchanged'],
    ['leaves what its owner set', { executions: 7 }, undefined, 'skip'],
    ['leaves what was changed since we wrote it', { executions: 7 }, record(), 'skip'],
    ['leaves what was taken away since we wrote it', undefined, record({ before: { executions: 3 } }), 'skip'],
    [
      'updates what still is as we left it',
      { executions: 50 },
      record({ written: { executions: 50 }, basis: 'class standard 50' }),
      'update',
    ],
    ['finishes a write that broke off before it reached AWS', undefined, record(), 'create'],
    ['starts anew after an undo', undefined, record({ undoneAt: '2026-11-02T00:00:00.000Z' }), 'create'],
    [
      'respects an owner who set it after an undo',
      { executions: 7 },
      record({ undoneAt: '2026-11-02T00:00:00.000Z' }),
      'skip',
    ],
  ] as const)('%s', (_title, live, known, verdict) => {
    expect(decideSetting(wanted, live, known).verdict).toBe(verdict);
  });

  it('keeps what we wrote on the same basis although a measurement drifted', () => {
    const drifted = { ...wanted, value: { executions: 112 } };
    const decided = decideSetting(drifted, { executions: 100 }, record());
    expect(decided).toMatchObject({ verdict: 'unchanged', value: { executions: 100 } });
  });

  it('moves what we wrote once it no longer serves', () => {
    const outgrown = { ...wanted, value: { executions: 140 }, stillServes: () => false };
    const decided = decideSetting(outgrown, { executions: 100 }, record());
    expect(decided).toMatchObject({ verdict: 'update', value: { executions: 140 } });
  });

  it('says what stands there, and since when it is not what was written', () => {
    const reasonOf = (...given: Parameters<typeof decideSetting>) => decideSetting(...given).reason;
    expect(reasonOf(wanted, { executions: 7, mode: 'x' }, undefined)).toBe(
      'executions 7, mode x was set by its owner; left as it is',
    );
    const before = record({ before: { executions: 3 } });
    expect(reasonOf(wanted, undefined, before)).toBe(
      'removed since executions 100 was written on 2026-11-01T00:00:00.000Z; left',
    );
    expect(reasonOf({ ...wanted, basis: 'other' }, { executions: 7 }, record())).toBe(
      'executions 7 since executions 100 was written on 2026-11-01T00:00:00.000Z; left',
    );
  });

  it('takes what we wrote before for ours too, while a write may not have arrived', () => {
    const known = record({ written: { executions: 100 }, formerly: { executions: 50 } });
    expect(decideSetting(wanted, { executions: 50 }, known).verdict).toBe('update');
    expect(decideUndo(known, { executions: 50 })).toEqual({ verdict: 'remove' });
    expect(decideUndo(record(), { executions: 50 }).verdict).toBe('skip');
  });

  it('writes over what it was before us, and not on another basis than before without a need', () => {
    const before = record({ before: { executions: 3 }, written: { executions: 80 } });
    expect(decideSetting(wanted, { executions: 3 }, before)).toMatchObject({
      ...{ verdict: 'update', value: { executions: 80 } },
    });
    expect(decideSetting({ ...wanted, basis: 'other' }, { executions: 80 }, before)).toMatchObject({
      ...{ verdict: 'update', value: { executions: 100 } },
    });
    expect(decideSetting({ ...wanted, stillServes: () => true }, { executions: 80 }, before)).toMatchObject({
      ...{ verdict: 'unchanged', value: { executions: 80 } },
    });
  });

  it('remembers nothing of what was undone: what is wanted now is written', () => {
    const undone = record({ written: { executions: 50 }, undoneAt: '2026-11-02T00:00:00.000Z' });
    expect(decideSetting(wanted, undefined, undone)).toMatchObject({ verdict: 'create', value: { executions: 100 } });
  });

  it('compares every field, in whatever order', () => {
    expect(isSame({ a: 1, b: 2 }, { b: 2, a: 1 })).toBe(true);
    expect(isSame({ a: 1, b: 2 }, { a: 1, b: 3 })).toBe(false);
    expect(isSame({ a: 1 }, { a: 1, b: 2 })).toBe(false);
    expect(isSame({ a: 1, b: 2 }, { a: 1 })).toBe(false);
    expect([isSame(undefined, undefined), isSame({}, undefined), isSame(undefined, {})]).toEqual([true, false, false]);
  });
});

describe('undoing a setting', () => {
  it.each([
    ['takes away what was not there before', record(), { executions: 100 }, { verdict: 'remove' }],
    [
      'restores what was there before',
      record({ before: { executions: 7 } }),
      { executions: 100 },
      { verdict: 'restore', value: { executions: 7 } },
    ],
    ['has nothing to do where it is gone already', record(), undefined, { verdict: 'gone' }],
  ])('%s', (_title, known, live, expected) => {
    expect(decideUndo(known, live)).toEqual(expected);
  });

  it('leaves what somebody changed since', () => {
    expect(decideUndo(record(), { executions: 80 })).toEqual({
      verdict: 'skip',
      reason: 'executions 80 since executions 100 was written on 2026-11-01T00:00:00.000Z; left',
    });
  });
});
