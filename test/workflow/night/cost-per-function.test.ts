import { runNight } from '../../../sandbox/demos/night/run-night.ts';
import { NightMeter } from '../../../sandbox/metering/night-meter.ts';
import { NightWorld, synthesized } from '../../support/night-world.ts';

/**
 * What a night may use at most, for each function that it assesses and for each that it changes. Counts, not time: they
 * are the same on every machine. Whoever needs more says why, here and in docs/cost.md.
 */
const FUNCTIONS = 100;
const CONFIGURATION = { policy: { maximumProposals: 5 } };

/** A night's own, whatever its size, and a function's. */
const BUDGETS = [
  ['stateTransitions', 13, 0],
  ['metricsRead', 0, 1.3],
  ['lambdaRequests', 15, 1.75],
  // One of them looks what another try of this night has asked.
  ['readUnits', 26, 0.6],
  ['writeUnits', 15, 0.05],
  // What is remembered for the next nights, the night's pages for people and its record are objects of their own.
  ['objectsWritten', 21, 0],
  ['events', 3, 0],
] as const;

/** What each change adds. */
const A_CHANGE = {
  stateTransitions: 9,
  // Three that inform people of it, four that it is judged by.
  metricsRead: 7,
  lambdaRequests: 8,
  // The consent that may cover it is read before it is proposed, and the change once more for the night's pages.
  readUnits: 35.5,
  // A proposal keeps the whole curve: eight sizes, whatever tonight’s step. A change leaves the list of open ones by a write
  // of its own, once its end is wholly written.
  writeUnits: 55,
  objectsWritten: 0,
  events: 1,
};

let night: NightWorld;

beforeAll(async () => {
  night = await NightWorld.create({ functions: FUNCTIONS, configuration: CONFIGURATION });
});

afterAll(() => night.dispose());

it('a night uses no more of what is billed than its functions and its changes may', async () => {
  const meter = new NightMeter(night.world, synthesized(CONFIGURATION).template);
  const { figures } = await runNight(night.world, {
    approve: 'all',
    faults: false,
    night: 0,
    progress: () => undefined,
  });
  expect(figures).toMatchObject({ applied: 5, failed: 0 });
  const usage = meter.usage();
  const lines = BUDGETS.map(([item, aNight, aFunction]) => {
    const budget = aNight + aFunction * figures.assessed + A_CHANGE[item] * figures.applied;
    return { item, used: usage[item], budget };
  });
  expect(lines.filter(({ used, budget }) => used > budget)).toEqual([]);
});
