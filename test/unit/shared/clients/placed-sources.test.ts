import { EvidenceSources } from '../../../../shared/clients/evidence-sources.ts';
import { PlacedSources } from '../../../../shared/clients/placed-sources.ts';
import { useClock } from '../../../../shared/clock.ts';
import { TransientError } from '../../../../shared/errors.ts';
import { placedSources } from '../../../../shared/observability/evidence-sources.ts';

const PLACE = { accountId: '222222222222', region: 'us-west-2' };
const clock = { now: () => 0, sleep: async () => {} };
const make = () => new EvidenceSources(() => {}, { clock });

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

describe('a place that never answers', () => {
  const IN_VAIN_MS = 75_000;
  let nowMs = 0;
  let restore: () => void;
  beforeEach(() => {
    nowMs = 0;
    restore = useClock({
      now: () => nowMs,
      sleep: async (ms) => {
        nowMs += ms;
      },
    });
  });
  afterEach(() => restore());
  const hangs = jest.fn(async () => {
    nowMs += IN_VAIN_MS;
    throw new TransientError('no answer');
  });

  it('is asked once, and then about nothing any more in this task', async () => {
    const sources = placedSources();
    const asked = jest.fn(async () => 1);
    expect(await sources.at(PLACE).ask('Traffic', hangs)).toEqual({ available: false, reason: 'no answer' });
    expect(await sources.at(PLACE).ask('Metrics', asked)).toEqual({ available: false, reason: 'no answer' });
    expect([nowMs, asked.mock.calls.length]).toEqual([IN_VAIN_MS, 0]);
    expect(sources.told.unavailableSources).toHaveLength(2);
  });

  it('takes no patience from another, nor from one that says at once that it is throttled', async () => {
    const sources = placedSources();
    await sources.at(PLACE).ask('Traffic', hangs);
    let tries = 0;
    const recovers = async () => {
      tries += 1;
      if (tries < 3) throw new TransientError('throttled');
      return 'at last';
    };
    const other = sources.at({ ...PLACE, region: 'us-east-1' });
    expect(await other.ask('Traffic', recovers)).toEqual({ available: true, value: 'at last' });
  });

  it('is asked again where it is the hub’s own, without which there is no night', async () => {
    hangs.mockClear();
    await placedSources().at(undefined).ask('Tags', hangs);
    expect(hangs).toHaveBeenCalledTimes(3);
  });
});
