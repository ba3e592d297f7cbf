import { crowdedNight } from '../../support/crowded-night.ts';

it('would be throttled if it took all that AWS documents where others use most of it', async () => {
  const { refused } = await crowdedNight(1);
  expect(refused).toMatchObject({
    'CloudWatch.olderPoints': expect.any(Number),
    'Lambda.ControlPlane': expect.any(Number),
  });
});
