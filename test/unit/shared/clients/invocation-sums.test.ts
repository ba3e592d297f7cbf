import { createAliasTraffic } from '../../../../shared/clients/cloudwatch/alias-traffic.ts';
import { createUnqualifiedTraffic } from '../../../../shared/clients/cloudwatch/unqualified-traffic.ts';
import { fakeAws } from './fake-aws.ts';

const WINDOW = { startMs: 0, endMs: 86_400_000 };

let aws: ReturnType<typeof fakeAws>;
afterEach(() => aws.stop());

interface Query {
  Id: string;
  MetricStat: { Metric: { Dimensions: { Name: string; Value: string }[] } };
}

/** Answers invocations by resource, `''` for all of a function's. */
function traffic(byResource: Readonly<Record<string, number>>): void {
  aws = fakeAws({
    GetMetricData: ({ MetricDataQueries }: { MetricDataQueries: Query[] }) => ({
      MetricDataResults: MetricDataQueries.map(({ Id, MetricStat }) => {
        const resource = MetricStat.Metric.Dimensions.find(({ Name }) => Name === 'Resource')?.Value ?? '';
        const sum = byResource[resource];
        return { Id, Values: sum === undefined ? [] : [sum / 2, sum / 2] };
      }),
    }),
  });
}

describe('unqualified traffic', () => {
  const share = async () => (await createUnqualifiedTraffic().readShares(['orders'], WINDOW)).get('orders');

  it('counts callers that name $LATEST as well as those that name nothing', async () => {
    traffic({ '': 100, orders: 30, 'orders:$LATEST': 60, 'orders:live': 10 });
    expect(await share()).toBeCloseTo(0.9);
    traffic({ '': 100, 'orders:$LATEST': 100 });
    expect(await share()).toBe(1);
  });

  it('does not count calls to an alias or a version', async () => {
    traffic({ '': 100, 'orders:live': 60, 'orders:7': 40 });
    expect(await share()).toBe(0);
  });

  it('says nothing about a function that nobody called', async () => {
    traffic({});
    expect(await share()).toBeUndefined();
  });

  it('asks no more than 500 queries a call, and keeps functions apart across calls', async () => {
    traffic({ '': 10, 'f166:$LATEST': 10 });
    const names = Array.from({ length: 400 }, (_, index) => `f${index}`);
    const shares = await createUnqualifiedTraffic().readShares(names, WINDOW);
    expect(aws.calls.map(({ input }) => input.MetricDataQueries.length)).toEqual([500, 500, 200]);
    expect([...shares].filter(([, each]) => each > 0)).toEqual([['f166', 1]]);
  });
});

it('reads the share of each alias', async () => {
  traffic({ '': 100, 'orders:live': 75 });
  const shares = await createAliasTraffic().readShares('orders', ['live', 'old'], WINDOW);
  expect([...shares]).toEqual([['live', 0.75]]);
});

it.each<[string, Record<string, number>]>([
  ['has no invocations', {}],
  ['has only those of an alias', { 'orders:live': 75 }],
])('tells no share of any alias where CloudWatch %s', async (_, byResource) => {
  traffic(byResource);
  expect([...(await createAliasTraffic().readShares('orders', ['live'], WINDOW))]).toEqual([]);
});
