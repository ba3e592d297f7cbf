import { APPROVED, change, FUNCTION_NAME, functionArn, NIGHT, proposal } from '../../../../support/builders.ts';
import { createLedgerWorld, type LedgerWorld } from '../../../../support/ledger-table.ts';

const RUN = 'scheduled-2026-11-23';
const NOW_MS = Date.parse('2026-11-23T08:00:00Z');
const MORNING = '2026-11-23T08:00:00.000Z';

let world: LedgerWorld;

beforeEach(async () => {
  world = await createLedgerWorld(NOW_MS);
});

afterEach(() => world.dispose());

describe('leases', () => {
  const lease = (executionArn: string) => ({ leaseId: 'scheduled#2026-11-23', executionArn, takenAt: NIGHT });

  it('gives a lease to one execution, and to the same one again', async () => {
    const { ledger, run } = world;
    expect(await run(() => ledger.acquireLease(lease('a')))).toEqual({ acquired: true });
    expect(await run(() => ledger.acquireLease(lease('a')))).toEqual({ acquired: true });
    expect(await run(() => ledger.acquireLease(lease('b')))).toMatchObject({
      acquired: false,
      holder: { executionArn: 'a' },
    });
  });

  it('lets only one of two executions take a dead one’s lease over', async () => {
    const { ledger, run } = world;
    await run(() => ledger.acquireLease(lease('dead')));
    expect(await run(() => ledger.takeOverLease(lease('b'), 'dead'))).toBe(true);
    expect(await run(() => ledger.takeOverLease(lease('c'), 'dead'))).toBe(false);
  });
});

it('keeps how long sources have been away as the newest night left it', async () => {
  const { ledger, run } = world;
  expect(await run(() => ledger.getSourcesAway())).toBeUndefined();
  const record = { runDate: '2026-11-23', nights: { Tags: 2 }, before: { Tags: 1 } };
  await run(() => ledger.putSourcesAway({ ...record, nights: { Traffic: 1 } }));
  await run(() => ledger.putSourcesAway(record));
  expect(await run(() => ledger.getSourcesAway())).toMatchObject(record);
});

describe('decisions', () => {
  const decide = (decision: 'approved' | 'rejected', name: string, at = MORNING) =>
    world.run(() => world.ledger.decide(RUN, FUNCTION_NAME, { decision, by: { kind: 'link-holder', name }, at }));

  it('lets the first decision win and tells the second what stands', async () => {
    await world.run(() => world.ledger.putProposal(proposal()));
    expect(await decide('approved', 'Ada')).toMatchObject({ accepted: true, proposal: { status: 'approved' } });
    expect(await decide('rejected', 'Grace')).toMatchObject({
      accepted: false,
      why: 'already-decided',
      proposal: { decision: { by: { name: 'Ada' } } },
    });
  });

  it('takes one of two decisions written at the same moment', async () => {
    await world.run(() => world.ledger.putProposal(proposal()));
    const write = (name: string) => world.ledger.decide(RUN, FUNCTION_NAME, { ...APPROVED, by: { kind: 'iam', name } });
    const results = await world.run(() => Promise.all(['Ada', 'Grace'].map(write)));
    expect(results.map(({ accepted }) => accepted).toSorted()).toEqual([false, true]);
  });

  it('refuses a decision after the expiry, and for what was never proposed', async () => {
    expect(await decide('approved', 'Ada')).toEqual({ accepted: false, why: 'not-found' });
    await world.run(() => world.ledger.putProposal(proposal()));
    expect(await decide('approved', 'Ada', '2026-11-23T22:00:00.000Z')).toMatchObject({
      accepted: false,
      why: 'expired',
    });
  });

  it('expires only what nobody decided', async () => {
    await world.run(() => world.ledger.putProposal(proposal()));
    await decide('approved', 'Ada');
    expect(await world.run(() => world.ledger.expire(RUN, FUNCTION_NAME))).toMatchObject({ status: 'approved' });
  });

  it('registers a proposal once, whatever a second try brings', async () => {
    await world.run(() => world.ledger.putProposal(proposal()));
    await decide('approved', 'Ada');
    await world.run(() => world.ledger.putProposal(proposal()));
    expect(await world.run(() => world.ledger.getProposal(RUN, FUNCTION_NAME))).toMatchObject({ status: 'approved' });
  });

  it('lists a run’s proposals without its task tokens', async () => {
    await world.run(() => world.ledger.putProposal(proposal()));
    await world.run(() =>
      world.ledger.putTaskToken({ runId: RUN, functionName: FUNCTION_NAME, taskToken: 'secret', storedAt: NIGHT }),
    );
    const listed = await world.run(() => world.ledger.listProposals(RUN));
    expect(listed).toHaveLength(1);
    expect(JSON.stringify(listed)).not.toContain('secret');
  });
});

