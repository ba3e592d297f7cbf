import type { FunctionRecord } from '../../../sandbox/account/lambda/function-record.ts';
import type { FleetFunction } from '../../../sandbox/fleet/fleet-function.ts';
import { EXCLUSION_REASONS, type ExclusionReason } from '../../../shared/contracts/manifest.ts';
import { DAY_MS, HOUR_MS, NightWorld, START_MS } from '../../support/night-world.ts';
import { oversizedFleet } from '../../support/small-fleet.ts';

/** Every reason to leave a function alone, recognised from what AWS answers, in nights that would propose it otherwise. */

/** Reasons that a function's own settings give, and what of them is as AWS would answer. */
const BY_SETTINGS: readonly [ExclusionReason, (record: FunctionRecord) => void][] = [
  ['OptedOut', ({ tags }) => void tags.set('rightsizer:exclude', 'true')],
  [
    'LambdaAtEdge',
    (record) => configure(record, { MasterArn: 'arn:aws:lambda:us-east-1:123456789012:function:edge:3' }),
  ],
  [
    'ManagedInstances',
    (record) =>
      configure(record, {
        CapacityProviderConfig: {
          LambdaManagedInstancesCapacityProviderConfig: { CapacityProviderArn: 'arn:provider' },
        },
      }),
  ],
  [
    'DurableFunction',
    (record) => configure(record, { DurableConfig: { RetentionPeriodInDays: 14, ExecutionTimeout: 3600 } }),
  ],
  ['CodeSigning', (record) => configure(record, { SigningProfileVersionArn: 'arn:profile' })],
  ['DeprecatedRuntime', (record) => configure(record, { Runtime: 'nodejs12.x' as never })],
  ['NotActive', (record) => configure(record, { State: 'Inactive', StateReason: 'The function is idle.' })],
  ['ReservedConcurrencyZero', (record) => void Object.assign(record, { reservedConcurrency: 0 })],
];

function configure(record: FunctionRecord, settings: Partial<FunctionRecord['configuration']>): void {
  record.configuration = { ...record.configuration, ...settings };
}

/** Reasons that only a run's own history gives; tested with it below, in caller-limits.test.ts and in run-identity.test.ts. */
const BY_HISTORY: readonly ExclusionReason[] = [
  'OutOfScope',
  'OwnPipeline',
  'UpdateInProgress',
  'AliasPinned',
  'CallerLimitsTimeout',
  'OpenProposal',
  'OpenChange',
  'CoolingDown',
  'RevertedByDeploy',
  'Changed',
  'Claimed',
  // sources-down.test.ts
  'SourceUnavailable',
  // weekly-look.test.ts
  'WeeklyLook',
];

let night: NightWorld;
let proposable: FleetFunction[];

/** Whom a night would propose is found out once, in a world of its own; every other begins the same. */
beforeAll(async () => {
  const asked = await create();
  const { assessed } = await asked.report(await asked.start({ dryRun: true }));
  const names = assessed.filter(({ kind }) => kind === 'Proposable').map(({ functionName }) => functionName);
  proposable = names.map((name) => asked.fleet.get(name));
  asked.dispose();
});

beforeEach(async () => {
  night = await create();
});

afterEach(() => night.dispose());

const create = () => NightWorld.create({ fleet: oversizedFleet({ functions: 6, startMs: START_MS }) });
const recordOf = (fn: FleetFunction | undefined) => night.account.lambda.functions.get(fn!.name);

/** Reasons for which a dry run leaves functions alone, by function. */
async function reasons(input: Record<string, unknown> = {}): Promise<Map<string, string>> {
  const report = await night.report(await night.start({ dryRun: true, ...input }));
  const late = report.assessed as { functionName: string; exclusionReason?: string }[];
  return new Map([
    ...report.excluded.map(({ functionName, reason }) => [functionName, reason] as const),
    ...late.flatMap((each) => (each.exclusionReason ? [[each.functionName, each.exclusionReason] as const] : [])),
  ]);
}

it('has a test for every reason there is', () => {
  expect([...BY_SETTINGS.map(([reason]) => reason), ...BY_HISTORY].toSorted()).toEqual(
    [...EXCLUSION_REASONS].toSorted(),
  );
});

it.each(BY_SETTINGS)('excludes as %s what it would propose otherwise', async (reason, set) => {
  const [fn] = proposable;
  expect(fn).toBeDefined();
  set(recordOf(fn));
  const found = await reasons();
  expect(found.get(fn!.name)).toBe(reason);
  expect(found.has(proposable[1]!.name)).toBe(false);
});

it('excludes as OutOfScope what the run was not asked for', async () => {
  const found = await reasons({ scope: { functionNames: [proposable[1]!.name] } });
  expect(found.get(proposable[0]!.name)).toBe('OutOfScope');
  expect(found.has(proposable[1]!.name)).toBe(false);
});

it('excludes all of its own functions as OwnPipeline', async () => {
  const found = await reasons();
  const own = night.account.lambda.functions
    .all()
    .filter(({ tags }) => tags.get('aws:cloudformation:stack-name') === 'Rightsizer');
  expect(own.length).toBeGreaterThan(10);
  for (const { name } of own) expect([name, found.get(name)]).toEqual([name, 'OwnPipeline']);
});

it('excludes as UpdateInProgress what is being deployed', async () => {
  const record = recordOf(proposable[0]);
  configure(record, { LastUpdateStatus: 'InProgress' });
  record.pending = { untilMs: night.clock.now() + HOUR_MS, fails: undefined };
  expect((await reasons()).get(record.name)).toBe('UpdateInProgress');
});

it('excludes as Changed what somebody changed while the night looked at it', async () => {
  const { name } = proposable[0]!;
  night.deployment.handlers.beforeInvocation = (task) => {
    if (task === 'prepare-approvals') configure(recordOf(proposable[0]), { MemorySize: 4096 });
  };
  expect((await reasons()).get(name)).toBe('Changed');
});

it('excludes as CoolingDown what a person rejected', async () => {
  const execution = await night.start();
  await night.untilMail();
  await night.decide({ decision: 'rejected' });
  await night.report(execution);
  await night.clock.advanceTo(night.clock.now() + DAY_MS);
  expect((await reasons()).get(proposable[0]!.name)).toBe('CoolingDown');
});

it('excludes as RevertedByDeploy, for 30 days, what a deployment gave its old size back', async () => {
  const execution = await night.start();
  await night.untilMail();
  const [fn] = await night.proposed();
  const former = recordOf(fn).configuration.MemorySize!;
  await night.decide({ decision: 'approved', functionNames: [fn!.name] });
  await night.report(execution);
  night.account.lambda.deploy(fn!.name, { MemorySize: former });
  const next = await night.report(await night.startNight(1));
  expect(next.excluded).toContainEqual(expect.objectContaining({ functionName: fn!.name, reason: 'RevertedByDeploy' }));
  await night.clock.advanceTo(night.clock.now() + 27 * DAY_MS);
  expect((await reasons()).get(fn!.name)).toBe('RevertedByDeploy');
  await night.clock.advanceTo(night.clock.now() + 5 * DAY_MS);
  expect((await reasons()).get(fn!.name)).toBeUndefined();
});
