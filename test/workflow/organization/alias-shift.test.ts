import type { Spoke } from '../../../sandbox/demos/night/spoke.ts';
import { failNewVersion } from '../../support/fail-new-version.ts';
import { type NightWorld, START_MS } from '../../support/night-world.ts';
import {
  arnOf,
  OTHER_REGION,
  organizationWorld,
  PAYMENTS_ID,
  spokeAt,
  spokesOf,
} from '../../support/organization-world.ts';
import { oversizedFleet } from '../../support/small-fleet.ts';

/**
 * Two nights over functions of a spoke whose traffic calls an alias: shifted, finished and led back by the spoke's roles,
 * which are granted nothing that these nights do not need.
 */
let night: NightWorld;
let payments: Spoke;
let worse: string;
let first: Awaited<ReturnType<NightWorld['report']>>;
let second: typeof first;

const aliasOf = (name: string) => payments.account.lambda.functions.get(name).aliases.get('live')!;
const nameIn = (functionName: string) => functionName.split(':function:')[1] ?? '';

beforeAll(async () => {
  const place = { accountId: PAYMENTS_ID, region: OTHER_REGION };
  const pinned = oversizedFleet({ functions: 20, startMs: START_MS, kind: 'aliasPinned', ...place });
  night = await organizationWorld(
    spokesOf(1, 3).map((spoke) => ({
      ...spoke,
      refuses: false,
      ...(spoke.accountId === PAYMENTS_ID && spoke.region === OTHER_REGION && { fleet: pinned }),
    })),
  );
  payments = spokeAt(night, PAYMENTS_ID, OTHER_REGION);
  addQueues();
  const execution = await night.start();
  await night.untilMail();
  const proposed = (await night.records<{ functionName: string }>('PROPOSAL#')).map((each) =>
    nameIn(each.functionName),
  );
  worse = proposed.find((name) => payments.fleet.has(name))!;
  await night.decide({ decision: 'approved' });
  await night.until(() => aliasOf(worse).RoutingConfig !== undefined);
  failNewVersion(payments.fleet, worse);
  first = await night.report(execution);
  second = await night.report(await night.startNight(1));
}, 120_000);

afterAll(() => night.dispose());

/** Functions are fed by a queue, so that a longer timeout asks how long it waits. */
function addQueues(): void {
  const queueArn = `arn:aws:sqs:${OTHER_REGION}:${PAYMENTS_ID}:jobs`;
  payments.account.sqs.addQueue('jobs', 3_600);
  for (const { name } of payments.fleet.functions)
    payments.account.lambda.eventSourceMappings.push({
      UUID: '00000000-0000-4000-8000-000000000001',
      EventSourceArn: queueArn,
      FunctionArn: arnOf(payments, name),
      State: 'Enabled',
    });
}

it('leads an alias of a spoke wholly to the version that did well on a share of it', () => {
  const finished = first.changed.filter(
    ({ functionName }) => payments.fleet.has(nameIn(functionName)) && nameIn(functionName) !== worse,
  );
  expect(finished.length).toBeGreaterThan(0);
  for (const { functionName, kind } of finished) {
    expect(kind).toBe('Watching');
    expect(aliasOf(nameIn(functionName))).toMatchObject({ FunctionVersion: '2' });
  }
  const settled = second.settled.filter(({ functionName }) =>
    finished.some((each) => each.functionName === functionName),
  );
  expect(new Set(settled.map(({ kind }) => kind))).toEqual(new Set(['Verified']));
});

it('leads it back where the new version did worse', () => {
  expect(night.outcome(first, arnOf(payments, worse))).toMatchObject({ kind: 'RolledBack' });
  expect(aliasOf(worse).FunctionVersion).toBe('1');
  expect(aliasOf(worse).RoutingConfig).toBeUndefined();
});

it('needs every grant of the spoke’s roles but one', () => {
  const unused = [...payments.roles.values()].map(({ name, unused: grants }) => [name, grants.names()]);
  expect(Object.fromEntries(unused)).toEqual({
    // Ends a query that takes too long, which none does here.
    [`Rightsizer-${OTHER_REGION}-spoke-read`]: ['logs:StopQuery on *'],
    [`Rightsizer-${OTHER_REGION}-spoke-apply-change`]: [],
    [`Rightsizer-${OTHER_REGION}-spoke-finish-shift`]: [],
    [`Rightsizer-${OTHER_REGION}-spoke-roll-back-change`]: [],
  });
});
