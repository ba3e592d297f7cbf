import {
  candidateRows,
  interval,
  probabilityWithin,
  runnerUpColumn,
} from '../../../../../../shared/domain/night/recommendation/candidates.ts';
import type { Choice } from '../../../../../../shared/domain/night/recommendation/choose.ts';
import { type PossibleCurve, samplesOf } from './curve-samples.ts';
import { anObservation, aRequest } from './requests.ts';

const prices = { usdPerGbSecond: 0.00002, usdPerRequest: 0.0000002 };
const SIZES = [512, 900, 1_000, 1_024, 2_048];
const CURVES = [
  { weight: 0.5, expectedMs: [500, 450, 420, 400, 300] },
  { weight: 0.5, expectedMs: [500, 450, 420, 400, 300], drawnMs: [600, 450, 420, 400, 300] },
];
const choice = (overrides: Partial<Choice> = {}, curves: readonly PossibleCurve[] = CURVES): Choice => ({
  ...{ samples: samplesOf(SIZES, curves), columns: 5, keptValue: 0, chosen: 1, current: 3, baseline: 3, prices },
  ...{ values: Float64Array.of(0.3, 0.1, 0.2, 0.4, Number.POSITIVE_INFINITY), ...overrides },
});
const TOMORROW = 1.645 * 0.03;

describe('the rows of an answer', () => {
  const rows = () => candidateRows(aRequest(), [anObservation({ p95DurationMs: 600 })], choice());

  it('are the current, the chosen and the next best size, and those that people recognise', () => {
    expect(rows().map((each) => each.memorySizeMb)).toEqual(SIZES);
    const others = choice({ values: Float64Array.of(0.1, 0.2, 0.3, 0.4, 0.5), chosen: 0 });
    const shown = candidateRows(aRequest(), [anObservation()], others).map((each) => each.memorySizeMb);
    expect(shown).toEqual([512, 900, 1_024, 2_048]);
  });

  it('leave a baseline outside the considered sizes out', () => {
    const four = choice({ columns: 4, values: Float64Array.of(0.3, 0.1, 0.2, 0.4) });
    expect(candidateRows(aRequest(), [anObservation()], four).at(-1)!.memorySizeMb).toBe(1_024);
  });

  it('say duration and cost of a million calls, also against now', () => {
    const [small, , , now, large] = rows();
    expect(now).toMatchObject({
      meanDurationMs: expect.closeTo(400, 8),
      relativeCost: 1,
      relativeDuration: 1,
      observed: true,
    });
    expect(now!.costUsdPerMillion).toBeCloseTo(0.4 * 20 + 0.2, 6);
    expect(small!.relativeDuration).toBeCloseTo(1.25, 8);
    expect(small!.costUsdPerMillion).toBeCloseTo(0.5 * 0.5 * 20 + 0.2, 1);
    expect(small!.relativeCost).toBeCloseTo(5.2 / 8.2, 2);
    expect(small!.costLowerUsdPerMillion).toBeLessThan(small!.costUsdPerMillion);
    expect(small!.costUpperUsdPerMillion).toBeCloseTo(0.5 * 20 * (small!.meanDurationUpperMs / 1_000) + 0.2, 1);
    expect([large!.reachable, small!.reachable, small!.observed]).toEqual([false, true, false]);
  });

  it('carry p95 from what the size now shows, a little less sure than the mean', () => {
    const [small] = rows();
    expect(small!.p95DurationMs).toBeCloseTo(750, 8);
    const wide = (end: number) => Math.hypot(Math.log(end / 500), 1.645 * 0.08);
    expect(small!.p95DurationUpperMs).toBeCloseTo(750 * Math.exp(wide(small!.meanDurationUpperMs)), 6);
    expect(small!.p95DurationLowerMs).toBeCloseTo(750 * Math.exp(-wide(small!.meanDurationLowerMs)), 6);
  });

  it('guess p95 where nothing shows it, and are less sure', () => {
    const [small] = candidateRows(aRequest(), [anObservation()], choice());
    expect(small!.p95DurationMs).toBeCloseTo(750, 8);
    const wide = Math.hypot(Math.log(small!.meanDurationUpperMs / 500), 1.645 * 0.25);
    expect(small!.p95DurationUpperMs).toBeCloseTo(750 * Math.exp(wide), 6);
  });

  it('meet the guard where at most one curve in twenty is beyond it', () => {
    const at = (share: number, ms: number, maxSlowdown?: number) =>
      candidateRows(
        aRequest({ maxSlowdown }),
        [anObservation()],
        choice({}, [
          { weight: share, expectedMs: [ms, 450, 420, 400, 300] },
          { weight: 1 - share, expectedMs: [400, 450, 420, 400, 300] },
        ]),
      )[0]!;
    expect(at(0.04, 460)).toMatchObject({ guardProbability: expect.closeTo(0.96, 8), meetsGuard: true });
    expect(at(0.06, 460)).toMatchObject({ guardProbability: expect.closeTo(0.94, 8), meetsGuard: false });
    expect(at(0.06, 446)).toMatchObject({ guardProbability: 1 });
    expect(at(0.06, 460, 0.2)).toMatchObject({ guardProbability: 1 });
  });
});

