import { Fleet } from '../../../sandbox/fleet/fleet.ts';
import { doubleEverything } from '../../support/canned-assessment.ts';
import { NightWorld, START_MS } from '../../support/night-world.ts';
import { plainFleet } from '../../support/small-fleet.ts';

/**
 * What a change costs must not depend on how many others there are. Three nights of different sizes lie on a straight
 * line, whose slope is what one change more costs; a night's own calls (its report, its last page) are its beginning.
 * Assessment is canned; everything from the digest on is real.
 */
const SIZES = [20, 110, 200] as const;
/** Everything that could be asked about is. */
const CONFIGURATION = { policy: { maximumProposals: 200, minimumSavingsUsdPerMonth: 0 } };
/** A night of two hundred changes takes seconds, more beside other suites. */
const MINUTE_MS = 60_000;
const BUSY_MACHINE_MS = 120_000;

/**
 * One approved change, from the decision to the report. Not counted: GetFunction, asked once a second for as long as
 * Lambda takes, and the consumer of the stream, which gets up to 25 records at once.
 */
const A_CHANGE = {
  stateTransitions: 8,
  'apply-change': 1,
  'verify-change': 1,
  'record-outcome': 1,
  'DynamoDB.GetItem': 15,
  'DynamoDB.PutItem': 2,
  'DynamoDB.UpdateItem': 9,
  'Lambda.UpdateFunctionConfiguration': 1,
  'SFN.SendTaskSuccess': 1,
};
type Counts = typeof A_CHANGE;
const COUNTED = Object.keys(A_CHANGE) as (keyof Counts)[];

let night: NightWorld;

/** Too quiet to judge a change by, so that each ends alike: nothing is rolled back, all are watched on. */
function hardlyCalled(functions: number): Fleet {
  const { origin, functions: drawn } = plainFleet(functions, START_MS);
  return new Fleet(
    origin,
    drawn.map((fn) => ({ ...fn, traffic: { ...fn.traffic, invocationsPerHour: 0.001 } })),
  );
}

function counted(): Counts {
  const { account, deployment } = night;
  const entries = COUNTED.map((name) => [
    name,
    name === 'stateTransitions'
      ? deployment.engine.stats().stateTransitions
      : (account.calls.get(name) ?? night.invocations(name)),
  ]);
  return Object.fromEntries(entries) as Counts;
}

const difference = (later: Counts, earlier: Counts): Counts =>
  Object.fromEntries(COUNTED.map((name) => [name, later[name] - earlier[name]])) as Counts;

/** What approving all of a night's proposals at once, and seeing them through, takes. */
async function approvedNight(functions: number): Promise<Counts> {
  night = await NightWorld.create({ fleet: hardlyCalled(functions), configuration: CONFIGURATION });
  doubleEverything(night);
  const execution = await night.start();
  await night.untilMail();
  await night.until(() => night.invocations('request-approval') === functions);
  const before = counted();
  await night.decide({ decision: 'approved' });
  const report = await night.report(execution);
  expect(report.counts).toMatchObject({ applied: functions, watching: functions, failed: 0 });
  // The last outcomes still pass the ledger's stream.
  await night.clock.advanceTo(night.clock.now() + MINUTE_MS);
  const spent = difference(counted(), before);
  night.dispose();
  return spent;
}

it(
  'a change more costs the same calls, invocations and transitions, however many there are',
  async () => {
    const spent: Counts[] = [];
    for (const functions of SIZES) spent.push(await approvedNight(functions));
    const [few, more, many] = spent as [Counts, Counts, Counts];
    const perChange = COUNTED.map((name) => [name, (more[name] - few[name]) / (SIZES[1] - SIZES[0])]);
    expect(difference(many, more)).toEqual(difference(more, few));
    expect(Object.fromEntries(perChange)).toEqual(A_CHANGE);
  },
  BUSY_MACHINE_MS,
);
