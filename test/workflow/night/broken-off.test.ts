import { applyChange } from '../../../tasks/night/apply-change/apply-change.ts';
import { recordOutcome } from '../../../tasks/night/record-outcome/record-outcome.ts';
import { rollBackChange } from '../../../tasks/night/roll-back-change/roll-back-change.ts';
import { verifyChange } from '../../../tasks/night/verify-change/verify-change.ts';
import { APPROVED, change, changeTaskInput, FUNCTION_NAME, functionArn, proposal } from '../../support/builders.ts';
import { ALIAS, applied, approve, MOST_CALLS, NOW_MS, RUN_ID, record, stateOf } from '../../support/crash-acts.ts';
import { CrashWorld } from '../../support/crash-world.ts';

const DAY_MS = 86_400_000;

/** What a later night makes of a change whose task died for good. */
let world: CrashWorld;

afterEach(() => world.dispose());

/** Whether an act on a change that was just applied died at this call of it; what it left is the world's. */
async function diesAt(call: number, act: (clients: CrashWorld['clients']) => Promise<unknown>): Promise<boolean> {
  world?.dispose();
  world = await CrashWorld.create(NOW_MS);
  await applied(world);
  return diesDoing(call, act);
}

async function diesDoing(call: number, act: (clients: CrashWorld['clients']) => Promise<unknown>): Promise<boolean> {
  const { clients, ledgers, mortality } = world;
  mortality.revive();
  mortality.diesAfter = call;
  const died = await ledgers
    .run(() => act(clients))
    .then(
      () => false,
      () => true,
    );
  mortality.revive();
  return died;
}

test('an end that RecordOutcome could only half write is found and finished by the next night', async () => {
  for (let call = 1; call < MOST_CALLS; call += 1) {
    const died = await diesAt(call, (clients) => record(clients, 'Verified'));
    const { ledger, clients, ledgers } = world;
    const left = await ledgers.run(() => ledger.listOpenChanges());
    if (left.length > 0) {
      const nextNight = { ...changeTaskInput(), functionArn: functionArn() };
      const metrics = { readSeries: async () => [] };
      const verified = await ledgers.run(() =>
        verifyChange(nextNight, { ...clients, metrics, watchNights: 7, reaches: () => true }),
      );
      expect(verified.action).toBe('record');
      // Where the end was written, nothing else can be made of it; else the change is only looked at again.
      const kind = left[0]!.status === 'Verified' ? 'Unverified' : 'Verified';
      await ledgers.run(() => recordOutcome({ ...nextNight, kind, reason: 'later' }, { ...clients, coolDownDays: 14 }));
    }
    expect({ call, left: await ledgers.run(() => ledger.listOpenChanges()) }).toEqual({ call, left: [] });
    expect(await stateOf(world)).toMatchObject({ change: 'Verified', open: undefined, outcome: 'Verified' });
    if (!died) return;
  }
  throw new Error('RecordOutcome made more calls than a test should');
});

test('a rollback that broke off is finished by the next night, however far it got', async () => {
  for (let call = 1; call < MOST_CALLS; call += 1) {
    const died = await diesAt(call, (clients) => rollBackChange(changeTaskInput(), clients));
    const { ledger, clients, ledgers, mortality } = world;
    await ledgers.run(() => record(clients, 'Failed'));
    const [left] = await ledgers.run(() => ledger.listOpenChanges());
    if (left?.status === 'rollingBack') {
      const metrics = { readSeries: async () => [] };
      const verify = () =>
        verifyChange(changeTaskInput(), { ...clients, metrics, watchNights: 7, reaches: () => true });
      expect(await ledgers.run(verify)).toMatchObject({ action: 'rollBack' });
      const { output } = await world.surviving(MOST_CALLS, () => rollBackChange(changeTaskInput(), clients));
      expect(output).toMatchObject({ rolledBack: true });
      mortality.revive();
      await ledgers.run(() => record(clients, 'RolledBack'));
    }
    // A rollback that died before it wrote anything down left a change that is only watched.
    const isUndone = world.live.configuration.MemorySize === 1024;
    const end = isUndone ? { change: 'RolledBack', open: undefined } : { change: 'Watching', open: 'watching' };
    expect({ call, ...(await stateOf(world)) }).toMatchObject({ call, ...end });
    if (!died) return;
  }
  throw new Error('RollBackChange made more calls than a test should');
});

