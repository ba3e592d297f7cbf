import { HOUR_MS, NightWorld, START_MS } from '../../support/night-world.ts';
import { restingFleet } from '../../support/small-fleet.ts';

/** Jobs of a week and of a month, over a winter of which only some nights are run. The first is Monday, 2 November. */

let night: NightWorld;
let names: Record<'failing' | 'deployed' | 'monthly' | 'idle', string>;

beforeAll(async () => {
  const fleet = restingFleet(START_MS, ['weekly', 'weekly', 'monthly', 'idle']);
  const [failing, deployed, monthly, idle] = fleet.functions.map(({ name }) => name);
  names = { failing: failing!, deployed: deployed!, monthly: monthly!, idle: idle! };
  fleet.deploy(deployed!, START_MS);
  night = await NightWorld.create({ fleet });
});

afterAll(() => night.dispose());

interface Assessed {
  functionName: string;
  kind: string;
  reason: string;
}
const found = (report: object, name: string) =>
  (report as { assessed: Assessed[] }).assessed.find(({ functionName }) => functionName === name);

const after = async (nights: number) => night.report(await night.startNight(nights));

it('judges jobs of a week and of a month by their runs, and their changes by the runs that follow', async () => {
  const execution = await night.start();
  await night.untilMail();
  const before = night.sizes();
  night.fleet.regress(names.failing, night.clock.now() + 24 * HOUR_MS, 1, 1);
  await night.decide({ decision: 'approved' });
  const first = await night.report(execution);
  for (const [name, often] of [
    [names.failing, 'once a week'],
    [names.monthly, 'once a month'],
  ] as const) {
    const reason = `0 of 3 runs since the change; it runs about ${often}`;
    expect(night.outcome(first, name)).toMatchObject({ kind: 'Watching', reason });
  }
  expect(night.sizes().get(names.monthly)).not.toEqual(before.get(names.monthly));

  const afterOneRun = await after(7);
  const failed = { kind: 'RolledBack', reason: expect.stringContaining('error rate rose') };
  expect(night.outcome(afterOneRun, names.failing)).toMatchObject(failed);
  expect(night.sizes().get(names.failing)).toEqual(before.get(names.failing));
  expect(night.outcome(afterOneRun, names.monthly)).toMatchObject({ kind: 'Watching' });
  expect(found(afterOneRun, names.deployed)).toMatchObject({
    kind: 'Unavailable',
    reason:
      'keep 2048 MB: it runs about once a week; 1 of 5 runs seen since it was last changed, a recommendation by 2026-12-07',
  });
  expect(found(afterOneRun, names.idle)?.reason).toContain('nothing has called it for twelve weeks');

  const afterOneMonth = await after(35);
  const watched = { kind: 'Watching', reason: '1 of 3 runs since the change; it runs about once a month' };
  expect(night.outcome(afterOneMonth, names.monthly)).toMatchObject(watched);
  expect(found(afterOneMonth, names.deployed)?.kind).not.toBe('Unavailable');

  const afterThreeMonths = await after(92);
  expect(night.outcome(afterThreeMonths, names.monthly)).toMatchObject({ kind: 'Verified' });
});
