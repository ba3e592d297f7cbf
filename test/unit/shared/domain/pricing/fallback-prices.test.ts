import { defaultUnitPrices, fallbackPrices } from '../../../../../shared/domain/pricing/fallback-prices.ts';

describe('fallbackPrices', () => {
  test('scales a dearer region by its known first tier and leaves the request fee alone', () => {
    const { x86_64 } = fallbackPrices('af-south-1').architectures;

    expect(x86_64.durationTiers[0]?.usdPerGbSecond).toBeCloseTo(0.0000221, 12);
    expect(x86_64.usdPerRequest).toBe(0.2e-6);
  });

  test('scales what stands provisioned and extra storage by the same', () => {
    const [dear, usual] = [fallbackPrices('af-south-1'), fallbackPrices()];
    const factor = 0.0000221 / 0.0000166667;
    expect(dear.ephemeralUsdPerGbSecond / usual.ephemeralUsdPerGbSecond).toBeCloseTo(factor, 6);
    for (const price of ['provisionedUsdPerGbSecond', 'provisionedDurationUsdPerGbSecond'] as const)
      expect(dear.architectures.arm64[price] / usual.architectures.arm64[price]).toBeCloseTo(factor, 6);
  });

  test('takes us-east-1 for a region it does not know', () => {
    expect(fallbackPrices('eu-central-1')).toEqual({ ...fallbackPrices(), region: 'eu-central-1' });
  });

  test('says that and when it was written down', () => {
    expect(fallbackPrices()).toMatchObject({ region: 'us-east-1', source: 'fallback', asOf: '2026-09-19' });
  });

  test('makes arm64 a fifth cheaper', () => {
    const ratio = defaultUnitPrices('arm64').usdPerGbSecond / defaultUnitPrices('x86_64').usdPerGbSecond;

    expect(ratio).toBeCloseTo(0.8, 4);
  });
});
