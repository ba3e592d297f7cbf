import * as keys from '../../../shared/clients/ledger/keys.ts';
import { settingPartition } from '../../../shared/clients/settings-ledger/setting-records.ts';
import { change, FUNCTION_NAME, functionArn } from '../../support/builders.ts';
import { createFormerLedger } from '../../support/restore-ledger.ts';
import { type CliWorld, createCliWorld, NOW_MS } from './cli-world.ts';

const FROM = 'former-ledger';

let world: CliWorld;

beforeEach(async () => {
  world = await createCliWorld();
});
afterEach(() => world.dispose());

/** Another ledger table with these items. */
const former = (...items: (keys.Key & Record<string, unknown>)[]) =>
  createFormerLedger({ clock: world.account.clock }, FROM, items);

const changeItem = (status: 'applied' | 'Verified') => {
  const { runId } = change();
  return { ...keys.changeKey(FUNCTION_NAME, runId), ...change({ status }), openPartition: keys.OPEN_PARTITION };
};
const rest = { ...keys.functionKey(FUNCTION_NAME), functionName: FUNCTION_NAME, functionArn: functionArn() };

describe('rightsizer restore-ledger', () => {
  it('copies what the stack’s ledger lacks, the index of open changes included', async () => {
    await former(changeItem('applied'), { ...rest, coolDownUntil: '2026-12-24T00:00:00Z' });
    const { exitCode, stdout } = await world.cli(['restore-ledger', '--from', FROM, '--json']);
    expect([exitCode, JSON.parse(stdout)]).toEqual([0, { from: FROM, to: 'ledger', copied: 2, kept: 0, outlived: 0 }]);
    await world.run(async () => {
      expect(await world.ledger.listOpenChanges()).toMatchObject([change()]);
      const records = await world.ledger.getFunctions([FUNCTION_NAME]);
      expect(records.get(FUNCTION_NAME)).toMatchObject({ coolDownUntil: '2026-12-24T00:00:00Z' });
    });
  });

  it('leaves what the stack’s ledger holds, which is newer, unless told to overwrite it', async () => {
    await former(changeItem('applied'));
    await world.run(() => world.ledger.beginChange(change({ status: 'Verified' })));
    const statusNow = () =>
      world.run(async () => (await world.ledger.getChange(FUNCTION_NAME, change().runId))?.status);
    expect(await world.cli(['restore-ledger', '--from', FROM])).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('0 records copied from former-ledger to ledger; 1 stood there already'),
    });
    expect(await statusNow()).toBe('Verified');
    await world.cli(['restore-ledger', '--from', FROM, '--overwrite']);
    expect(await statusNow()).toBe('applied');
  });

  it('leaves behind what had outlived its use', async () => {
    const ttl = NOW_MS / 1_000;
    await former({ ...keys.leaseKey('scheduled#2026-11-01'), ttl }, { ...keys.leaseKey('now'), ttl: ttl + 1 });
    const { stdout } = await world.cli(['restore-ledger', '--from', FROM, '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ copied: 1, outlived: 1 });
  });

  it.each([...Object.entries(recordKeys()), ['settingPartition', settingPartition('cold-start')] as const])(
    'knows %s for a ledger’s own',
    (_, pk) => {
      expect(keys.RECORD_PARTITIONS.filter((partition) => pk.startsWith(partition))).toHaveLength(1);
    },
  );

  it('refuses a table that is no ledger, and copies nothing of it', async () => {
    await former(changeItem('applied'), { pk: 'ORDER#1', sk: 'ORDER' });
    expect(await world.cli(['restore-ledger', '--from', FROM])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('--from former-ledger is no ledger: it holds an item "ORDER#1"'),
    });
    expect(await world.run(() => world.ledger.listOpenChanges())).toEqual([]);
  });

  it.each([
    [[], '--from is missing'],
    [['--from', 'ledger'], 'the stack’s own ledger'],
  ])('refuses %j', async (args, problem) => {
    const { exitCode, stderr } = await world.cli(['restore-ledger', ...args]);
    expect([exitCode, stderr.replaceAll("'", '’')]).toEqual([2, expect.stringContaining(problem)]);
  });
});

/** A key of every kind that keys.ts makes. */
function recordKeys(): Record<string, string> {
  const makers = Object.entries(keys).filter(([name]) => name.endsWith('Key'));
  return Object.fromEntries(
    makers.map(([name, make]) => [name, (make as (...parts: string[]) => keys.Key)('a', 'b', 'c').pk]),
  );
}
