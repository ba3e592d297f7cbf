import { EvidenceSources, sourceReason } from '../../../../shared/clients/evidence-sources.ts';
import { InvalidConfigurationError, TransientError } from '../../../../shared/errors.ts';

const waits: number[] = [];
const sources = (onFailure = jest.fn()) =>
  new EvidenceSources(onFailure, {
    clock: {
      now: () => 0,
      sleep: async (ms) => {
        waits.push(ms);
      },
    },
  });

beforeEach(() => {
  waits.length = 0;
});

it('hands on what a source answers, and remembers nothing against it', async () => {
  const asked = sources();
  expect(await asked.ask('Tags', async () => 7)).toEqual({ available: true, value: 7 });
  expect(asked.unavailable).toBeUndefined();
  expect(asked.told).toEqual({ answeredSources: ['Tags'] });
});

it('tells which sources it asked, and of none that it did not', async () => {
  const asked = sources();
  expect(asked.told).toEqual({});
  await asked.ask('Tags', () => Promise.reject(new Error('away')));
  expect(asked.told).toEqual({ unavailableSources: [{ source: 'Tags', reason: 'away' }] });
});

it('tries passing trouble twice more before it goes without', async () => {
  const asked = sources();
  let tries = 0;
  const recovers = async () => {
    tries += 1;
    if (tries < 3) throw new TransientError('throttled');
    return 'at last';
  };
  expect(await asked.ask('Tags', recovers)).toEqual({ available: true, value: 'at last' });
  expect(waits).toEqual([5_000, 20_000]);
});

it.each([
  ['a denial', new InvalidConfigurationError('AWS denied tag:GetResources')],
  ['an unknown error', Object.assign(new Error('who knows'), { name: 'Unheard' })],
  ['a page that makes no sense', new TypeError('undefined is not iterable')],
])('takes %s for an answer at once', async (_, error) => {
  const onFailure = jest.fn();
  const asked = sources(onFailure);
  const answer = await asked.ask('Tags', () => Promise.reject(error));
  expect(answer).toEqual({ available: false, reason: expect.stringContaining(error.message) });
  expect(asked.unavailable).toEqual([{ source: 'Tags', reason: sourceReason(error) }]);
  expect(onFailure).toHaveBeenCalledWith('Tags', error);
  expect(waits).toEqual([]);
});

it('stops asking a source that failed three times in a row, and no other', async () => {
  const asked = sources();
  const ask = jest.fn(() => Promise.reject(new Error('away')));
  for (let at = 0; at < 10; at += 1) await asked.ask('Callers', ask);
  expect(ask).toHaveBeenCalledTimes(3);
  expect(await asked.ask('Aliases', async () => 1)).toMatchObject({ available: true });
});

it('names an error that says nothing else', () => {
  expect(sourceReason(Object.assign(new Error(''), { name: 'Unheard' }))).toBe('Unheard: Unheard');
  expect(sourceReason(Object.assign(new Error('why'), { name: 'Unheard' }))).toBe('Unheard: why');
  expect(sourceReason('text')).toBe('text');
});
