import { failure, NightWorld, START_MS } from '../../support/night-world.ts';
import { oversizedFleet } from '../../support/small-fleet.ts';

/** A single permit to change functions: fifteen calls a second, of which a fifteenth is ours. */

const MINUTE_MS = 60_000;
const PERMIT_LEASE_MS = 7 * MINUTE_MS;

let night: NightWorld;
let execution: string;

async function world() {
  const fleet = oversizedFleet({ functions: 6, startMs: START_MS });
  night = await NightWorld.create({ fleet, configuration: { controlPlaneShare: 1 / 15 } });
  execution = await night.start();
  await night.untilMail();
  return { proposed: await night.proposed() };
}

afterEach(() => night.dispose());

const liveOf = (name: string) => night.account.lambda.functions.get(name).configuration;

it('lets one change after the other be written, all of them in the end', async () => {
  const { proposed } = await world();
  let writing = 0;
  let most = 0;
  night.account.faults.add({
    service: 'Lambda',
    operation: 'UpdateFunctionConfiguration',
    when: () => {
      const updating = proposed.filter(({ name }) => liveOf(name).LastUpdateStatus === 'InProgress').length;
      writing += 1;
      most = Math.max(most, updating + 1);
      return false;
    },
  });
  await night.decide({ decision: 'approved' });
  const report = await night.report(execution);
  expect(writing).toBe(proposed.length);
  expect(most).toBe(1);
  expect(report.counts).toMatchObject({ applied: proposed.length, failed: 0 });
});

it('gives a permit that died with its holder to others once its lease has run out', async () => {
  const { proposed } = await world();
  const killed = killFirstHolder();
  await night.decide({ decision: 'approved' });
  const decidedAtMs = night.clock.now();
  await night.until(() => proposed.some(({ name }) => liveOf(name).LastUpdateStatus === 'InProgress'));
  expect(night.clock.now() - decidedAtMs).toBeGreaterThan(PERMIT_LEASE_MS - MINUTE_MS);
  const report = await night.report(execution);
  expect(killed()).toBe(1);
  expect(report.counts).toMatchObject({ applied: proposed.length - 1, failed: 1 });
  const next = await night.report(await night.startNight(1));
  expect(next.settled).toMatchObject([{ kind: 'Refused', reason: 'the change was never written' }]);
});

/** The first ApplyChange to hold a permit ends without giving it back, as a process that was killed. */
function killFirstHolder(): () => number {
  let killed = 0;
  const dying = () => failure('SimulatedDeath');
  night.account.faults.add({
    service: 'Lambda',
    operation: 'GetFunction',
    when: (_, matches) => matches === 1,
    error: () => {
      killed += 1;
      return dying();
    },
  });
  night.account.faults.add({
    service: 'DynamoDB',
    operation: 'UpdateItem',
    when: (input) => killed === 1 && isFirstRelease(input),
    error: dying,
  });
  let released = 0;
  const isFirstRelease = ({ Key: key }: Record<string, unknown>) => {
    if (!JSON.stringify(key).includes('PERMITS')) return false;
    released += 1;
    return released === 1;
  };
  return () => killed;
}
