import { fallbackPrices } from '../../../../../shared/domain/pricing/fallback-prices.ts';
import { parsePriceList } from '../../../../../shared/domain/pricing/price-list.ts';

type Range = readonly [end: string, usd: string];

/** A price document as `pricing:GetProducts` returns it, less what is not read. */
function document(group: string, ranges: readonly Range[], regionCode = 'eu-west-1'): string {
  const priceDimensions = Object.fromEntries(
    ranges.map(([endRange, usd], index) => [`rate${index}`, { endRange, pricePerUnit: { USD: usd } }]),
  );
  return JSON.stringify({
    product: { productFamily: 'Serverless', attributes: { group, regionCode } },
    terms: { OnDemand: { term: { effectiveDate: '2026-10-01T00:00:00Z', priceDimensions } } },
  });
}

const duration = document('AWS-Lambda-Duration', [
  ['Inf', '0.0000140000'],
  ['6000000000', '0.0000170000'],
  ['15000000000', '0.0000160000'],
]);

describe('parsePriceList', () => {
  test('reads tiers in ascending order, with their date', () => {
    const prices = parsePriceList([duration], 'eu-west-1');

    expect(prices).toMatchObject({ source: 'price-list', asOf: '2026-10-01', region: 'eu-west-1' });
    expect(prices.architectures.x86_64.durationTiers).toEqual([
      { upToGbSeconds: 6e9, usdPerGbSecond: 0.000017 },
      { upToGbSeconds: 15e9, usdPerGbSecond: 0.000016 },
      { upToGbSeconds: Number.POSITIVE_INFINITY, usdPerGbSecond: 0.000014 },
    ]);
  });

  test('reads every price it knows a use for', () => {
    const prices = parsePriceList(
      [
        duration,
        document('AWS-Lambda-Duration-ARM', [['Inf', '0.00001']]),
        document('AWS-Lambda-Requests', [['Inf', '0.0000003']]),
        document('AWS-Lambda-Provisioned-Concurrency-ARM', [['Inf', '0.000004']]),
        document('AWS-Lambda-Duration-Provisioned', [['Inf', '0.000009']]),
        document('AWS-Lambda-Storage-Duration', [['Inf', '0.00000004']]),
      ],
      'eu-west-1',
    );

    expect(prices.architectures.arm64.durationTiers[0]?.usdPerGbSecond).toBe(0.00001);
    expect(prices.architectures.x86_64.usdPerRequest).toBe(0.0000003);
    expect(prices.architectures.arm64.provisionedUsdPerGbSecond).toBe(0.000004);
    expect(prices.architectures.x86_64.provisionedDurationUsdPerGbSecond).toBe(0.000009);
    expect(prices.ephemeralUsdPerGbSecond).toBe(0.00000004);
  });

  test('takes what the documents do not say from the fallback', () => {
    const prices = parsePriceList([duration], 'eu-west-1');

    expect(prices.architectures.arm64).toEqual(fallbackPrices().architectures.arm64);
  });

  test('is the fallback when no document prices on-demand duration in the region', () => {
    const elsewhere = document('AWS-Lambda-Duration', [['Inf', '0.00001']], 'us-west-2');
    const free = document('AWS-Lambda-Duration', [['400000', '0.0000000000']]);

    expect(parsePriceList(['not JSON', '{}', elsewhere, free], 'eu-west-1')).toEqual(fallbackPrices('eu-west-1'));
  });

  test('does not mistake Lambda@Edge for Lambda', () => {
    const edge = document('AWS-Lambda-Edge-Duration', [['Inf', '0.00005']]);

    expect(parsePriceList([edge], 'eu-west-1').source).toBe('fallback');
  });
});
