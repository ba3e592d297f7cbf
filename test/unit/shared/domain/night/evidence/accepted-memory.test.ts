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
  ])('accepts %i REPORT lines for %i invocations', (reports, invocations, coverage) => {
    expect(counted(reports, invocations)).toEqual({ source: 'ReportLines', maxMemoryUsedMb: 200, coverage });
  });

  it.each([
    [499, 1_000, /only 499 REPORT lines/],
    [3, 1_000, /filtered, sampled, expired/],
    [1_200, 1_000, /other functions write/],
  ])('rejects %i REPORT lines for %i invocations', (reports, invocations, reason) => {
    const accepted = counted(reports, invocations);
    expect(accepted.maxMemoryUsedMb).toBeUndefined();
    expect(accepted.reason).toMatch(reason);
  });

  it('cannot count without invocations, so accepts nothing', () => {
    expect(acceptedMemory(memoryEvidence(), undefined).maxMemoryUsedMb).toBeUndefined();
  });

  it('accepts Compute Optimizer, which has counted for itself', () => {
    const evidence = memoryEvidence({ source: 'ComputeOptimizer', reportCount: undefined });
    expect(acceptedMemory(evidence, undefined)).toEqual({ source: 'ComputeOptimizer', maxMemoryUsedMb: 200 });
  });

  it('keeps missing evidence missing, with its reason', () => {
    const accepted = acceptedMemory({ source: 'none', reason: 'no log group' }, functionMetrics());
    expect(accepted).toEqual({ source: 'none', reason: 'no log group' });
  });
});
