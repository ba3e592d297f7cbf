import type { Walk } from '../../../../bench/quality/protocol.ts';
import { notchBoundOracle, reportRow } from '../../../../bench/quality/rows.ts';
import { aCurve } from './curves-for-tests.ts';

const cpuBound = aCurve(0, 100);
const guard = { strategy: 'cost', weightOrGuard: 0.1 } as const;

function aWalk(sizesMb: readonly number[]): Walk {
  return { curve: cpuBound, baseSizeMb: sizesMb[0]!, sizesMb };
}

describe('reportRow', () => {
  test('counts nights beyond the guard and how slow the slowest was', () => {
    const row = reportRow('x', guard, [aWalk([1024, 512, 1024, 900, 1024, 1024])]);

    expect(row.beyondGuardAfter).toEqual([1, 0, 1, 0, 0]);
    expect(row.worstSlowdown).toBeCloseTo(1, 6);
    expect(row.costChangeAfter?.[1]).toBeCloseTo(0, 10);
  });

  test('tells slowdowns that a smaller step would have avoided from those it would not', () => {
    const half = reportRow('x', guard, [aWalk([1024, 512, 1024, 1024, 1024, 1024])]);
    const small = reportRow('x', guard, [aWalk([1024, 700, 1024, 1024, 1024, 1024])]);

    expect([half.severeAvoidable, half.severeUnavoidable]).toEqual([0, 1]);
    expect([small.severeAvoidable, small.severeUnavoidable]).toEqual([1, 0]);
  });
});

describe('notchBoundOracle', () => {
  test('comes down one notch a change, and goes up at once', () => {
    const waiting = notchBoundOracle([aCurve(1000, 0)], { strategy: 'balanced', weightOrGuard: 0.5 });

    expect(waiting.find((each) => each.baseSizeMb === 1024)?.sizesMb).toEqual([1024, 512, 256, 128, 128, 128]);
  });
});
