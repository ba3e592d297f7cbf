import { createConfigurationTurns } from '../../../../shared/clients/settings-ledger/configuration-turns.ts';
import { workInTurn } from '../../../../shared/configuration-rounds/work-in-turn.ts';
import type { Next } from '../../../../shared/contracts/continuation.ts';
import { InvalidConfigurationError, TransientError } from '../../../../shared/errors.ts';
import { configuredAccount, LEDGER } from '../../../support/configured-account.ts';

const MINUTE_MS = 60_000;
let world: ReturnType<typeof configuredAccount>;

beforeEach(async () => {
  world = configuredAccount();
  await world.addLedger();
});
afterEach(() => world.dispose());

const answered = (next: Next) => ({ continuation: { next, rounds: 1, remaining: 0, said: '' } });

/** What an execution answers whose round does so. */
const round = (holder: string, work: () => Promise<ReturnType<typeof answered>>, isReadOnly = false) =>
  world.run(() =>
    workInTurn(createConfigurationTurns(LEDGER, 'alarms'), {
      ...{ holder, isReadOnly, work },
      waitFor: (other) => ({ ...answered('wait'), other }),
    }),
  );
const saying = (next: Next) => async () => answered(next);
const after = (minutes: number) => world.clock.advanceTo(world.clock.now() + minutes * MINUTE_MS);
const waiting = { continuation: { next: 'wait' }, other: 'first' };

it('keeps others waiting from round to round until nothing remains', async () => {
  await round('first', saying('goOn'));
  await after(19);
  expect(await round('second', saying('done'))).toMatchObject(waiting);
  await round('first', saying('goOn'));
  await after(19);
  expect(await round('second', saying('done'))).toMatchObject(waiting);
  await round('first', saying('done'));
  expect(await round('second', saying('done'))).toEqual(answered('done'));
});

it('gives way when nobody was heard of for longer than a round takes', async () => {
  await round('first', saying('goOn'));
  await after(20);
  expect(await round('second', saying('goOn'))).toEqual(answered('goOn'));
  expect(await round('first', saying('goOn'))).toMatchObject({ ...waiting, other: 'second' });
});

it('keeps its turn for another try, and gives it up with an error that is none', async () => {
  const failing = (error: Error) => async () => Promise.reject(error);
  await expect(round('first', failing(new TransientError('throttled')))).rejects.toThrow('throttled');
  expect(await round('second', saying('done'))).toMatchObject(waiting);
  await expect(round('first', failing(new InvalidConfigurationError('denied')))).rejects.toThrow('denied');
  expect(await round('second', saying('done'))).toEqual(answered('done'));
});

it('lets an execution that is stuck keep nobody waiting', async () => {
  await round('first', saying('stuck'));
  expect(await round('second', saying('done'))).toEqual(answered('done'));
});

it('neither takes a turn for reading nor waits for one', async () => {
  await round('first', saying('goOn'));
  expect(await round('second', saying('done'), true)).toEqual(answered('done'));
});

it('loses no work to a turn that cannot be ended', async () => {
  const error = () => Object.assign(new Error('away'), { name: 'InternalServerError', $fault: 'server' });
  world.account.faults.add({ service: 'DynamoDB', operation: 'UpdateItem', error });
  expect(await round('first', saying('done'))).toEqual(answered('done'));
});
