import { acceptedMemory } from '../../../../../../shared/domain/night/evidence/accepted-memory.ts';
import { functionMetrics, memoryEvidence } from './builders.ts';

const counted = (reportCount: number, invocationsInLookback: number) =>
  acceptedMemory(memoryEvidence({ reportCount }), functionMetrics({ invocationsInLookback }));

describe('acceptedMemory', () => {
  it.each([
    [1_000, 1_000, 1],
    [500, 1_000, 0.5],
    [1_050, 1_000, 1],
    [15, 10, 1],
    [1_110, 1_000, 1],
  ])('accepts %i REPORT lines for %i invocations', (reports, invocations, coverage) => {
    expect(counted(reports, invocations)).toEqual({ source: 'ReportLines', maxMemoryUsedMb: 200, coverage });
  });

  it.each([
    [499, 1_000, /only 499 REPORT lines/],
    [3, 1_000, /filtered, sampled, expired/],
    [1_111, 1_000, /other functions write/],
  ])('rejects %i REPORT lines for %i invocations', (reports, invocations, reason) => {
    const accepted = counted(reports, invocations);
    expect(accepted.maxMemoryUsedMb).toBeUndefined();
    expect(accepted.reason).toMatch(reason);
  });

  it('cannot count without invocations, so accepts nothing', () => {
    expect(acceptedMemory(memoryEvidence(), undefined)).toEqual({
      source: 'ReportLines',
      reason: 'REPORT lines could not be counted against invocations',
    });
  });

  it('counts lines of earlier nights against the calls of their own stretches', () => {
    const newLines = { from: '2026-11-22T02:00:00.000Z', reports: 100, invocationsBefore: 900 };
    const read = (reportCount: number, metrics: Parameters<typeof functionMetrics>[0]) =>
      acceptedMemory(memoryEvidence({ reportCount, newLines }), functionMetrics(metrics));
    expect(read(800, { invocationsSinceRead: 100, invocationsInLookback: 5 }).coverage).toBe(0.8);
    expect(read(499, { invocationsSinceRead: 100 }).reason).toMatch(/only 499 REPORT lines for 1000 invocations/);
    expect(read(800, {}).reason).toMatch(/could not be counted/);
  });

  it('accepts nothing where most of the new lines are missing, however many the old ones are', () => {
    const read = (reports: number, invocationsSinceRead: number) =>
      acceptedMemory(
        memoryEvidence({
          reportCount: 9_000 + reports,
          newLines: { from: '2026-11-22T02:00:00.000Z', reports, invocationsBefore: 9_000 },
        }),
        functionMetrics({ invocationsSinceRead }),
      );
    expect(read(33, 100)).toEqual({
      source: 'ReportLines',
      coverage: 0.993,
      reason:
        'only 33 REPORT lines for 100 invocations since 2026-11-22T02:00:00.000Z: they are late, filtered, sampled or written elsewhere',
    });
    const fine = [
      [34, 100],
      [1, 11],
      [0, 1],
      [0, 0],
    ] as const;
    for (const [reports, invocations] of fine) expect(read(reports, invocations).maxMemoryUsedMb).toBe(200);
    for (const [reports, invocations] of [
      [1, 12],
      [0, 2],
    ] as const)
      expect(read(reports, invocations).maxMemoryUsedMb).toBeUndefined();
  });

  it('accepts Compute Optimizer, which has counted for itself', () => {
    const evidence = memoryEvidence({ source: 'ComputeOptimizer', reportCount: undefined });
    expect(acceptedMemory(evidence, undefined)).toEqual({ source: 'ComputeOptimizer', maxMemoryUsedMb: 200 });
  });

  it.each([
    ['a source that has no figure', { source: 'ReportLines', maxMemoryUsedMb: undefined }],
    ['a figure of no source', { source: 'none', maxMemoryUsedMb: 200 }],
  ] as const)('takes %s for no evidence', (_, given) => {
    expect(acceptedMemory(memoryEvidence(given), functionMetrics())).toEqual({
      source: 'none',
      reason: 'no memory evidence',
    });
  });

  it('needs no count of other sources, and counts no lines that nobody counted', () => {
    const uncounted = { source: 'ReportLines', maxMemoryUsedMb: 200 };
    expect(acceptedMemory(memoryEvidence({ reportCount: undefined }), functionMetrics())).toEqual(uncounted);
    const optimizer = memoryEvidence({ source: 'ComputeOptimizer', reportCount: 1 });
    expect(acceptedMemory(optimizer, functionMetrics())).toEqual({ source: 'ComputeOptimizer', maxMemoryUsedMb: 200 });
  });

  it('keeps missing evidence missing, with its reason', () => {
    const accepted = acceptedMemory({ source: 'none', reason: 'no log group' }, functionMetrics());
    expect(accepted).toEqual({ source: 'none', reason: 'no log group' });
  });
});
