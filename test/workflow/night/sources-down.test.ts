import type { Fault } from '../../../sandbox/account/core/faults.ts';
import { DAY_MS, NightWorld, START_MS } from '../../support/night-world.ts';
import { oversizedFleet } from '../../support/small-fleet.ts';

/**
 * Nights without one of their sources of evidence: each succeeds, says which source and why, and changes nothing that it
 * would not have changed knowing more.
 */

interface Down {
  /** Calls that fail while the source is away. */
  calls: readonly Pick<Fault, 'service' | 'operation' | 'when'>[];
  /** Functions are then left alone by name, because not knowing would be unsafe. */
  leavesAlone?: true;
}

/** Queries by CloudWatch's dimension `Resource` ask by which name a function is called; nothing else does. */
const asksForTraffic = (input: Record<string, unknown>) => JSON.stringify(input).includes('"Resource"');
const asksInsights = (input: Record<string, unknown>) => JSON.stringify(input).includes('LambdaInsights');

const asksForMetrics = (input: Record<string, unknown>) => !asksForTraffic(input) && !asksInsights(input);

const SOURCES: Readonly<Record<string, Down>> = {
  Tags: { calls: [{ service: 'ResourceGroupsTaggingAPI', operation: 'GetResources' }], leavesAlone: true },
  History: { calls: [{ service: 'DynamoDB', operation: 'BatchGetItem' }], leavesAlone: true },
  ComputeOptimizer: { calls: [{ service: 'ComputeOptimizer' }] },
  ReportLines: { calls: [{ service: 'CloudWatchLogs' }] },
  // It is asked last, about what the others know nothing of.
  LambdaInsights: {
    calls: [
      { service: 'CloudWatch', operation: 'GetMetricData', when: asksInsights },
      { service: 'ComputeOptimizer' },
      { service: 'CloudWatchLogs' },
    ],
  },
  Metrics: { calls: [{ service: 'CloudWatch', operation: 'GetMetricData', when: asksForMetrics }], leavesAlone: true },
  Configuration: { calls: [{ service: 'Lambda', operation: 'GetFunction' }], leavesAlone: true },
  Traffic: { calls: [{ service: 'CloudWatch', operation: 'GetMetricData', when: asksForTraffic }], leavesAlone: true },
  PriceList: { calls: [{ service: 'Pricing' }] },
};

type AwsError = Error & { $fault?: string; $metadata?: { httpStatusCode: number } };
const awsError = (name: string, status: number, message: string): AwsError =>
  Object.assign(new Error(message), {
    name,
    $fault: status >= 500 ? 'server' : 'client',
    $metadata: { httpStatusCode: status },
  });

const FAILURES: Readonly<Record<string, () => Error>> = {
  denied: () => awsError('AccessDeniedException', 403, 'not authorized by a service control policy'),
  'answering 5xx': () => awsError('InternalFailure', 500, 'internal failure'),
  'failing by an unknown name': () => awsError('SomethingNobodyKnows', 400, 'who would have thought'),
  'without an endpoint': () => Object.assign(new Error('getaddrinfo ENOTFOUND nowhere'), { code: 'ENOTFOUND' }),
  'timing out': () => Object.assign(new Error('socket hang up after 15 s'), { name: 'TimeoutError' }),
};

interface Ended {
  unavailableSources?: { source: string; reason: string }[];
  assessed: { functionName: string; kind: string; reason: string; exclusionReason?: string }[];
  excluded: { functionName: string; reason: string; message: string }[];
}

/** Small, but with whatever a night proposes: every further function only repeats it. */
const world = () => NightWorld.create({ fleet: oversizedFleet({ functions: 4, startMs: START_MS }) });

let nights = 0;

async function nightWithout({ calls }: Down, error: () => Error): Promise<Ended> {
  const night = await world();
  try {
    for (const each of calls) night.account.faults.add({ ...each, error });
    // A process keeps prices for a day, and all nights of this file run in one.
    await night.clock.advanceTo(night.clock.now() + 2 * DAY_MS * nights++);
    const report = await night.report(await night.start({ dryRun: true }));
    return report as unknown as Ended;
  } finally {
    night.dispose();
  }
}

const proposable = ({ assessed }: Ended) =>
  assessed.filter(({ kind }) => kind === 'Proposable').map(({ functionName }) => functionName);

let whole: string[];

beforeAll(async () => {
  whole = proposable(await nightWithout({ calls: [{ service: 'NoSuchService' }] }, () => new Error('never')));
  expect(whole.length).toBeGreaterThan(0);
});

const cases = Object.entries(SOURCES).flatMap(([source, down]) =>
  Object.entries(FAILURES).map(([how, error]) => [source, how, down, error] as const),
);

it.each(cases)('a night with %s %s succeeds, says so, and proposes nothing more', async (source, _, down, error) => {
  const ended = await nightWithout(down, error);
  expect(ended.unavailableSources).toContainEqual({ source, reason: expect.stringMatching(/\S/) });
  expect(whole).toEqual(expect.arrayContaining(proposable(ended)));
  const alone = [...ended.excluded.map(({ reason }) => reason), ...ended.assessed.map((each) => each.exclusionReason)];
  if (down.leavesAlone) {
    expect(proposable(ended)).toEqual([]);
    expect(alone.filter((reason) => reason === 'SourceUnavailable')).not.toEqual([]);
  }
});

it('says in the report of each function that was left alone which source was away', async () => {
  const { excluded } = await nightWithout(SOURCES['Tags']!, FAILURES['denied']!);
  expect(excluded.length).toBeGreaterThan(0);
  for (const { message } of excluded) expect(message).toContain('tag:GetResources');
});

/** A dry run settles nothing and so never asks for these. */
const OPEN_CHANGES: Fault = {
  service: 'DynamoDB',
  operation: 'Query',
  when: ({ IndexName }) => IndexName !== undefined,
};

it.each(Object.entries(FAILURES))(
  'a real night with the list of open changes %s goes on without it',
  async (_, error) => {
    const night = await world();
    try {
      night.account.faults.add({ ...OPEN_CHANGES, error });
      const execution = await night.start();
      await night.untilMail();
      await night.decide({ decision: 'approved' });
      const report = await night.report(execution);
      expect(report.counts['applied']).toBeGreaterThan(0);
      expect((report as unknown as Ended).unavailableSources).toContainEqual(
        expect.objectContaining({ source: 'OpenChanges' }),
      );
    } finally {
      night.dispose();
    }
  },
);

it('says nothing of sources where all of them answered', async () => {
  const ended = await nightWithout({ calls: [{ service: 'NoSuchService' }] }, () => new Error('never'));
  expect(ended.unavailableSources).toBeUndefined();
});
