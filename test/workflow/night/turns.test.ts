import { failure, NightWorld, START_MS } from '../../support/night-world.ts';
import { oversizedFleet } from '../../support/small-fleet.ts';

/** One call a second for changes, three quarters of it for the night's. */
const SHARE = 1 / 15;
const TURN_MS = 1_334;

let night: NightWorld;
let execution: string;

async function world() {
  const fleet = oversizedFleet({ functions: 6, startMs: START_MS });
  night = await NightWorld.create({ fleet, configuration: { controlPlaneShare: SHARE } });
  execution = await night.start();
  await night.untilMail();
  return { proposed: await night.proposed() };
}

afterEach(() => night.dispose());

/** When each call that changes a function was made, in epoch ms. */
function writes(): number[] {
  const madeAtMs: number[] = [];
  night.account.faults.add({
    service: 'Lambda',
    operation: 'UpdateFunctionConfiguration',
    when: () => {
      madeAtMs.push(night.clock.now());
      return false;
    },
  });
  return madeAtMs;
}

it('writes one change after the other, each at the moment it was given, and asks once for each', async () => {
  const { proposed } = await world();
  const madeAtMs = writes();
  await night.decide({ decision: 'approved' });
  const report = await night.report(execution);
  expect(report.counts).toMatchObject({ applied: proposed.length, failed: 0 });
  expect(night.invocations('apply-change')).toBe(proposed.length);
  expect(madeAtMs.map((atMs) => atMs - madeAtMs[0]!)).toEqual(proposed.map((_, at) => at * TURN_MS));
});

it('loses a turn and nothing else when a change dies in it', async () => {
  const { proposed } = await world();
  const madeAtMs = writes();
  night.account.faults.add({
    service: 'Lambda',
    operation: 'GetFunction',
    when: (_, matches) => matches === 1,
    error: () => failure('SimulatedDeath'),
  });
  await night.decide({ decision: 'approved' });
  const decidedAtMs = night.clock.now();
  await night.until(() => madeAtMs.length === proposed.length - 1);
  expect(night.clock.now() - decidedAtMs).toBeLessThan((proposed.length + 1) * TURN_MS);
  const report = await night.report(execution);
  expect(report.counts).toMatchObject({ applied: proposed.length - 1, failed: 1 });
  const next = await night.report(await night.startNight(1));
  expect(next.settled).toMatchObject([{ kind: 'Refused', reason: 'the change was never written' }]);
});

it('changes at once what a consumer of an older release approved without a turn', async () => {
  const { proposed } = await world();
  night.deployment.handlers.standIns.set('deliver-decision', async () => ({ batchItemFailures: [] }));
  await night.decide({ decision: 'approved' });
  const output = JSON.stringify({ schemaVersion: 1, decision: 'approved', decidedBy: 'Ada' });
  for (const { taskToken } of await night.records<{ taskToken: string }>('TOKEN#'))
    await night.clock.complete(() => night.deployment.engine.sendTaskSuccess({ taskToken, output }));
  const report = await night.report(execution);
  expect(report.counts).toMatchObject({ applied: proposed.length, failed: 0 });
});
