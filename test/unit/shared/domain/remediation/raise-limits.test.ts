import { diagnoseTable } from '../../../../../shared/domain/remediation/diagnose-table.ts';
import type { TableEvidence } from '../../../../../shared/domain/remediation/evidence.ts';
import { DEFAULT_REMEDIATION_SETTINGS as settings } from '../../../../../shared/domain/remediation/policy.ts';
import {
  isFasterWithMemory,
  raisedTimeoutSeconds,
  raiseTimeout,
} from '../../../../../shared/domain/remediation/raise.ts';
import { change } from '../../../../support/builders.ts';
import { evidence } from '../../../../support/remediation.ts';

const curve = (...points: [memorySizeMb: number, meanDurationMs: number][]) => {
  const known = change();
  const candidates = points.map(([memorySizeMb, meanDurationMs]) => ({ memorySizeMb, meanDurationMs }));
  return { ...known, assessment: { ...known.assessment, candidates } } as unknown as ReturnType<typeof change>;
};

describe('isFasterWithMemory', () => {
  it('wants a fifth off the run', () => {
    expect(isFasterWithMemory(curve([1_024, 1_000], [2_048, 800]), 1_024, 2_048)).toBe(true);
    expect(isFasterWithMemory(curve([1_024, 1_000], [2_048, 801]), 1_024, 2_048)).toBe(false);
  });

  it('reads between two sizes on logarithmic scales', () => {
    // From 512 to 2,048 MB the run halves, so at 1,024 MB, halfway, it takes 1000 / √2 ms.
    const known = curve([512, 1_000], [2_048, 500]);
    expect(isFasterWithMemory(known, 512, 1_024)).toBe(true);
    expect(isFasterWithMemory(known, 512, 600)).toBe(false);
    expect(isFasterWithMemory(known, 1_024, 2_048)).toBe(true);
  });

  it('knows nothing beyond the curve’s ends, nor of a function nobody assessed', () => {
    const known = curve([1_024, 1_000], [2_048, 100]);
    expect(isFasterWithMemory(known, 512, 2_048)).toBe(false);
    expect(isFasterWithMemory(known, 1_024, 4_096)).toBe(false);
    expect(isFasterWithMemory(undefined, 1_024, 2_048)).toBe(false);
  });
});

describe('a raised timeout', () => {
  it('is more than before, or none', () => {
    expect(raisedTimeoutSeconds(899, settings)).toBe(900);
    expect(raisedTimeoutSeconds(900, settings)).toBeUndefined();
  });

  it('is none where callers wait just as long as it is, or the function is gone', () => {
    const callerLimit = { ceilingSeconds: 30, why: 'because' };
    expect(raiseTimeout(evidence({ callerLimit }), settings)).toBeUndefined();
    expect(raiseTimeout(evidence({ callerLimit: { ...callerLimit, ceilingSeconds: 31 } }), settings)).toMatchObject({
      after: { timeoutSeconds: 31 },
    });
    expect(raiseTimeout(evidence({ live: undefined }), settings)).toBeUndefined();
  });
});

describe('a table’s raise', () => {
  const live = { billingMode: 'PROVISIONED', status: 'ACTIVE', readUnits: 100, writeUnits: 40 } as const;
  const consumed = { readUnits: 100, writeUnits: 40 };
  const actionOf = (overrides: Partial<TableEvidence>) =>
    diagnoseTable({ tableName: 'sessions', live, throttled: { reads: 9, writes: 9 }, consumed, ...overrides }, settings)
      .action;
  const scaling = { minimum: 5, maximum: 100 };

  it('is of both dimensions where both were refused', () => {
    expect(actionOf({})).toMatchObject({ after: { readUnits: 150, writeUnits: 60 } });
  });

  it('is of reads alone where only they were refused', () => {
    expect(actionOf({ throttled: { reads: 9, writes: 0 } })).toMatchObject({
      after: { readUnits: 150, writeUnits: 40 },
    });
  });

  it('is of the maximum of the dimension that was refused most, reads where both were alike', () => {
    const both = { ...live, readScaling: scaling, writeScaling: { minimum: 5, maximum: 40 } };
    expect(actionOf({ live: both })).toMatchObject({ kind: 'RaiseTableMaximum', dimension: 'read', after: 150 });
    expect(actionOf({ live: both, throttled: { reads: 8, writes: 9 } })).toMatchObject({
      dimension: 'write',
      after: 60,
    });
  });

  it('leaves the units of a dimension alone that Application Auto Scaling manages', () => {
    expect(actionOf({ live: { ...live, writeScaling: scaling } })).toMatchObject({
      kind: 'RaiseTableCapacity',
      after: { readUnits: 150, writeUnits: 40 },
    });
    expect(actionOf({ live: { ...live, readScaling: scaling }, throttled: { reads: 8, writes: 9 } })).toMatchObject({
      kind: 'RaiseTableCapacity',
      after: { readUnits: 100, writeUnits: 60 },
    });
  });
});
