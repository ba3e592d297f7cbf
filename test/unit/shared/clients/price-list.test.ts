import { createPriceSource } from '../../../../shared/clients/pricing/price-list.ts';
import { fallbackPrices } from '../../../../shared/domain/pricing/fallback-prices.ts';
import { awsError, fakeAws } from './fake-aws.ts';

let aws: ReturnType<typeof fakeAws>;
afterEach(() => aws.stop());

type Tier = [begin: string, end: string, usd: string];
const product = (group: string, ...tiers: Tier[]) =>
  JSON.stringify({
    product: { attributes: { group, regionCode: 'eu-west-1' } },
    publicationDate: '2026-11-01T10:00:00Z',
    terms: {
      OnDemand: {
        term: {
          priceDimensions: Object.fromEntries(
            tiers.map(([beginRange, endRange, USD], index) => [index, { beginRange, endRange, pricePerUnit: { USD } }]),
          ),
        },
      },
    },
  });
const flat = (group: string, usd: string) => product(group, ['0', 'Inf', usd]);
const DOCUMENTS = [
  product(
    'AWS-Lambda-Duration',
    ['6000000000', '15000000000', '0.000015'],
    ['0', '6000000000', '0.0000166667'],
    ['15000000000', 'Inf', '0.0000133334'],
  ),
  product('AWS-Lambda-Duration', ['0', '400000', '0']),
  flat('AWS-Lambda-Duration-ARM', '0.0000133334'),
  flat('AWS-Lambda-Requests', '0.0000002'),
  flat('AWS-Lambda-Provisioned-Concurrency', '0.0000041667'),
  flat('AWS-Lambda-Provisioned-Concurrency-ARM', '0.0000033334'),
  flat('AWS-Lambda-Duration-Provisioned', '0.0000097222'),
  flat('AWS-Lambda-Duration-Provisioned-ARM', '0.0000077778'),
  flat('AWS-Lambda-Storage-Duration', '0.0000000309'),
];
const HOUR_MS = 3_600_000;

function priceSource(answer: (nth: number) => object) {
  aws = fakeAws({ GetProducts: (_input, nth) => answer(nth) });
  const time = { nowMs: 0 };
  const failures: unknown[] = [];
  const source = createPriceSource({ now: () => time.nowMs }, (error) => failures.push(error));
  return { source, time, failures };
}

describe('createPriceSource', () => {
  it.each(['cn-north-1', 'cn-northwest-1', 'us-gov-west-1'])(
    'asks no list about %s, whose partition can read none in USD, and says so',
    async (region) => {
      const { source, failures } = priceSource(() => ({ PriceList: DOCUMENTS }));
      expect(await source.lambdaPrices(region)).toEqual(fallbackPrices(region));
      expect(String(failures[0])).toContain(`cannot be asked for prices in USD from ${region}`);
      expect(aws.calls).toEqual([]);
    },
  );

  it('reads every price of the region, tiers in order and the free tier left out', async () => {
    const { source } = priceSource(() => ({ PriceList: DOCUMENTS }));
    const prices = await source.lambdaPrices('eu-west-1');
    expect(prices).toMatchObject({
      region: 'eu-west-1',
      source: 'price-list',
      asOf: '2026-11-01',
      ephemeralUsdPerGbSecond: 3.09e-8,
    });
    expect(prices.architectures.x86_64.durationTiers).toEqual([
      { upToGbSeconds: 6e9, usdPerGbSecond: 0.0000166667 },
      { upToGbSeconds: 15e9, usdPerGbSecond: 0.000015 },
      { upToGbSeconds: Number.POSITIVE_INFINITY, usdPerGbSecond: 0.0000133334 },
    ]);
    expect(prices.architectures.arm64).toMatchObject({ usdPerRequest: 2e-7, provisionedUsdPerGbSecond: 0.0000033334 });
  });

  it('follows pages', async () => {
    const { source } = priceSource((nth) =>
      nth === 0 ? { PriceList: DOCUMENTS.slice(0, 4), NextToken: 'n' } : { PriceList: DOCUMENTS.slice(4) },
    );
    await expect(source.lambdaPrices('eu-west-1')).resolves.toMatchObject({ source: 'price-list' });
  });

  it('asks once a day and region', async () => {
    const { source, time } = priceSource(() => ({ PriceList: DOCUMENTS }));
    await source.lambdaPrices('eu-west-1');
    await source.lambdaPrices('eu-west-1');
    time.nowMs = 23 * HOUR_MS;
    await source.lambdaPrices('eu-west-1');
    expect(aws.calls).toHaveLength(1);
    time.nowMs = 24 * HOUR_MS;
    await source.lambdaPrices('eu-west-1');
    await source.lambdaPrices('us-east-1');
    expect(aws.calls).toHaveLength(3);
  });

  it.each([
    [
      'denied',
      () => {
        throw awsError('AccessDeniedException', 'client', 403);
      },
    ],
    [
      'throttled',
      () => {
        throw awsError('ThrottlingException');
      },
    ],
    ['incomplete', () => ({ PriceList: DOCUMENTS.slice(1) })],
    ['empty', () => ({})],
    ['no JSON', () => ({ PriceList: ['{'] })],
  ])('takes the dated table when the list is %s, and tries again after an hour', async (_what, answer) => {
    const { source, time, failures } = priceSource(answer);
    await expect(source.lambdaPrices('me-south-1')).resolves.toEqual(fallbackPrices('me-south-1'));
    await source.lambdaPrices('me-south-1');
    expect(aws.calls).toHaveLength(1);
    expect(failures).toHaveLength(1);
    time.nowMs = HOUR_MS;
    await source.lambdaPrices('me-south-1');
    expect(aws.calls).toHaveLength(2);
  });
});