test('what a person rejected ends as rejected and rests, whatever broke on the way to saying so', async () => {
  world = await CrashWorld.create(NOW_MS);
  const at = new Date(NOW_MS).toISOString();
  const rejected = proposal({ status: 'rejected', decision: { ...APPROVED, decision: 'rejected' } });
  const { functionName, functionArn: arn } = rejected;
  const { ledger, clients } = world;
  await world.run(() =>
    ledger.claim({ functionName, functionArn: arn, baselineMemorySizeMb: 1024, runId: RUN_ID, at }),
  );
  await world.run(() => ledger.putProposal(rejected));
  const failure = { stage: 'ExpireProposal', name: 'InvalidConfiguration', message: 'denied' };
  const outcome = await world.run(() => record(clients, 'Failed', { failure }));
  expect(outcome).toMatchObject({ kind: 'Rejected', reason: expect.stringContaining('rejected by') });
  expect(outcome).not.toHaveProperty('failure');
  const known = (await world.run(() => ledger.getFunctions([functionName]))).get(functionName);
  expect(known?.coolDownUntil).toBeDefined();
});

test('a change that broke off before it wrote anything is refused, also where a deployment led the alias elsewhere since', async () => {
  world = await CrashWorld.create(NOW_MS);
  await approve(world, { target: ALIAS });
  const { ledger, live, clients } = world;
  const { appliedAt: _, verifyAt: __, ...begun } = change({ status: 'applying', target: ALIAS });
  await world.run(() => ledger.beginChange(begun));
  const deployed = { ...live.configuration, CodeSha256: 'deployed', Version: '2' };
  live.versions.push(deployed);
  live.configuration.CodeSha256 = 'deployed';
  live.aliases.get('live')!.FunctionVersion = '2';
  const metrics = { readSeries: async () => [] };
  const verify = () => verifyChange(changeTaskInput(), { ...clients, metrics, watchNights: 7, reaches: () => true });
  expect(await world.run(verify)).toMatchObject({
    action: 'record',
    reason: 'the change was never finished; a deployment moved alias live to version 2',
  });
  await world.run(() => record(clients, 'Unverified'));
  expect(await stateOf(world)).toMatchObject({ writes: 0, change: 'Refused', open: undefined, outcome: 'Refused' });
});

test.each([undefined, ALIAS])(
  'a change that AWS took and the ledger never heard of is known as ours once it is judged (of %j)',
  async (target) => {
    let unheardOf = 0;
    for (let call = 1; call < MOST_CALLS; call += 1) {
      const died = await appliesUntil(call, target);
      const { ledger, clients, ledgers } = world;
      const [left] = await ledgers.run(() => ledger.listOpenChanges());
      const { alias, memorySizeMb } = await stateOf(world);
      const isLive = target === undefined ? memorySizeMb === 512 : alias?.weights?.[2] !== undefined;
      if (left !== undefined && left.appliedAt === undefined && isLive) {
        unheardOf += 1;
        const metrics = { readSeries: async () => [] };
        await ledgers.run(() =>
          verifyChange(changeTaskInput(), { ...clients, metrics, watchNights: 7, reaches: () => true }),
        );
        await ledgers.run(() => record(clients, 'Verified'));
        const known = (await ledgers.run(() => ledger.getFunctions([FUNCTION_NAME]))).get(FUNCTION_NAME);
        expect(known?.lastWritten).toMatchObject({ memorySizeMb: 512, timeoutSeconds: 30 });
      }
      if (!died) break;
    }
    expect(unheardOf).toBeGreaterThan(0);
  },
);

/** Whether ApplyChange died at this call of it, for good; what it left is the world's. */
async function appliesUntil(call: number, target: typeof ALIAS | undefined): Promise<boolean> {
  world?.dispose();
  world = await CrashWorld.create(NOW_MS);
  await approve(world, target && { target });
  const died = await diesDoing(call, (clients) => applyChange(changeTaskInput(), clients));
  await world.ledgers.run(() => record(world.clients, 'Failed'));
  const { clock } = world.ledgers.account;
  await clock.advanceTo(clock.now() + DAY_MS);
  return died;
}
