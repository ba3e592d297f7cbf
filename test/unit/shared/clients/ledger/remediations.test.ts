import { createRemediations } from '../../../../../shared/clients/ledger/create-ledger.ts';
import type { RemediationLedger } from '../../../../../shared/clients/ledger/remediations.ts';
import { FUNCTION_NAME, functionArn, NIGHT } from '../../../../support/builders.ts';
import { createLedgerWorld, type LedgerWorld } from '../../../../support/ledger-table.ts';
import { classified, raiseMemory } from '../../../../support/remediation.ts';

const NOW_MS = Date.parse('2026-11-23T08:00:00Z');
const HOUR_MS = 3_600_000;
const resource = { kind: 'function', name: FUNCTION_NAME } as const;

let world: LedgerWorld;
let remediations: RemediationLedger;

beforeEach(async () => {
  world = await createLedgerWorld(NOW_MS);
  remediations = createRemediations('ledger');
});
afterEach(() => world.dispose());

const record = (executionArn: string) =>
  ({
    remediationId: 'event-1',
    executionArn,
    classified: classified(),
    action: raiseMemory,
    status: 'acting',
    startedAt: '2026-11-23T08:00:00.000Z',
  }) as const;

it('gives an event to one execution, and tells the second whose it is', async () => {
  expect((await world.run(() => remediations.beginRemediation(record('a')))).executionArn).toBe('a');
  expect((await world.run(() => remediations.beginRemediation(record('b')))).executionArn).toBe('a');
  await world.run(() => remediations.updateRemediation('event-1', { status: 'acted' }));
  expect(await world.run(() => remediations.getRemediation('event-1'))).toMatchObject({
    executionArn: 'a',
    status: 'acted',
  });
});

describe('a question', () => {
  const ask = () => world.run(() => remediations.beginRemediation({ ...record('alarm'), status: 'asked' }));
  const takeUp = (arn: string) => world.run(() => remediations.takeUpQuestion('event-1', arn));
  const reject = () => world.run(() => remediations.rejectQuestion('event-1', 'Ada rejected it'));
  const standing = () => world.run(() => remediations.getRemediation('event-1'));

  it('is taken up by one execution, as often as it tries', async () => {
    await ask();
    expect([await takeUp('a'), await takeUp('b'), await takeUp('a')]).toEqual([true, false, true]);
    expect(await standing()).toMatchObject({ status: 'acting', executionArn: 'a' });
  });

  it('is not taken up once it was rejected', async () => {
    await ask();
    await reject();
    expect(await takeUp('a')).toBe(false);
    expect(await standing()).toMatchObject({ status: 'refused', reason: 'Ada rejected it' });
  });

  it('is not rejected any more once it was acted on, so that it can still be undone', async () => {
    await ask();
    await takeUp('a');
    await world.run(() => remediations.updateRemediation('event-1', { status: 'acted' }));
    await reject();
    expect(await standing()).toMatchObject({ status: 'acted' });
  });

  it('is not taken up where nobody asked', async () => {
    expect(await takeUp('a')).toBe(false);
    expect(await standing()).toBeUndefined();
  });
});

describe('startCoolDown', () => {
  const start = (remediationId: string, nowMs = NOW_MS, action: 'RaiseMemory' | 'Notify' = 'RaiseMemory') =>
    world.run(() => remediations.startCoolDown({ resource, action, remediationId, nowMs, coolDownMs: HOUR_MS }));

  it('lets a resource rest after an action of a kind, but not its holder’s second try', async () => {
    expect(await start('one')).toBeUndefined();
    expect(await start('one')).toBeUndefined();
    expect(await start('two')).toEqual({ until: '2026-11-23T09:00:00.000Z', remediationId: 'one' });
    expect(await start('two', NOW_MS, 'Notify')).toBeUndefined();
    expect(await start('two', NOW_MS + HOUR_MS)).toBeUndefined();
  });
});

describe('takeFromBudget', () => {
  const take = (remediationId: string, date = '2026-11-23') =>
    world.run(() => remediations.takeFromBudget({ action: 'RaiseMemory', remediationId, date, maximumPerDay: 2 }));

  it('gives so many places a day, one to each, and takes back what was not used', async () => {
    expect([await take('a'), await take('a'), await take('b'), await take('c')]).toEqual([true, true, true, false]);
    expect(await take('c', '2026-11-24')).toBe(true);
    const back = { action: 'RaiseMemory', remediationId: 'a', date: '2026-11-23' } as const;
    await world.run(() => remediations.returnToBudget(back));
    expect([await take('c'), await take('d')]).toEqual([true, false]);
  });

  it('never gives more places than there are to executions at the same time', async () => {
    const all = ['a', 'b', 'c', 'd', 'e'].map((id) =>
      remediations.takeFromBudget({ action: 'RaiseMemory', remediationId: id, date: '2026-11-23', maximumPerDay: 2 }),
    );
    const taken = await world.run(() => Promise.all(all));
    expect(taken.filter(Boolean)).toHaveLength(2);
  });
});

describe('restFunction', () => {
  const rest = () =>
    world.run(() =>
      remediations.restFunction({
        functionName: FUNCTION_NAME,
        functionArn: functionArn(),
        baselineMemorySizeMb: 512,
        lastWritten: { memorySizeMb: 768, timeoutSeconds: 30, at: '2026-11-23T08:00:00.000Z', runId: 'remediation-1' },
        coolDownUntil: '2026-12-07T08:00:00.000Z',
      }),
    );
  const known = async () => (await world.run(() => world.ledger.getFunctions([FUNCTION_NAME]))).get(FUNCTION_NAME);

  it('makes a record of a function that the ledger has never seen', async () => {
    await rest();
    expect(await known()).toMatchObject({
      baselineMemorySizeMb: 512,
      coolDownUntil: '2026-12-07T08:00:00.000Z',
      observations: [],
    });
  });

  it('changes neither what is open on a function nor its baseline', async () => {
    const claim = {
      functionName: FUNCTION_NAME,
      functionArn: functionArn(),
      baselineMemorySizeMb: 1_024,
      runId: 'night',
      at: NIGHT,
    };
    await world.run(() => world.ledger.claim(claim));
    await rest();
    expect(await known()).toMatchObject({
      baselineMemorySizeMb: 1_024,
      open: { runId: 'night' },
      lastWritten: { memorySizeMb: 768 },
    });
  });
});
