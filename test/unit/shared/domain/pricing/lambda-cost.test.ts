import fc from 'fast-check';
import { fallbackPrices } from '../../../../../shared/domain/pricing/fallback-prices.ts';
import {
  invocationCostUsd,
  marginalUsdPerGbSecond,
  tieredDurationUsd,
} from '../../../../../shared/domain/pricing/lambda-cost.ts';

const { x86_64: x86, arm64: arm } = fallbackPrices().architectures;

describe('invocationCostUsd', () => {
  test('charges started milliseconds, memory and the request', () => {
    const cost = invocationCostUsd({
      memorySizeMb: 512,
      meanDurationMs: 100.2,
      usdPerGbSecond: 0.00002,
      usdPerRequest: 2e-7,
    });

    expect(cost).toBeCloseTo(0.101 * 0.5 * 0.00002 + 2e-7, 15);
  });
});

describe('tieredDurationUsd', () => {
  test('charges the first tier alone below its end', () => {
    expect(tieredDurationUsd(1e9, x86.durationTiers)).toBeCloseTo(16_666.7, 4);
  });

  test('charges each tier at its own price', () => {
    expect(tieredDurationUsd(20e9, x86.durationTiers)).toBeCloseTo(
      6e9 * 0.0000166667 + 9e9 * 0.000015 + 5e9 * 0.0000133334,
      4,
    );
    expect(tieredDurationUsd(20e9, arm.durationTiers)).toBeCloseTo(
      7.5e9 * 0.0000133334 + 11.25e9 * 0.0000120001 + 1.25e9 * 0.0000106667,
      4,
    );
  });

  test('starts where the account’s other use has got to', () => {
    expect(tieredDurationUsd(2e9, x86.durationTiers, 5e9)).toBeCloseTo(1e9 * 0.0000166667 + 1e9 * 0.000015, 4);
  });

  test('adds up, however a month is cut in two', () => {
    const gbSeconds = fc.double({ min: 0, max: 30e9, noNaN: true });
    fc.assert(
      fc.property(gbSeconds, gbSeconds, (first, second) => {
        const whole = tieredDurationUsd(first + second, x86.durationTiers);
        const parts = tieredDurationUsd(first, x86.durationTiers) + tieredDurationUsd(second, x86.durationTiers, first);
        expect(Math.abs(whole - parts)).toBeLessThanOrEqual(1e-6 * Math.max(1, whole));
      }),
      { seed: 20_260_919 },
    );
  });
});

describe('marginalUsdPerGbSecond', () => {
  test.each([
    [0, 0.0000166667],
    [6e9, 0.000015],
    [40e9, 0.0000133334],
  ])('at %d GB-seconds is %d', (used, price) => {
    expect(marginalUsdPerGbSecond(x86.durationTiers, used)).toBe(price);
  });

  test('fails without tiers', () => {
    expect(() => marginalUsdPerGbSecond([], 0)).toThrow('durationTiers must hold at least one tier');
  });
});
