import { DAY_MS, NightWorld, START_MS } from '../../support/night-world.ts';
import { oversizedFleet } from '../../support/small-fleet.ts';

/** Changes that one night cannot judge. Without metrics of the last week nothing can be judged. */

const MINUTES_OF_A_WEEK = 7 * 24 * 60;

let night: NightWorld;
let execution: string;

async function world(kind: 'plain' | 'aliasPinned' = 'plain') {
  const fleet = oversizedFleet({ functions: 6, startMs: START_MS, kind });
  night = await NightWorld.create({ fleet, configuration: { watchNights: 2 } });
  execution = await night.start();
  await night.untilMail();
  const [busiest] = await night.proposed();
  night.fleet.delayMetricsByMinutes(MINUTES_OF_A_WEEK);
  await night.decide({ decision: 'approved', functionNames: [busiest!.name] });
  return busiest!;
}

afterEach(() => night.dispose());

it('keeps a change watched that nobody can judge yet, and proposes nothing for it meanwhile', async () => {
  const fn = await world();
  expect(night.outcome(await night.report(execution), fn.name)).toMatchObject({ kind: 'Watching' });
  const second = await night.report(await night.startNight(1));
  expect(night.outcome(second, fn.name)).toMatchObject({ kind: 'Watching' });
  expect(second.excluded).toContainEqual(expect.objectContaining({ functionName: fn.name, reason: 'OpenChange' }));
});

it('settles it on a later night, before anything else', async () => {
  const fn = await world();
  await night.report(execution);
  await night.report(await night.startNight(1));
  night.fleet.delayMetricsByMinutes(0);
  const third = await night.report(await night.startNight(2));
  expect(third.settled).toMatchObject([{ functionName: fn.name, kind: 'Verified', runId: 'scheduled-2026-11-02' }]);
  const [change] = await night.records<{ status: string; verifications: { verdict: string }[] }>('CHANGE#');
  expect(change).toMatchObject({ status: 'Verified' });
  expect(change?.verifications.map(({ verdict }) => verdict)).toEqual(['inconclusive', 'inconclusive', 'better']);
});

it('rolls it back on a later night when production turns out to be worse', async () => {
  const fn = await world();
  const before = night.sizes();
  night.fleet.regress(fn, night.clock.now() + 60_000, 5);
  await night.report(execution);
  night.fleet.delayMetricsByMinutes(0);
  const second = await night.report(await night.startNight(1));
  expect(second.settled).toMatchObject([{ functionName: fn.name, kind: 'RolledBack' }]);
  expect(night.sizes().get(fn.name)).toEqual(before.get(fn.name));
});

it('stops watching after so many nights, says so, and keeps the change', async () => {
  const fn = await world();
  await night.report(execution);
  const changed = night.sizes().get(fn.name);
  expect((await night.report(await night.startNight(1))).settled).toMatchObject([{ kind: 'Watching' }]);
  expect((await night.report(await night.startNight(3))).settled).toMatchObject([{ kind: 'Unverified' }]);
  expect(night.sizes().get(fn.name)).toEqual(changed);
  expect((await night.report(await night.startNight(4))).settled).toEqual([]);
});

it('goes on watching when a night cannot even look', async () => {
  const fn = await world();
  await night.report(execution);
  night.fleet.delayMetricsByMinutes(0);
  night.deployment.handlers.beforeInvocation = (task) => {
    if (task === 'verify-change') throw new TypeError('simulated outage');
  };
  const second = await night.report(await night.startNight(1));
  expect(second.settled).toMatchObject([{ functionName: fn.name, kind: 'Failed' }]);
  night.deployment.handlers.beforeInvocation = undefined;
  const third = await night.report(await night.startNight(2));
  expect(third.settled).toMatchObject([{ functionName: fn.name, kind: 'Verified' }]);
});

it('settles nothing in a dry run, which only looks', async () => {
  await world();
  await night.report(execution);
  night.fleet.delayMetricsByMinutes(0);
  await night.clock.advanceTo(night.clock.now() + DAY_MS / 4);
  const before = await night.records('CHANGE#');
  const dry = await night.report(await night.start({ dryRun: true }));
  expect(dry.settled).toEqual([]);
  expect(await night.records('CHANGE#')).toEqual(before);
});

it('takes a new version off its alias again when no night could judge it', async () => {
  const fn = await world('aliasPinned');
  const aliasOf = () => night.account.lambda.functions.get(fn.name).aliases.get('live');
  await night.report(execution);
  expect(aliasOf()?.RoutingConfig?.AdditionalVersionWeights).toEqual({ 2: 0.1 });
  expect((await night.report(await night.startNight(3))).settled).toMatchObject([{ kind: 'RolledBack' }]);
  expect(aliasOf()).toMatchObject({ FunctionVersion: '1' });
  expect(aliasOf()?.RoutingConfig).toBeUndefined();
});