describe('the next best size', () => {
  it('is the best in reach but the chosen one', () => {
    expect(runnerUpColumn(choice())).toBe(2);
    expect(runnerUpColumn(choice({ chosen: 2 }))).toBe(1);
  });

  it('is none where nothing else is in reach', () => {
    const only = Float64Array.from([1, 0, 1, 1, 1], (each) => (each === 0 ? 0.1 : Number.POSITIVE_INFINITY));
    expect(runnerUpColumn(choice({ values: only }))).toBe(-1);
  });
});

describe('an interval', () => {
  /** A hundred curves, as likely, from 101 to 200 ms. */
  const hundred = samplesOf(
    [512, 1_024],
    Array.from({ length: 100 }, (_, index) => ({
      ...{ weight: 0.01, expectedMs: [150, 400], drawnMs: [101 + index, 400] },
    })),
  );

  it('ends where a curve in twenty is beyond it, and a little further for tomorrow', () => {
    const { lower, middle, upper } = interval({ samples: hundred }, 0);
    expect(Math.exp(middle)).toBeCloseTo(150, 6);
    // A curve is a hundredth: within one of it.
    expect(Math.abs(middle - Math.hypot(Math.log(150 / 105), TOMORROW) - lower)).toBeLessThan(0.012);
    expect(Math.abs(middle + Math.hypot(Math.log(195 / 150), TOMORROW) - upper)).toBeLessThan(0.012);
  });

  it('is that of tomorrow alone where the size is known', () => {
    const { lower, middle, upper } = interval({ samples: hundred }, 1);
    expect([middle - lower, upper - middle]).toEqual([expect.closeTo(TOMORROW, 8), expect.closeTo(TOMORROW, 8)]);
  });

  it('has its middle where the relative error is least: fast curves count for more', () => {
    const curves = (weight: number) => [
      { weight, expectedMs: [100] },
      { weight: 1 - weight, expectedMs: [300] },
    ];
    const middle = (weight: number) => Math.exp(interval({ samples: samplesOf([512], curves(weight)) }, 0).middle);
    // 0.3 ⁄ 100 is more than 0.7 ⁄ 300, and 0.2 ⁄ 100 is less than 0.8 ⁄ 300.
    expect(middle(0.3)).toBeCloseTo(100, 0);
    expect(middle(0.2)).toBeCloseTo(300, 0);
  });

  it('never ends on the wrong side of its middle', () => {
    const beside = samplesOf([512], [{ weight: 1, expectedMs: [100], drawnMs: [120] }]);
    const { lower, middle, upper } = interval({ samples: beside }, 0);
    expect(middle - lower).toBeCloseTo(TOMORROW, 8);
    expect(upper - middle).toBeCloseTo(Math.hypot(Math.log(1.2), TOMORROW), 8);
  });
});

it('adds up how likely a slowdown within the limit is', () => {
  expect(probabilityWithin(choice(), 0, 3, Math.log(1.25))).toBeCloseTo(0.5, 10);
  expect(probabilityWithin(choice(), 0, 3, Math.log(1.24))).toBe(0);
  expect(probabilityWithin(choice(), 0, 3, Math.log(1.51))).toBe(1);
  const heavy = choice({}, [{ weight: 1 + 1e-9, expectedMs: [1, 1, 1, 1, 1] }]);
  expect(probabilityWithin(heavy, 0, 3, 0)).toBe(1);
});
