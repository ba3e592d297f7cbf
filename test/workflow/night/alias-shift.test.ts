import type { FleetFunction } from '../../../sandbox/fleet/fleet-function.ts';
import { failNewVersion } from '../../support/fail-new-version.ts';
import { HOUR_MS, NightWorld, START_MS } from '../../support/night-world.ts';
import { oversizedFleet } from '../../support/small-fleet.ts';

/** Publish-and-shift: functions whose traffic calls an alias, through whole nights. */

let night: NightWorld;
/** The busiest function behind an alias that the first night proposes. */
let pinned: FleetFunction;
let execution: string;

beforeEach(async () => {
  night = await NightWorld.create({ fleet: oversizedFleet({ functions: 6, startMs: START_MS, kind: 'aliasPinned' }) });
  execution = await night.start();
  await night.untilMail();
  const [busiest] = await night.proposed();
  if (busiest === undefined) throw new Error('no function behind an alias is proposed');
  pinned = busiest;
});

afterEach(() => night.dispose());

const approve = (fn: FleetFunction) => night.decide({ decision: 'approved', functionNames: [fn.name] });
const recordOf = (fn: FleetFunction) => night.account.lambda.functions.get(fn.name);
const aliasOf = (fn: FleetFunction) => recordOf(fn).aliases.get('live')!;
const weightsOf = (fn: FleetFunction) => aliasOf(fn).RoutingConfig?.AdditionalVersionWeights;

test('a new version gets a tenth of the alias, then all of it, and is verified once more the night after', async () => {
  const former = recordOf(pinned).configuration.MemorySize;
  await approve(pinned);
  await night.until(() => weightsOf(pinned) !== undefined);
  expect(aliasOf(pinned).FunctionVersion).toBe('1');
  expect(weightsOf(pinned)).toEqual({ 2: 0.1 });
  const [first, second] = recordOf(pinned).versions;
  expect(second).toMatchObject({ CodeSha256: first!.CodeSha256 });
  expect(second!.MemorySize).not.toBe(former);

  const report = await night.report(execution);
  expect(night.outcome(report, pinned.name)).toMatchObject({ kind: 'Watching' });
  expect(aliasOf(pinned).FunctionVersion).toBe('2');
  expect(weightsOf(pinned)).toBeUndefined();

  const next = await night.report(await night.startNight(1));
  expect(next.settled).toMatchObject([{ functionName: pinned.name, kind: 'Verified' }]);
  expect(aliasOf(pinned).FunctionVersion).toBe('2');
});

test('an alias is led back where its new version did worse, and $LATEST is as before', async () => {
  const before = night.sizes();
  await approve(pinned);
  await night.until(() => weightsOf(pinned) !== undefined);
  failNewVersion(night.fleet, pinned.name);
  const report = await night.report(execution);
  expect(night.outcome(report, pinned.name)).toMatchObject({
    kind: 'RolledBack',
    reason: expect.stringContaining('alias live'),
  });
  expect(aliasOf(pinned).FunctionVersion).toBe('1');
  expect(weightsOf(pinned)).toBeUndefined();
  expect(night.sizes().get(pinned.name)).toEqual(before.get(pinned.name));
  expect(await night.violations(before, report)).toEqual([]);
});

test('a deployment that moves the alias before the change is refused', async () => {
  night.fleet.deploy(pinned, night.clock.now() + 1_000);
  await night.clock.advanceTo(night.clock.now() + HOUR_MS);
  const deployed = aliasOf(pinned).FunctionVersion;
  expect(deployed).toBe('2');
  await approve(pinned);
  const report = await night.report(execution);
  expect(night.outcome(report, pinned.name)).toMatchObject({
    kind: 'Refused',
    reason: expect.stringContaining('moved alias live to version 2'),
  });
  expect(aliasOf(pinned).FunctionVersion).toBe(deployed);
});

test('a deployment that moves the alias during the shift keeps what it deployed', async () => {
  await approve(pinned);
  await night.until(() => weightsOf(pinned) !== undefined);
  night.fleet.deploy(pinned, night.clock.now() + HOUR_MS);
  const report = await night.report(execution);
  expect(night.outcome(report, pinned.name)).toMatchObject({ kind: 'Unverified' });
  expect(aliasOf(pinned).FunctionVersion).toBe('3');
  expect(weightsOf(pinned)).toBeUndefined();
});

test('a deployment that moves the alias but leaves our share on it has that taken off', async () => {
  await approve(pinned);
  await night.until(() => weightsOf(pinned) !== undefined);
  const alias = aliasOf(pinned);
  night.account.lambda.deploy(pinned.name);
  await night.clock.advanceTo(night.clock.now() + HOUR_MS);
  const { Version } = night.account.lambda.publish(pinned.name);
  recordOf(pinned).aliases.set('live', { ...alias, FunctionVersion: Version, RevisionId: 'deployed' });
  const report = await night.report(execution);
  expect(night.outcome(report, pinned.name)).toMatchObject({ kind: 'RollbackRefused' });
  expect(aliasOf(pinned).FunctionVersion).toBe(Version);
  expect(weightsOf(pinned)).toBeUndefined();
});

test('weights that somebody else put on the alias are left alone', async () => {
  const foreign = { AdditionalVersionWeights: { 2: 0.5 } };
  night.account.lambda.deploy(pinned.name);
  await night.clock.advanceTo(night.clock.now() + HOUR_MS);
  night.account.lambda.publish(pinned.name);
  recordOf(pinned).aliases.set('live', { ...aliasOf(pinned), RoutingConfig: foreign });
  await approve(pinned);
  const report = await night.report(execution);
  expect(night.outcome(report, pinned.name)).toMatchObject({
    kind: 'Refused',
    reason: expect.stringContaining('somebody else'),
  });
  expect(weightsOf(pinned)).toEqual(foreign.AdditionalVersionWeights);
});
