import type { FleetFunction } from '../../../sandbox/fleet/fleet-function.ts';
import { NightWorld, START_MS } from '../../support/night-world.ts';
import { oversizedFleet } from '../../support/small-fleet.ts';

/** Functions behind an alias that cannot be shifted stay excluded as AliasPinned, each saying why. */

let night: NightWorld;
/** One that the night would propose; every world begins the same. */
let fn: FleetFunction;

const create = () =>
  NightWorld.create({ fleet: oversizedFleet({ functions: 6, startMs: START_MS, kind: 'aliasPinned' }) });

beforeAll(async () => {
  const asked = await create();
  const { assessed } = await asked.report(await asked.start({ dryRun: true }));
  fn = asked.fleet.get(assessed.find(({ kind }) => kind === 'Proposable')!.functionName);
  asked.dispose();
});

beforeEach(async () => {
  night = await create();
});

afterEach(() => night.dispose());

const record = () => night.account.lambda.functions.get(fn.name);

it.each<[string, () => void, RegExp]>([
  [
    'provisioned concurrency',
    () =>
      void record().provisioned.set('live', {
        RequestedProvisionedConcurrentExecutions: 1,
        LastModified: '2026-11-01T00:00:00.000+0000',
      }),
    /provisioned concurrency/,
  ],
  [
    'SnapStart',
    () =>
      void Object.assign(record().versions[0]!, {
        SnapStart: { ApplyOn: 'PublishedVersions', OptimizationStatus: 'On' },
      }),
    /SnapStart/,
  ],
  [
    'other code in $LATEST than was released',
    () => void Object.assign(record().versions[0]!, { CodeSha256: 'released' }),
    /nobody has released/,
  ],
  [
    'weights of somebody else',
    () =>
      void record().aliases.set('live', {
        ...record().aliases.get('live'),
        RoutingConfig: { AdditionalVersionWeights: { 2: 0.1 } },
      }),
    /already has weights/,
  ],
  ['no alias, only version numbers', () => void record().aliases.clear(), /by version number/],
])('excludes one with %s', async (_, set, why) => {
  set();
  const { assessed } = await night.report(await night.start({ dryRun: true }));
  const outcome = assessed.find(({ functionName }) => functionName === fn.name);
  expect(outcome).toMatchObject({
    kind: 'Excluded',
    exclusionReason: 'AliasPinned',
    reason: expect.stringMatching(why),
  });
});

it('proposes a function whose callers name $LATEST: that is no frozen version', async () => {
  const named = await NightWorld.create({
    fleet: oversizedFleet({ functions: 12, startMs: START_MS, kind: 'namesLatest' }),
  });
  try {
    const { assessed } = await named.report(await named.start({ dryRun: true }));
    expect(assessed).not.toContainEqual(expect.objectContaining({ exclusionReason: 'AliasPinned' }));
    expect(assessed.some(({ kind }) => kind === 'Proposable')).toBe(true);
  } finally {
    named.dispose();
  }
});
