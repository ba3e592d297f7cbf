import { Losses } from '../../../../../../shared/domain/night/recommendation/losses.ts';
import {
  balancedLosses,
  expectedCostUsd,
  guardedCostLosses,
} from '../../../../../../shared/domain/night/recommendation/objective.ts';
import { lossesOf, samplesOf } from './curve-samples.ts';

const prices = { usdPerGbSecond: 0.00002, usdPerRequest: 0.0000002 };
const SIZES = [512, 1_024, 2_048];

it('bills a call by memory, the request and half a millisecond of rounding, one at least', () => {
  expect(expectedCostUsd(512, 99.5, prices)).toBeCloseTo(0.1 * 0.5 * 0.00002 + 0.0000002, 15);
  expect(expectedCostUsd(2_048, 0.1, prices)).toBeCloseTo(0.001 * 2 * 0.00002 + 0.0000002, 15);
});

/** Of every size, for one of the curves. */
const ofCurve = (of: (column: number) => Float64Array, row = 0): number[] => SIZES.map((_, column) => of(column)[row]!);

it('expects a size’s loss by the curves’ weights', () => {
  const weights = Float64Array.of(0.9, 0.1);
  const losses = lossesOf(weights, {
    ...{ columns: 2, tonight: Float64Array.of(1, 2, 10, 20), lasting: Float64Array.of(2, 4, 20, 40) },
  });
  expect([losses.expectedTonight(0), losses.expectedTonight(1)]).toEqual([1.9, 3.8]);
  expect([losses.expectedLasting(0), losses.expectedLasting(1)]).toEqual([3.8, 7.6]);
});

it('looks at a size when it is asked for, and once', () => {
  const asked: number[] = [];
  const of = (column: number) => Float64Array.of(asked.push(column));
  const losses = new Losses(Float64Array.of(1), 3, of, of);
  expect([losses.expectedTonight(2), losses.tonight(2)[0], losses.expectedTonight(2)]).toEqual([1, 1, 1]);
  expect(asked).toEqual([2]);
});

describe('losses of balanced and speed', () => {
  const cost = (column: number, ms: number) => expectedCostUsd(SIZES[column]!, ms, prices);
  /** Regret of each size by hand, for one curve. */
  function regrets(ms: readonly number[], weight: number): number[] {
    const costs = ms.map((each, column) => cost(column, each));
    const scores = ms.map(
      (each, c) => weight * (costs[c]! / Math.min(...costs)) + (1 - weight) * (each / Math.min(...ms)),
    );
    return scores.map((score) => score / Math.min(...scores) - 1);
  }

  const expectRegrets = (ms: readonly number[], weight: number, found: readonly number[]) =>
    expect(found).toEqual(regrets(ms, weight).map((each) => expect.closeTo(each, 10)));

  it.each([0, 0.05, 0.5, 1])('are regret against the best size by weight %d of cost', (weight) => {
    const expectedMs = [390, 200, 150];
    const drawnMs = [400, 190, 180];
    const samples = samplesOf(SIZES, [
      { weight: 0.5, expectedMs: [100, 90, 80] },
      { weight: 0.5, expectedMs, drawnMs },
    ]);
    const losses = balancedLosses(samples, 3, weight, prices);
    expect(losses.columns).toBe(3);
    expectRegrets(
      expectedMs,
      weight,
      ofCurve((c) => losses.tonight(c), 1),
    );
    expectRegrets(
      drawnMs,
      weight,
      ofCurve((c) => losses.lasting(c), 1),
    );
    expectRegrets(
      [100, 90, 80],
      weight,
      ofCurve((c) => losses.lasting(c), 0),
    );
  });

  it('count what is left open for tonight: a mean is above its median', () => {
    const samples = samplesOf(SIZES, [{ weight: 1, expectedMs: [390, 200, 150] }], 0.08);
    const losses = balancedLosses(samples, 3, 0.5, prices);
    for (const c of [0, 1, 2]) expect(1 + losses.tonight(c)[0]!).toBeCloseTo((1 + losses.lasting(c)[0]!) * 1.04, 10);
  });

  it('leave a baseline outside the considered sizes out', () => {
    const samples = samplesOf([...SIZES, 128], [{ weight: 1, expectedMs: [390, 200, 150, 1] }]);
    const losses = balancedLosses(samples, 3, 0.5, prices);
    expectRegrets(
      [390, 200, 150],
      0.5,
      ofCurve((c) => losses.tonight(c)),
    );
  });

  it('bill a call of less than a millisecond for a whole one', () => {
    const samples = samplesOf(SIZES, [{ weight: 1, expectedMs: [0.2, 0.1, 0.05] }]);
    const losses = balancedLosses(samples, 3, 1, prices);
    expectRegrets(
      [0.2, 0.1, 0.05],
      1,
      ofCurve((c) => losses.lasting(c)),
    );
  });
});

