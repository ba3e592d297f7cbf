import fc from 'fast-check';
import { lookaheadValues } from '../../../../../../shared/domain/night/recommendation/lookahead.ts';
import { lossesOf, samplesOf } from './curve-samples.ts';

const SIZES = [512, 1_024, 2_048];
const ALL = [0, 1, 2];
const NO_FLOOR = () => 0;
/** Two curves, as likely, of which a night at the two smaller sizes tells; one of them is best at 512 MB, one at 2,048. */
const samples = samplesOf(SIZES, [
  { weight: 0.5, expectedMs: [100, 100, 100] },
  { weight: 0.5, expectedMs: [200, 150, 100] },
]);
const given = {
  columns: 3,
  tonight: Float64Array.of(0.5, 0.6, 0.9, 1.5, 0.8, 0.9),
  lasting: Float64Array.of(0.1, 0.4, 0.8, 2, 0.7, 0.3),
};
const losses = lossesOf(samples.weights, given);
const valuesOf = (options: Partial<Parameters<typeof lookaheadValues>[4]> = {}, actions = ALL, later = ALL) =>
  lookaheadValues(samples, losses, actions, later, {
    ...{ nightWeights: [0.5, 0.5], floorMb: NO_FLOOR, isKnown: () => false, ...options },
  });

describe('lookaheadValues', () => {
  it('leave out what is no action', () => {
    expect([...valuesOf({}, [1])]).toEqual([Number.POSITIVE_INFINITY, expect.any(Number), Number.POSITIVE_INFINITY]);
  });

  it('count what a night shows: afterwards each outcome has its own best size', () => {
    // Tonight 0.7; then 0.1 where it waits, and 0.3 where it computes.
    expect(valuesOf({}, [1])[1]).toBeCloseTo(0.5 * 0.7 + 0.5 * (0.5 * 0.1 + 0.5 * 0.3), 10);
  });

  it('learn nothing at a size that is known, nor where both curves look alike', () => {
    // Expected for good: 1.05, 0.55 and 0.55.
    expect(valuesOf({ isKnown: () => true }, [1])[1]).toBeCloseTo(0.5 * 0.7 + 0.5 * 0.55, 10);
    // At 2,048 MB both take 100 ms; one notch leads to 1,024.
    expect(valuesOf({}, [2])[2]).toBeCloseTo(0.5 * 0.9 + 0.5 * 0.55, 10);
  });

  it('may stay where a night showed it', () => {
    const known = valuesOf({ isKnown: () => true }, [1], [0]);
    expect(known[1]).toBeCloseTo(0.5 * 0.7 + 0.5 * 0.55, 10);
  });

  it('go down one notch a night, and no further than the memory in use will allow', () => {
    const sure = samplesOf(SIZES, [{ weight: 1, expectedMs: [100, 100, 100] }]);
    const falling = { columns: 3, tonight: Float64Array.of(0, 0, 0), lasting: Float64Array.of(0.1, 0.4, 0.8) };
    const walk = (nightWeights: number[], floorMb: number, isKnown: boolean) =>
      lookaheadValues(sure, lossesOf(sure.weights, falling), [2], ALL, {
        nightWeights,
        floorMb: () => floorMb,
        isKnown: () => isKnown,
      })[2];
    for (const isKnown of [true, false]) {
      expect(walk([0.5, 0.5], 0, isKnown)).toBeCloseTo(0.5 * 0.4, 10);
      expect(walk([0.5, 0.2, 0.3], 0, isKnown)).toBeCloseTo(0.2 * 0.4 + 0.3 * 0.1, 10);
      expect(walk([0.5, 0.2, 0.3], 600, isKnown)).toBeCloseTo(0.2 * 0.4 + 0.3 * 0.4, 10);
      expect(walk([0.5, 0.2, 0.3], 1_500, isKnown)).toBeCloseTo(0.5 * 0.8, 10);
      expect(walk([0.5, 0.5], 9_000, isKnown)).toBeCloseTo(0.5 * 0.8, 10);
    }
  });

  it('promise no insight from an outcome that hardly any curve has', () => {
    const rare = samplesOf(SIZES, [
      { weight: 0.05, expectedMs: [100, 100, 100] },
      { weight: 0.95, expectedMs: [200, 150, 100] },
    ]);
    const likely = samplesOf(SIZES, [
      { weight: 0.0625, expectedMs: [100, 100, 100] },
      { weight: 0.9375, expectedMs: [200, 150, 100] },
    ]);
    const at = (which: typeof rare) =>
      lookaheadValues(which, lossesOf(which.weights, given), [1], ALL, {
        ...{ nightWeights: [0, 1], floorMb: NO_FLOOR, isKnown: () => false },
      })[1];
    expect(at(rare)).toBeCloseTo(0.05 * 0.8 + 0.95 * 0.3, 10);
    expect(at(likely)).toBeCloseTo(0.0625 * 0.1 + 0.9375 * 0.3, 10);
  });

  it('take durations within 2.5 % for one outcome', () => {
    const near = samplesOf(SIZES, [
      { weight: 0.5, expectedMs: [100, 100, 100] },
      { weight: 0.5, expectedMs: [102, 102, 102] },
    ]);
    const value = lookaheadValues(near, lossesOf(near.weights, given), [1], ALL, {
      ...{ nightWeights: [0, 1], floorMb: NO_FLOOR, isKnown: () => false },
    })[1];
    expect(value).toBeCloseTo(0.5 * (0.8 + 0.3), 10);
  });

  it('lead to the size that trying every way leads to', () => {
    const loss = fc.double({ min: 0, max: 1, noNaN: true });
    const of12 = fc.array(loss, { minLength: 12, maxLength: 12 }).map((all) => Float64Array.from(all));
    const outcome = fc.array(fc.constantFrom(100, 120, 150), { minLength: 3, maxLength: 3 });
    const curves = fc.array(outcome, { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(of12, of12, curves, fc.constantFrom(0.2, 0.5), (tonight, lasting, durations, first) => {
        const four = samplesOf(
          SIZES,
          durations.map((expectedMs) => ({ weight: 0.25, expectedMs })),
        );
        const options = { nightWeights: [first, 1 - first], floorMb: NO_FLOOR, isKnown: () => false };
        const values = lookaheadValues(
          four,
          lossesOf(four.weights, { columns: 3, tonight, lasting }),
          ALL,
          ALL,
          options,
        );
        const mean = (of: Float64Array, rows: readonly number[], column: number): number =>
          rows.reduce((sum, row) => sum + of[3 * row + column]! / 4, 0);
        const every = ALL.map((action) => {
          const outcomes = [...Map.groupBy([0, 1, 2, 3], (row) => durations[row]![action]!).values()];
          const reachable = ALL.filter((column) => SIZES[column]! >= SIZES[action]! / 2);
          const after = outcomes.map((rows) => Math.min(...reachable.map((column) => mean(lasting, rows, column))));
          return first * mean(tonight, [0, 1, 2, 3], action) + (1 - first) * after.reduce((sum, each) => sum + each, 0);
        });
        expect(Math.min(...values)).toBeCloseTo(Math.min(...every), 8);
        values.forEach((value, action) => {
          expect(value).toBeGreaterThanOrEqual(every[action]! - 1e-9);
        });
      }),
      { numRuns: 60, seed: 16 },
    );
  });
});
