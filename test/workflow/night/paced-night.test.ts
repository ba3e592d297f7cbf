import { type CrowdedNight, crowdedNight, RATES_LEFT } from '../../support/crowded-night.ts';

let night: CrowdedNight;

beforeAll(async () => {
  night = await crowdedNight(RATES_LEFT / 2);
});

it('keeps within its share of every rate and is throttled by none', () => {
  expect(night.refused).toEqual({});
  expect(night.violations).toEqual([]);
  expect(night.figures.applied).toBeGreaterThan(10);
});

it('takes no more than its share of what a night asks most of, even in the busiest second', () => {
  const busiest = (limit: string) => {
    const { busiestSecond, perSecond } = night.use.find((each) => each.limit === limit)!;
    // A call is whole: one may begin in this second and one in the next.
    return { limit, share: (busiestSecond - 1) / perSecond };
  };
  const shares = ['Lambda.GetFunction', 'Lambda.ControlPlane', 'CloudWatchLogs.GetQueryResults'].map(busiest);
  expect(shares.filter(({ share }) => share > 1)).toEqual([]);
});
