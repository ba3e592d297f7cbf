import { durationAt, observationAt } from '../../../../bench/quality/interpolate.ts';
import { basesOf, costAt, groupedMean, guardedOracleSize, regretScorer } from '../../../../bench/quality/scoring.ts';
import { aCurve } from './curves-for-tests.ts';

describe('scoring', () => {
  test('costs a started millisecond at the price of the architecture, plus the request', () => {
    const curve = aCurve(99.5, 0);

    expect(costAt(curve, 1024)).toBeCloseTo(0.1 * 0.0000166667 + 0.2e-6, 15);
    expect(costAt({ ...curve, architecture: 'arm64' }, 1024)).toBeCloseTo(0.1 * 0.0000133334 + 0.2e-6, 15);
  });

  test('interpolates duration linearly in log size and log duration', () => {
    const curve = aCurve(0, 100);

    expect(durationAt(curve, Math.sqrt(256 * 512))).toBeCloseTo(
      Math.sqrt(durationAt(curve, 256) * durationAt(curve, 512)),
      9,
    );
    expect(durationAt(curve, 512)).toBeCloseTo(400, 9);
  });

  test('gives the best size no regret and others their distance', () => {
    const regret = regretScorer(aCurve(1000, 0), 0.5);

    expect(regret(128)).toBe(0);
    // Sixteen times the duration charge at the same duration, half of the score.
    expect(regret(2048)).toBeCloseTo(7.0, 0);
  });

  test('finds the cheapest size within the guard of the base', () => {
    expect(guardedOracleSize(aCurve(1000, 0), 1024, 0.05)).toBe(128);
    expect(guardedOracleSize(aCurve(0, 100), 1024, 0.05)).toBe(1024);
  });

  test('starts from the base sizes in the measured range only', () => {
    expect(basesOf(aCurve(1, 1))).toEqual([128, 256, 512, 1024, 1536, 2048]);
  });

  test('averages over base sizes, then functions, then groups', () => {
    const row = (group: string, name: string, value: number) => ({ group, function: name, value });

    expect(groupedMean([row('a', 'f', 1), row('a', 'f', 3), row('a', 'g', 6), row('b', 'h', 8)])).toBe(6);
  });

  test('shows assumed memory use where none was measured', () => {
    expect(observationAt(aCurve(1, 1), 300)).toMatchObject({ memorySizeMb: 300, maxMemoryUsedMb: 60 });
  });
});