describe('losses of cost', () => {
  const guard = {
    ...{ baselineColumn: 1, maxSlowdown: 0.1, prices, severeSlowdown: 0.3 },
    ...{ tonightPenalty: 0.05, lastingPenalty: 0.7, severePenalty: 0.2 },
  };
  const saved = (column: number, ms: number, baselineMs: number) =>
    expectedCostUsd(SIZES[column]!, ms, prices) / expectedCostUsd(1_024, baselineMs, prices) - 1;

  it('are what is saved of the baseline’s cost, while the guard is kept', () => {
    const samples = samplesOf(SIZES, [
      { weight: 0.5, expectedMs: [100, 100, 100] },
      { weight: 0.5, expectedMs: [105, 101, 90], drawnMs: [104, 100, 80] },
    ]);
    const losses = guardedCostLosses(samples, 3, guard);
    expect(ofCurve((c) => losses.tonight(c), 1)).toEqual(
      [105, 101, 90].map((ms, c) => expect.closeTo(saved(c, ms, 100), 10)),
    );
    expect(ofCurve((c) => losses.lasting(c), 1)).toEqual(
      [104, 100, 80].map((ms, c) => expect.closeTo(saved(c, ms, 100), 10)),
    );
  });

  it('are the penalty beyond the guard: a saving that has to come back is none', () => {
    const samples = samplesOf(SIZES, [{ weight: 1, expectedMs: [120, 100, 90] }]);
    const losses = guardedCostLosses(samples, 3, guard);
    expect(losses.tonight(0)[0]).toBeCloseTo(0.05, 6);
    expect(losses.lasting(0)[0]).toBeCloseTo(0.7, 6);
  });

  it('are worse where a slowdown is severe', () => {
    const samples = samplesOf(SIZES, [{ weight: 1, expectedMs: [150, 100, 90] }]);
    const losses = guardedCostLosses(samples, 3, guard);
    expect(losses.tonight(0)[0]).toBeCloseTo(0.25, 6);
    expect(losses.lasting(0)[0]).toBeCloseTo(0.9, 6);
  });

  it('are half of each on the edge, which lies 1.7 % beyond the guard in log duration', () => {
    const edge = 100 * 1.1 * Math.exp(0.017);
    const samples = samplesOf(SIZES, [{ weight: 1, expectedMs: [edge, 100, 90] }]);
    const losses = guardedCostLosses(samples, 3, guard);
    expect(losses.lasting(0)[0]).toBeCloseTo(0.5 * saved(0, edge, 100) + 0.35, 5);
  });

  it('fear tonight what is left open', () => {
    const samples = samplesOf(SIZES, [{ weight: 1, expectedMs: [105, 100, 90] }], 0.01);
    const losses = guardedCostLosses(samples, 3, guard);
    // (log 1.1 + 0.017 − log 1.05) ⁄ √(0.01 + 0.004²) = 0.635 deviations: 26.3 % beyond; 2.135 of a severe one: 1.64 %.
    expect(losses.tonight(0)[0]).toBeCloseTo(saved(0, 105, 100) * (1 - 0.2629) + 0.05 * 0.2629 + 0.2 * 0.0164, 3);
    expect(losses.lasting(0)[0]).toBeCloseTo(saved(0, 105, 100), 10);
  });

  it('know no guard at the baseline itself', () => {
    const samples = samplesOf(SIZES, [{ weight: 1, expectedMs: [100, 200, 90], drawnMs: [100, 100, 90] }], 0.5);
    const losses = guardedCostLosses(samples, 3, guard);
    expect(losses.tonight(1)[0]).toBeCloseTo(saved(1, 200, 100), 10);
    expect(losses.lasting(1)[0]).toBeCloseTo(0, 10);
  });
});
