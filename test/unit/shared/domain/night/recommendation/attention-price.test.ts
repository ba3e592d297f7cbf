import { attentionPrice, exactSteps } from '../../../../../../shared/domain/night/recommendation/attention-price.ts';
import { isFamiliarSize } from '../../../../../../shared/domain/night/recommendation/familiar-sizes.ts';
import { recommend } from '../../../../../../shared/domain/night/recommendation/recommend.ts';
import { samplesOf } from './curve-samples.ts';
import { anObservation, aRequest, observedAt } from './requests.ts';

/** Half its time waiting: an experiment down is what the model wants. */
const halfWaiting = (requestsPerMonth?: number, minimumSavingsUsdPerMonth?: number) =>
  recommend(
    aRequest({
      strategy: 'cost',
      observations: observedAt([1024], 600, 300),
      requestsPerMonth,
      minimumSavingsUsdPerMonth,
    }),
  );

describe('the price of a question', () => {
  it('keeps a function whose whole bill is less than a question costs', () => {
    expect(halfWaiting(100).recommendedMemorySizeMb).toBe(1024);
  });

  it('asks about the same function where it is called often enough', () => {
    const { recommendedMemorySizeMb, expectedEndGain } = halfWaiting(5_000_000);
    expect(recommendedMemorySizeMb).toBeLessThan(1024);
    expect(expectedEndGain).toBeGreaterThan(0);
  });

  it('goes by the minimum that the policy sets', () => {
    expect(halfWaiting(5_000_000, 1_000).recommendedMemorySizeMb).toBe(1024);
    expect(halfWaiting(100, 0).recommendedMemorySizeMb).not.toBe(1024);
  });

  it('is nothing where nobody says how often the function is called', () => {
    expect(halfWaiting().recommendedMemorySizeMb).not.toBe(1024);
  });

  it('never asks for what costs more than now', () => {
    for (const memorySizeMb of [256, 512, 1024, 1536]) {
      const { predicted } = recommend(
        aRequest({
          strategy: 'cost',
          currentMemorySizeMb: memorySizeMb,
          observations: [anObservation({ memorySizeMb, meanDurationMs: 900 })],
          requestsPerMonth: 10_000_000,
        }),
      );
      expect(predicted!.relativeCost).toBeLessThanOrEqual(1);
    }
  });
});

describe('sizes people recognise', () => {
  it.each([256, 512, 1024, 2048, 3008])('are asked for from %i MB, or the sentence says why not', (memorySizeMb) => {
    const { recommendedMemorySizeMb, reason } = recommend(
      aRequest({
        strategy: 'cost',
        currentMemorySizeMb: memorySizeMb,
        observations: [anObservation({ memorySizeMb, meanDurationMs: 900, maxMemoryUsedMb: 60 })],
        requestsPerMonth: 10_000_000,
      }),
    );
    const isAskedAsItIs = recommendedMemorySizeMb === memorySizeMb || isFamiliarSize(recommendedMemorySizeMb);
    expect(isAskedAsItIs || reason.includes(`exactly ${recommendedMemorySizeMb} MB because`)).toBe(true);
  });

  it('give way to the least memory that fits, which the sentence says', () => {
    const { recommendedMemorySizeMb, reason } = recommend(
      aRequest({
        strategy: 'cost',
        currentMemorySizeMb: 256,
        observations: observedAt([512, 256], 9_000, 0).map((each) => ({ ...each, maxMemoryUsedMb: 205 })),
        // Not so many that exact steps are asked for as well.
        requestsPerMonth: 1_000_000,
      }),
    );
    expect(recommendedMemorySizeMb).toBe(226);
    expect(reason).toContain('exactly 226 MB because that is the least its memory use allows');
  });
});

