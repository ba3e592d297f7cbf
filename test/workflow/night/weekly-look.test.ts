import { runNight } from '../../../sandbox/demos/night/run-night.ts';
import { NightMeter } from '../../../sandbox/metering/night-meter.ts';
import { HOUR_MS, NightWorld, synthesized } from '../../support/night-world.ts';

const CONFIGURATION = { policy: { maximumProposals: 1 } };

let night: NightWorld;
let meter: NightMeter;

beforeAll(async () => {
  night = await NightWorld.create({ configuration: CONFIGURATION });
  meter = new NightMeter(night.world, synthesized(CONFIGURATION).template);
});

afterAll(() => night.dispose());

async function aNight(ordinal: number) {
  meter.beginAnew();
  const options = { approve: 'none', faults: false, night: ordinal, progress: () => undefined } as const;
  const { report, violations } = await runNight(night.world, options);
  expect(violations).toEqual([]);
  const passedOver = report!.excluded.filter(({ reason }) => reason === 'WeeklyLook');
  return { report: report!, passedOver: passedOver.map(({ functionName }) => functionName), usage: meter.usage() };
}

it('passes over what costs less than looking at it, by name, until it is deployed or a person asks', async () => {
  const first = await aNight(0);
  expect(first.passedOver).toEqual([]);

  const second = await aNight(1);
  expect(second.passedOver.length).toBeGreaterThan(0);
  expect(second.usage.metricsRead).toBeLessThan(first.usage.metricsRead);
  expect(second.usage.logBytesScanned).toBeLessThan(first.usage.logBytesScanned);
  const known = first.report.assessed.filter(({ functionName }) => second.passedOver.includes(functionName));
  expect(known.map(({ kind }) => kind)).not.toContain('Proposable');

  const [deployed] = second.passedOver;
  night.fleet.deploy(deployed!, night.clock.now());
  await night.clock.advanceTo(night.clock.now() + HOUR_MS);
  const third = await aNight(2);
  expect(third.report.assessed.map(({ functionName }) => functionName)).toContain(deployed);

  const byHand = await night.report(await night.start({ dryRun: true }));
  expect(byHand.excluded.filter(({ reason }) => reason === 'WeeklyLook')).toEqual([]);
});
