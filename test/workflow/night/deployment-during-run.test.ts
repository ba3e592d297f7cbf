import { NightWorld, START_MS, synthesized } from '../../support/night-world.ts';
import { oversizedFleet } from '../../support/small-fleet.ts';

/** A run that waits for people while a new generation of the stack is deployed. */

let night: NightWorld;

beforeEach(async () => {
  night = await NightWorld.create({ fleet: oversizedFleet({ functions: 6, startMs: START_MS }) });
});

afterEach(() => night.dispose());

/** Versions (`task:version`) that the new generation has published. */
function deployNextGeneration(): string[] {
  const before = new Set(night.deployment.versions());
  // Settings travel as environment variables, so every function that reads them is another one.
  night.deployment.update(synthesized({ verificationWindowHours: 5 }).template);
  return night.deployment.versions().filter((each) => !before.has(each));
}

test('ends on the code it began with; only the next night runs the new', async () => {
  const execution = await night.start();
  await night.untilMail();
  const changed = deployNextGeneration();
  expect(changed).toEqual(expect.arrayContaining(['expire-proposal:2', 'verify-change:2', 'record-outcome:2']));
  const called: string[] = [];
  for (const each of changed) {
    night.deployment.handlers.standIns.set(each, async () => {
      called.push(each);
      throw new TypeError('code of the new generation');
    });
  }
  await night.decide({ decision: 'approved' });
  const report = await night.report(execution);
  expect(called).toEqual([]);
  expect(report.counts['applied']).toBeGreaterThan(0);
  expect(report.counts).toMatchObject({ verified: report.changed.length, failed: 0 });

  const next = await night.end(await night.startNight(1));
  expect(called).toContain('start-run:2');
  expect(next).toMatchObject({ status: 'FAILED', error: 'TypeError' });
});

test('a change that an execution on the old code left watched is settled by the new', async () => {
  const execution = await night.start();
  await night.untilMail();
  night.fleet.delayMetricsByMinutes(24 * 60);
  await night.decide({ decision: 'approved' });
  deployNextGeneration();
  const report = await night.report(execution);
  expect(report.counts['watching']).toBeGreaterThan(0);
  night.fleet.delayMetricsByMinutes(0);
  const next = await night.report(await night.startNight(1));
  expect(next.settled.map(({ kind }) => kind)).toEqual(report.changed.map(() => 'Verified'));
});
