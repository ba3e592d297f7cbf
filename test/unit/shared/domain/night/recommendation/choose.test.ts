import { CHOICE_TUNING } from '../../../../../../shared/domain/night/recommendation/choice-tuning.ts';
import {
  type Choice,
  chooseSize,
  remainingNights,
} from '../../../../../../shared/domain/night/recommendation/choose.ts';
import { expectedCostUsd } from '../../../../../../shared/domain/night/recommendation/objective.ts';
import type { RecommendationRequest } from '../../../../../../shared/domain/night/recommendation/types.ts';
import { defaultUnitPrices } from '../../../../../../shared/domain/pricing/fallback-prices.ts';
import { priorOf } from './curve-samples.ts';
import { anObservation, aRequest, observedAt } from './requests.ts';

const WAITS = priorOf([1, 0, 0]);
const COMPUTES = priorOf([0, 0, 1]);
/** Half of all functions wait, half compute: only a night at another size tells which. */
const EITHER = priorOf([0.5, 0, 0.5]);
const BOUNDS = { minMb: 768, maxMb: 1_280 };
const SEEN_ONCE = observedAt([1_024], 400, 0);
const SEEN_TWICE = observedAt([2_048, 1_024], 400, 0);

function choose(prior: typeof WAITS, overrides: Partial<RecommendationRequest> = {}, tuning = CHOICE_TUNING): Choice {
  const request = aRequest({ strategy: 'cost', bounds: BOUNDS, observations: SEEN_ONCE, ...overrides });
  return chooseSize(prior, request, request.observations, tuning);
}
const chosenMb = ({ samples, chosen }: Choice): number => samples.sizes[chosen]!;
/** Expected loss by size, without those that tonight cannot go to. */
const valuesOf = ({ samples, values }: Choice): Record<number, number> =>
  Object.fromEntries([...values].flatMap((value, at) => (Number.isFinite(value) ? [[samples.sizes[at]!, value]] : [])));
const near = (values: Record<number, number>) =>
  Object.fromEntries(Object.entries(values).map(([size, value]) => [size, expect.closeTo(value, 3)]));

describe('the nights left', () => {
  it('are five less those that were observed after the first, or as many as are told, one at least', () => {
    const nights = (count: number, told?: number) =>
      remainingNights(aRequest({ remainingNights: told }), new Array(count).fill(anObservation()));
    expect([nights(1), nights(2), nights(5), nights(9), nights(9, 3), nights(1, 0)]).toEqual([5, 4, 1, 1, 3, 1]);
  });
});

