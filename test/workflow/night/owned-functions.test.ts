import type { FleetFunction } from '../../../sandbox/fleet/fleet-function.ts';
import type { ChangeRecord, FunctionRecord } from '../../../shared/contracts/ledger.ts';
import { DAY_MS, NightWorld, START_MS } from '../../support/night-world.ts';
import { oversizedFleet } from '../../support/small-fleet.ts';

/** `ownedFunctions: patch`: what is kept as code is changed by its deployments alone, and proven all the same. */

let night: NightWorld;
let first: Awaited<ReturnType<NightWorld['report']>>;
let owned: FleetFunction;
let byHand: FleetFunction;

const isOwned = ({ tags }: FleetFunction): boolean =>
  tags['aws:cloudformation:stack-name'] !== undefined || tags['ManagedBy'] === 'terraform';

beforeEach(async () => {
  const fleet = oversizedFleet({ functions: 14, startMs: START_MS });
  night = await NightWorld.create({ fleet, configuration: { ownedFunctions: 'patch' } });
  const execution = await night.start();
  await night.untilMail();
  const proposed = await night.proposed();
  owned = proposed.find(isOwned)!;
  byHand = proposed.find((each) => !isOwned(each))!;
  await night.decide({ decision: 'approved' });
  first = await night.report(execution);
});
afterEach(() => night.dispose());

const changeOf = async ({ name }: FleetFunction): Promise<ChangeRecord> =>
  (await night.records<ChangeRecord>('CHANGE#')).find(({ functionName }) => functionName === name)!;
/** How a change of an earlier night stands; the same night may propose the next step. */
const settled = ({ settled }: typeof first, { name }: FleetFunction) =>
  settled.find(({ functionName }) => functionName === name);
const sizeOf = ({ name }: FleetFunction) => night.sizes().get(name)!;

/** Its owner merges the patch and deploys it, in the afternoon after the first night. */
async function deployPatch(): Promise<void> {
  const { after } = await changeOf(owned);
  night.fleet.deploy(owned, night.clock.now() + 60_000, { memorySizeMb: after.memorySizeMb });
  await night.clock.advanceTo(night.clock.now() + 120_000);
}

it('writes what nobody keeps as code, and leaves the rest to the deployment that carries it', async () => {
  expect(night.outcome(first, byHand.name)).toMatchObject({ kind: 'Verified' });
  expect(night.outcome(first, owned.name)).toMatchObject({
    kind: 'AwaitingDeployment',
    delivery: 'patch',
    owner: { tool: expect.any(String) },
  });
  expect(sizeOf(owned).memorySizeMb).toBe(owned.initialMemorySizeMb);
  expect(sizeOf(byHand).memorySizeMb).not.toBe(byHand.initialMemorySizeMb);
  const page = await night.page();
  expect(page).toContain('by patch only');
  expect(page).toContain('Approved, waits for its deployment');
  expect(await night.page('/report')).toContain('left to its deployment');
});

it('tells the bus what the source is to say, once it is approved', async () => {
  const told = night.account.eventBridge.events.map(({ detail }) => detail);
  expect(told).toContainEqual(
    expect.objectContaining({
      ...{ functionName: owned.name, kind: 'AwaitingDeployment', delivery: 'patch' },
      before: expect.objectContaining({ memorySizeMb: owned.initialMemorySizeMb }),
      after: expect.objectContaining({ memorySizeMb: expect.any(Number) }),
    }),
  );
});

it('waits through the nights, proposing nothing for it meanwhile, until a deployment has carried it', async () => {
  const second = await night.report(await night.startNight(1));
  expect(settled(second, owned)).toMatchObject({ kind: 'AwaitingDeployment' });
  expect(second.excluded).toContainEqual(
    expect.objectContaining({
      ...{ functionName: owned.name, reason: 'OpenChange' },
      message: expect.stringContaining('waits for the deployment'),
    }),
  );
  await deployPatch();
  const third = await night.report(await night.startNight(2));
  expect(settled(third, owned)).toMatchObject({ kind: 'Verified', delivery: 'patch' });
  const { status, appliedAt, realizedSavingsUsdPerMonth } = await changeOf(owned);
  expect([status, realizedSavingsUsdPerMonth]).toEqual(['Verified', expect.any(Number)]);
  expect(Date.parse(appliedAt!)).toBeGreaterThan(START_MS + DAY_MS);
  const records = await night.records<FunctionRecord>('STATE');
  const record = records.find(({ functionName }) => functionName === owned.name)!;
  expect([record.open, record.lastWritten?.memorySizeMb]).toEqual([undefined, sizeOf(owned).memorySizeMb]);
});

it('never writes to it where production got worse, but says so to whoever is to act', async () => {
  await deployPatch();
  const deployed = sizeOf(owned).memorySizeMb;
  night.fleet.regress(owned, night.clock.now() + 60_000, 5);
  const second = await night.report(await night.startNight(1));
  expect(settled(second, owned)).toMatchObject({
    kind: 'RollbackRefused',
    reason: expect.stringContaining(`put ${owned.initialMemorySizeMb} MB`),
  });
  expect(sizeOf(owned).memorySizeMb).toBe(deployed);
});

it('ends when its owner deploys another size', async () => {
  night.fleet.deploy(owned, night.clock.now() + 60_000, { memorySizeMb: owned.initialMemorySizeMb + 64 });
  const second = await night.report(await night.startNight(1));
  expect(settled(second, owned)).toMatchObject({
    kind: 'Refused',
    reason: expect.stringContaining('the function now has'),
  });
  expect((await changeOf(owned)).status).toBe('Refused');
});

it('goes on waiting when a night cannot even look', async () => {
  night.deployment.handlers.beforeInvocation = (task) => {
    if (task === 'verify-change') throw new TypeError('simulated outage');
  };
  expect(settled(await night.report(await night.startNight(1)), owned)).toMatchObject({ kind: 'Failed' });
  night.deployment.handlers.beforeInvocation = undefined;
  await deployPatch();
  expect(settled(await night.report(await night.startNight(2)), owned)).toMatchObject({ kind: 'Verified' });
});