describe('functions', () => {
  const claim = (runId: string, at = NIGHT) =>
    world.run(() =>
      world.ledger.claim({
        functionName: FUNCTION_NAME,
        functionArn: functionArn(),
        baselineMemorySizeMb: 1024,
        runId,
        at,
      }),
    );
  const close = (runId: string) =>
    world.run(() => world.ledger.close(FUNCTION_NAME, runId, { coolDownUntil: '2026-12-01T00:00:00.000Z' }));
  const read = async () => (await world.run(() => world.ledger.getFunctions([FUNCTION_NAME]))).get(FUNCTION_NAME);

  it('opens a function for one run at a time', async () => {
    expect(await claim('one')).toBe(true);
    expect(await claim('one')).toBe(true);
    expect(await claim('two')).toBe(false);
    expect(await close('two')).toBe(false);
    expect(await close('one')).toBe(true);
    expect(await claim('two')).toBe(true);
  });

  it('takes a proposal over that its run must have left behind a day ago', async () => {
    await claim('dead');
    expect(await claim('next', '2026-11-24T02:00:00.000Z')).toBe(true);
  });

  it('never takes over a change, however old', async () => {
    await claim('dead');
    await world.run(() => world.ledger.setOpen(FUNCTION_NAME, 'dead', 'change', NIGHT));
    expect(await claim('next', '2027-01-01T00:00:00.000Z')).toBe(false);
  });

  it('keeps the first baseline and what was learned over later claims', async () => {
    await claim('one');
    await close('one');
    await claim('two');
    expect(await read()).toMatchObject({
      baselineMemorySizeMb: 1024,
      coolDownUntil: '2026-12-01T00:00:00.000Z',
      open: { runId: 'two' },
    });
  });

  it('reads more functions than one batch holds', async () => {
    const names = Array.from({ length: 250 }, (_, at) => `function-${at}`);
    for (const functionName of [names[0]!, names[120]!, names[249]!]) {
      await world.run(() =>
        world.ledger.claim({
          functionName,
          functionArn: functionArn(functionName),
          baselineMemorySizeMb: 1,
          runId: 'one',
          at: NIGHT,
        }),
      );
    }
    const found = await world.run(() => world.ledger.getFunctions(names));
    expect([...found.keys()].toSorted()).toEqual(['function-0', 'function-120', 'function-249']);
  });
});

describe('changes', () => {
  it('answers an earlier try’s record instead of writing it anew', async () => {
    await world.run(() => world.ledger.beginChange(change({ status: 'applying' })));
    await world.run(() => world.ledger.updateChange(FUNCTION_NAME, RUN, { status: 'applied' }));
    expect(await world.run(() => world.ledger.beginChange(change({ status: 'applying' })))).toMatchObject({
      status: 'applied',
    });
  });

  it('lists a change as open until everything about its end is written', async () => {
    const open = async () =>
      (await world.run(() => world.ledger.listOpenChanges())).map(({ functionName }) => functionName);
    await world.run(() => world.ledger.beginChange(change({ status: 'applying' })));
    for (const status of ['applied', 'Watching', 'rollingBack', 'RolledBack'] as const) {
      await world.run(() => world.ledger.updateChange(FUNCTION_NAME, RUN, { status }));
      expect(await open()).toEqual([FUNCTION_NAME]);
    }
    await world.run(() => world.ledger.settleChange(FUNCTION_NAME, RUN));
    expect(await open()).toEqual([]);
    await world.run(() => world.ledger.settleChange(FUNCTION_NAME, RUN));
  });
});