describe('the size for tonight', () => {
  const relativeCost = (size: number, baseline: number) => {
    const prices = defaultUnitPrices('x86_64');
    return expectedCostUsd(size, 400, prices) / expectedCostUsd(baseline, 400, prices) - 1;
  };

  it.each([1, 2, 5])('is valued under cost by what it saves of the baseline’s cost, with %d nights left', (nights) => {
    const choice = choose(WAITS, { observations: SEEN_TWICE, remainingNights: nights });
    const saved = [768, 853, 896, 931, 975, 1_024, 1_152].map((size) => [size, relativeCost(size, 2_048)]);
    // Of 1,280 MB a night would cost more than a tenth more than now.
    expect(valuesOf(choice)).toEqual(near(Object.fromEntries(saved)));
    expect(choice.keptValue).toBeCloseTo(relativeCost(1_024, 2_048), 3);
    expect(chosenMb(choice)).toBe(768);
    expect([choice.columns, choice.samples.sizes[choice.baseline]]).toEqual([8, 2_048]);
  });

  it('is on the way to a least one, unless it is the last step or none', () => {
    const leastOf = (overrides: Partial<RecommendationRequest>, prior = WAITS) =>
      choose(prior, overrides).leastOnTheWayMb;
    expect(leastOf({ observations: SEEN_TWICE, remainingNights: 2 })).toBe(768);
    expect(leastOf({ observations: SEEN_TWICE, remainingNights: 1 })).toBeUndefined();
    expect(leastOf({ remainingNights: 2 }, COMPUTES)).toBeUndefined();
  });

  it('is a small step where a night tells what the function does, and the last night is no night to learn', () => {
    const learning = choose(EITHER, { remainingNights: 2 });
    expect(valuesOf(learning)).toEqual(near({ 931: -0.113, 975: -0.023, 1024: 0, 1152: 0.061 }));
    expect(chosenMb(learning)).toBe(931);
    const last = choose(EITHER, { remainingNights: 1 });
    expect(valuesOf(last)).toEqual(near({ 975: -0.023, 1024: 0, 1152: 0.061 }));
  });

  it('weighs tonight, the nights between and the last as the strategy does', () => {
    const bestOf = (strategy: 'cost' | 'balanced') =>
      Math.min(...choose(WAITS, { strategy, remainingNights: 3, bounds: { minMb: 128, maxMb: 1_024 } }).values);
    // 512 MB tonight, 256 and then 128: by 1, 1 and 8 of cost, by 2, 1 and 1 of balanced.
    const [tonight, next, last] = [512, 256, 128].map((size) => relativeCost(size, 1_024)) as [number, number, number];
    expect(bestOf('cost')).toBeCloseTo(0.1 * tonight + 0.1 * next + 0.8 * last, 2);
    const regret = (size: number) => 0.5 * relativeCost(size, 128);
    expect(bestOf('balanced')).toBeCloseTo(0.5 * regret(512) + 0.25 * regret(256), 2);
  });

  it.each([
    ['balanced', { 768: 0, 853: 0.053, 896: 0.08, 931: 0.102, 975: 0.1295, 1024: 0.16, 1152: 0.24, 1280: 0.32 }],
    ['speed', { 768: 0, 853: 0.005, 896: 0.008, 931: 0.01, 975: 0.013, 1024: 0.016, 1152: 0.024, 1280: 0.032 }],
  ] as const)('is valued under %s by regret', (strategy, regrets) => {
    for (const remaining of [1, 2]) {
      const choice = choose(WAITS, { strategy, observations: SEEN_TWICE, remainingNights: remaining });
      expect(valuesOf(choice)).toEqual(near(regrets));
      expect(choice.samples.weights).toHaveLength(192);
    }
  });

  it('follows the weight of balanced', () => {
    const at = (balancedWeight: number) =>
      chosenMb(choose(COMPUTES, { strategy: 'balanced', balancedWeight, bounds: { minMb: 768, maxMb: 3_538 } }));
    expect(at(0)).toBeGreaterThanOrEqual(1_769);
    expect(at(1)).toBe(1_024);
  });

  it('is kept where no other is better by more than noise', () => {
    // Of pure computing each size costs the same.
    expect(chosenMb(choose(COMPUTES, { remainingNights: 2 }))).toBe(1_024);
  });

  it('is one that people recognise where that is as good within a thousandth', () => {
    const bounds = { minMb: 1_020, maxMb: 1_280 };
    const observations = observedAt([2_048, 1_500], 400, 0);
    const request = { strategy: 'speed', currentMemorySizeMb: 1_500, bounds, observations } as const;
    // At a weight of 0.05 the 4 MB below 1,024 are worth two ten-thousandths.
    expect(chosenMb(choose(WAITS, { ...request, remainingNights: 1 }))).toBe(1_024);
    expect(chosenMb(choose(WAITS, { ...request, strategy: 'balanced', balancedWeight: 1, remainingNights: 1 }))).toBe(
      1_020,
    );
  });

  it('is one tonight can go to: a notch down at most, within need and policy, even where none is good', () => {
    const sizes = (overrides: Partial<RecommendationRequest>, prior = WAITS) =>
      Object.keys(valuesOf(choose(prior, { strategy: 'balanced', bounds: {}, ...overrides }))).map(Number);
    expect(sizes({})[0]).toBe(512);
    expect(sizes({ memoryHeadroom: 5, observations: [anObservation()] })[0]).toBe(600);
    expect(sizes({ bounds: { minMb: 1_536, maxMb: 1_600 } })).toEqual([1_536]);
    // A quarter of the timeout is taken, and half of the memory would take eight times as long: no way but up, yet it must go.
    const cramped = { timeoutSeconds: 0.45, currentMemorySizeMb: 1_024, bounds: { minMb: 512, maxMb: 600 } };
    expect(sizes(cramped, COMPUTES)).toEqual([512, 576]);
  });

  it('costs no more tonight than a tenth of the baseline’s cost, and nothing where there is no way back', () => {
    const most = (overrides: Partial<RecommendationRequest>) =>
      Math.max(...Object.keys(valuesOf(choose(WAITS, { remainingNights: 3, ...overrides }))).map(Number));
    expect(most({ bounds: { minMb: 896, maxMb: 1_152 }, observations: SEEN_TWICE })).toBe(1_152);
    expect(most({ bounds: { minMb: 896, maxMb: 1_152 } })).toBe(1_024);
    const unknownUse = observedAt([2_048, 1_024], 400, 0).map((each) => ({ ...each, maxMemoryUsedMb: undefined }));
    expect(most({ bounds: { minMb: 896, maxMb: 1_152 }, observations: unknownUse })).toBe(1_024);
    expect(most({ strategy: 'balanced', observations: unknownUse })).toBe(1_280);
  });

  it('is one whose slowest calls stay within the timeout where there is one, whether it may stay or must go', () => {
    // 1,024 MB take 300 ms: 853 take 360 and 512 take 600, of which four fifths of half a second are left.
    const request = {
      ...{ strategy: 'balanced' as const, timeoutSeconds: 0.5, remainingNights: 2 },
      observations: observedAt([1_024], 0, 300 / (1_769 / 1_024)),
    };
    const sizes = (bounds: RecommendationRequest['bounds']) =>
      Object.keys(valuesOf(choose(COMPUTES, { ...request, bounds }))).map(Number);
    expect(sizes({ minMb: 512, maxMb: 900 })).toEqual([853, 896]);
    expect(sizes({ minMb: 512, maxMb: 1_024 })).toEqual([853, 896, 931, 975, 1_024]);
  });

  it('counts being slower for good more on the last night than before it', () => {
    const daring = {
      ...CHOICE_TUNING,
      mostBeyondLastNight: 1,
      mostBeyondWideGuard: 1,
      mostSevere: 1,
      laterPenalty: 0.5,
    };
    const observations = observedAt([2_048, 1_024], 0, 300);
    const kept = (remainingNights: number) =>
      choose(COMPUTES, { remainingNights, observations, bounds: { minMb: 1_024 } }, daring).keptValue;
    // Beyond the guard, and severely: 1 and 0.2 for good; 0.05 and 0.2 for one of nine parts, 0.5 and 0.2 for eight.
    expect(kept(1)).toBeCloseTo(1.2, 4);
    expect(kept(2)).toBeCloseTo(0.25 / 9 + (8 * 0.7) / 9, 4);
  });

  it('takes the prices it is given', () => {
    const free = { usdPerGbSecond: 0, usdPerRequest: 1 };
    expect(chosenMb(choose(WAITS, { observations: SEEN_TWICE, prices: free }))).toBe(1_024);
    expect(choose(WAITS, { prices: free }).prices).toBe(free);
  });
});