describe('attentionPrice', () => {
  const prices = { usdPerGbSecond: 0.00002, usdPerRequest: 0 };
  const samples = samplesOf(
    [512, 1_024],
    [
      { weight: 0.5, expectedMs: [1, 100] },
      { weight: 0.5, expectedMs: [1, 400] },
    ],
  );
  const priceOf = (overrides: Parameters<typeof aRequest>[0]) =>
    attentionPrice(aRequest({ strategy: 'cost', requestsPerMonth: 1_000_000, ...overrides }), samples, 1, prices);

  it('is what a question has to save, as a share of the month at the baseline size', () => {
    // √(100 × 400) ms and half a one, a gigabyte, a million times: 4.01 USD.
    expect(priceOf({})).toBeCloseTo(0.5 / 4.01, 8);
    expect(priceOf({ minimumSavingsUsdPerMonth: 2 })).toBeCloseTo(2 / 4.01, 8);
  });

  it('is nothing where attention is free, and no price is high enough where nothing is called', () => {
    expect(priceOf({ strategy: 'balanced' })).toBe(0);
    expect(priceOf({ requestsPerMonth: undefined })).toBe(0);
    expect(priceOf({ minimumSavingsUsdPerMonth: 0 })).toBe(0);
    expect(priceOf({ requestsPerMonth: 0 })).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('exactSteps', () => {
  it('reckons with given prices, the latest night at the present size, and what a question must save', () => {
    const prices = { usdPerGbSecond: 0.00002, usdPerRequest: 0 };
    const steps = (
      overrides: Parameters<typeof aRequest>[0],
      observations = [anObservation({ meanDurationMs: 999.5 })],
    ) => exactSteps(aRequest({ strategy: 'cost', prices, ...overrides }), observations).length;
    // A twenty-first of 0.02 USD a thousand calls is five dollars, ten questions' worth, at 5,250,000.
    expect([steps({ requestsPerMonth: 5_251_000 }), steps({ requestsPerMonth: 5_249_000 })]).toEqual([4, 0]);
    expect(steps({ requestsPerMonth: 5_251_000, minimumSavingsUsdPerMonth: 0.6 })).toBe(0);
    expect(steps({ requestsPerMonth: 1, minimumSavingsUsdPerMonth: 0 })).toBe(4);
    expect(steps({ requestsPerMonth: 1e9 }, [anObservation({ memorySizeMb: 512 })])).toBe(0);
    const [before, latest] = [anObservation({ meanDurationMs: 1 }), anObservation({ meanDurationMs: 999.5 })];
    expect(steps({ requestsPerMonth: 6_000_000 }, [before, latest])).toBe(4);
    expect(steps({ requestsPerMonth: 6_000_000 }, [latest, before])).toBe(0);
  });

  const at = (requestsPerMonth: number | undefined) => {
    const request = aRequest({ strategy: 'cost', currentMemorySizeMb: 1792, requestsPerMonth });
    return exactSteps(request, [{ memorySizeMb: 1792, invocations: 40_000, meanDurationMs: 9_000 }]);
  };

  it('asks for sizes nobody types where five per cent of the bill are worth ten questions, and for none below', () => {
    expect(at(8_000_000)).toEqual([1707, 1629, 1493, 1327]);
    expect(at(80_000)).toEqual([]);
  });

  it('leaves the choice as it is where nothing has a price', () => {
    expect(at(undefined)).toHaveLength(4);
  });

  it('walks on in a large bill’s function that a familiar step might slow too much, and says why it is that size', () => {
    const seen = (memorySizeMb: number, meanDurationMs: number) => ({
      ...{ memorySizeMb, meanDurationMs, invocations: 40_000, maxMemoryUsedMb: 167 },
      ...{ p95DurationMs: meanDurationMs * 1.17, maxDurationMs: meanDurationMs * 1.7 },
    });
    const walked = (requestsPerMonth: number) =>
      recommend(
        aRequest({
          ...{ strategy: 'cost', architecture: 'x86_64', baselineMemorySizeMb: 3008, currentMemorySizeMb: 1792 },
          observations: [seen(3008, 8_373), seen(2304, 8_609), seen(1792, 9_000)],
          requestsPerMonth,
        }),
      );
    expect(walked(8_000_000)).toMatchObject({
      recommendedMemorySizeMb: 1707,
      reason: expect.stringContaining('exactly 1707 MB because a familiar step might slow it'),
    });
    expect(walked(20_000).recommendedMemorySizeMb).toBe(1792);
  });
});
