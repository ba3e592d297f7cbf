import { EvidenceSources } from '../../../../shared/clients/evidence-sources.ts';
import { PlacedSources } from '../../../../shared/clients/placed-sources.ts';

const PLACE = { accountId: '222222222222', region: 'us-west-2' };
const clock = { sleep: async () => {} };
const make = () => new EvidenceSources(() => {}, clock);

const fails = async () => {
  throw new Error('denied');
};

it('tells the hub’s sources by their names, and a spoke’s with the spoke’s', async () => {
  const sources = new PlacedSources(make, { '222222222222': 'Payments' });
  await sources.at(undefined).ask('Tags', async () => 1);
  await sources.at(PLACE).ask('Tags', fails);
  await sources.at({ ...PLACE, accountId: '333333333333' }).ask('Metrics', async () => 1);
  expect(sources.told).toEqual({
    unavailableSources: [{ source: 'Tags of Payments (222222222222) in us-west-2', reason: 'denied' }],
    answeredSources: ['Tags', 'Metrics of account 333333333333 in us-west-2'],
  });
});

it('goes on asking one account what another has denied three times', async () => {
  const sources = new PlacedSources(make);
  for (let time = 0; time < 3; time += 1) await sources.at(PLACE).ask('Configuration', fails);
  const asked = jest.fn(async () => 1);
  await sources.at(PLACE).ask('Configuration', asked);
  expect(asked).not.toHaveBeenCalled();
  await sources.at({ ...PLACE, region: 'us-east-1' }).ask('Configuration', asked);
  expect(asked).toHaveBeenCalled();
});

it('tells nothing where nothing was asked', () => {
  expect(new PlacedSources(make).told).toEqual({});
});