describe('a person’s minute', () => {
  const asked = (requestsPerMonth: number, overrides: Partial<RecommendationRequest> = {}) =>
    choose(WAITS, { requestsPerMonth, observations: SEEN_TWICE, remainingNights: 2, ...overrides });

  it('is not asked for where what is expected in the end is worth less', () => {
    // 256 MB less of 2,048 are an eighth of 0.0133 USD a thousand calls: half a dollar at 300,000 calls.
    expect(chosenMb(asked(290_000))).toBe(1_024);
    expect(chosenMb(asked(310_000))).toBe(768);
    expect(chosenMb(asked(310_000, { minimumSavingsUsdPerMonth: 0.6 }))).toBe(1_024);
    expect(chosenMb(asked(0, { minimumSavingsUsdPerMonth: 0 }))).toBe(768);
  });

  it('is asked for where the size must change', () => {
    expect(chosenMb(asked(1, { bounds: { minMb: 512, maxMb: 900 } }))).toBeLessThanOrEqual(900);
  });

  it('is asked for sizes people type, what has run before and the least that fits; of a large bill for exact ones', () => {
    const sizes = (requestsPerMonth: number) =>
      Object.keys(
        valuesOf(
          asked(requestsPerMonth, {
            bounds: { minMb: 700, maxMb: 1_024 },
            observations: observedAt([2_048, 933, 1_024], 400, 0),
          }),
        ),
      ).map(Number);
    expect(sizes(1_000)).toEqual([700, 704, 768, 832, 896, 933, 960, 1_024]);
    expect(sizes(100_000_000)).toEqual([700, 704, 759, 768, 832, 853, 896, 931, 933, 960, 975, 1_024]);
  });

  it('is not asked for sizes that are only recognised', () => {
    const sizes = (overrides: Partial<RecommendationRequest>) =>
      Object.keys(
        valuesOf(
          choose(WAITS, {
            ...{ currentMemorySizeMb: 256, observations: observedAt([512, 256], 400, 0), remainingNights: 2 },
            ...{ bounds: { minMb: 150, maxMb: 256 }, ...overrides },
          }),
        ),
      ).map(Number);
    expect(sizes({ requestsPerMonth: 1_000 })).toEqual([150, 192, 256]);
    expect(sizes({})).toEqual([150, 160, 190, 192, 213, 224, 233, 244, 256]);
  });

  it('is not asked for a night that costs more', () => {
    expect(Math.max(...Object.keys(valuesOf(asked(1_000_000))).map(Number))).toBe(1_024);
  });

  it('is asked for a familiar size where an exact one is no better than noise', () => {
    const bounds = { minMb: 760, maxMb: 1_280 };
    expect(chosenMb(asked(10_000_000, { bounds }))).toBe(768);
    expect(chosenMb(asked(10_000_000, { bounds: { minMb: 710, maxMb: 1_280 } }))).toBe(710);
  });
});
