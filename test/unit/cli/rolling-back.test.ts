import { change } from '../../support/builders.ts';
import { type CliWorld, createCliWorld, RUN_ID } from './cli-world.ts';

let world: CliWorld;

beforeEach(async () => {
  world = await createCliWorld();
});
afterEach(() => world.dispose());

const remember = (...changes: ReturnType<typeof change>[]) =>
  world.run(async () => {
    for (const each of changes) await world.ledger.beginChange(each);
  });

describe('rightsizer rollback', () => {
  it('wants to know which change', async () => {
    expect(await world.cli(['rollback', 'orders-api'])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('--run is missing'),
    });
  });

  it('takes nothing back that is unknown, was never written, or has a later change upon it', async () => {
    const LATER = 'scheduled-2026-11-24';
    const take = async () => (await world.cli(['rollback', 'orders-api', '--run', RUN_ID])).stderr;
    expect(await take()).toContain('knows no change of run');
    await remember(change({ status: 'Verified' }), change({ runId: LATER, startedAt: '2026-11-24T08:00:00.000Z' }));
    expect(await take()).toContain(`run ${LATER} changed the function later`);
    await world.run(() => world.ledger.updateChange('orders-api', LATER, { status: 'RolledBack' }));
    await world.run(() => world.ledger.updateChange('orders-api', RUN_ID, { status: 'RolledBack' }));
    expect(await take()).toContain('nothing to take back: the change is RolledBack');
  });

  it('says with exit code 1 that a function which is gone was not rolled back', async () => {
    await remember(change({ status: 'Verified' }));
    const { exitCode, stdout } = await world.cli(['rollback', 'orders-api', '--run', RUN_ID]);
    expect([exitCode, stdout]).toEqual([1, expect.stringContaining('not rolled back; the function was deleted')]);
  });

  it('finds a function that has its old size again, and settles the record under the caller’s identity', async () => {
    await remember(change({ status: 'Verified' }));
    world.account.lambda.functions.create({ FunctionName: 'orders-api', MemorySize: 1024, Timeout: 30 });
    const args = ['rollback', 'orders-api', '--run', RUN_ID, '--note', 'slow', '--name', 'Ada'];
    expect(await world.cli(args)).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('put back to 1024 MB'),
    });
    const standing = await world.run(() => world.ledger.getChange('orders-api', RUN_ID));
    expect(standing).toMatchObject({
      status: 'RolledBack',
      outcomeReason: expect.stringMatching(/^rolled back by Ada \(arn:.*\): slow$/),
    });
    const record = (await world.run(() => world.ledger.getFunctions(['orders-api']))).get('orders-api');
    expect(record?.coolDownUntil).toBe('2026-12-07T08:00:00.000Z');
  });
});
