import type { Fault } from '../../sandbox/account/core/faults.ts';
import { createFleet, Fleet } from '../../sandbox/fleet/fleet.ts';
import { START_MS } from './night-world.ts';
import { oversizedFleet } from './small-fleet.ts';

/** One way in which a source of evidence is asked, and what a night without its answer may still do. */
export interface AwaySource {
  /** What it is called in the summary. */
  source: string;
  /** Calls that fail while the source is away. */
  calls: readonly Pick<Fault, 'service' | 'operation' | 'when'>[];
  /** Functions that are then left alone by name, because not knowing would be unsafe. @default - none */
  leavesAlone?: (wanted: { functionName: string; raisesTimeout: boolean }) => boolean;
  /** What the calls answer in an account whose source is there and knows nothing. @default - the night ends as a whole one */
  silence?: Record<string, unknown>;
}

const plain = oversizedFleet({ functions: 2, startMs: START_MS });
const pinned = oversizedFleet({ functions: 2, startMs: START_MS, kind: 'aliasPinned', seed: 7 });
/** Too small, with timeouts too short, or known from REPORT lines only. */
const drawn = createFleet({ seed: 2, functions: 60, startDate: START_MS }).functions.filter(({ name }) =>
  ['-00V', '-00F'].some((end) => name.endsWith(end)),
);

/** Small, but with whatever a night proposes, of each kind a few: every further function only repeats it. */
export const fleetOfAllKinds = (): Fleet =>
  new Fleet(plain.origin, [...plain.functions, ...pinned.functions, ...drawn]);

/** Queries by CloudWatch's dimension `Resource` ask by which name a function is called; nothing else does. */
const asksForTraffic = (input: Record<string, unknown>) => JSON.stringify(input).includes('"Resource"');
const asksInsights = (input: Record<string, unknown>) => JSON.stringify(input).includes('LambdaInsights');
const asksForMetrics = (input: Record<string, unknown>) => !asksForTraffic(input) && !asksInsights(input);

/** Empty pages of Compute Optimizer, CloudWatch Logs and CloudWatch. */
const NOTHING = { lambdaFunctionRecommendations: [], logGroups: [], MetricDataResults: [] };

const all = () => true;
const calledByAlias = ({ functionName }: { functionName: string }) => pinned.has(functionName);
const waitedFor = ({ raisesTimeout }: { raisesTimeout: boolean }) => raisesTimeout;

export const AWAY_SOURCES: readonly AwaySource[] = [
  { source: 'Tags', calls: [{ service: 'ResourceGroupsTaggingAPI', operation: 'GetResources' }], leavesAlone: all },
  { source: 'History', calls: [{ service: 'DynamoDB', operation: 'BatchGetItem' }], leavesAlone: all },
  { source: 'ComputeOptimizer', calls: [{ service: 'ComputeOptimizer' }], silence: NOTHING },
  { source: 'ReportLines', calls: [{ service: 'CloudWatchLogs' }], silence: NOTHING },
  {
    source: 'LambdaInsights',
    // It is asked last, about what the others know nothing of.
    calls: [
      { service: 'CloudWatch', operation: 'GetMetricData', when: asksInsights },
      { service: 'ComputeOptimizer' },
      { service: 'CloudWatchLogs' },
    ],
    silence: NOTHING,
  },
  {
    source: 'Metrics',
    calls: [{ service: 'CloudWatch', operation: 'GetMetricData', when: asksForMetrics }],
    leavesAlone: all,
  },
  { source: 'Configuration', calls: [{ service: 'Lambda', operation: 'GetFunction' }], leavesAlone: all },
  {
    source: 'Traffic',
    calls: [{ service: 'CloudWatch', operation: 'GetMetricData', when: asksForTraffic }],
    leavesAlone: all,
  },
  { source: 'Aliases', calls: [{ service: 'Lambda', operation: 'ListAliases' }], leavesAlone: calledByAlias },
  {
    source: 'Aliases',
    calls: [{ service: 'Lambda', operation: 'ListProvisionedConcurrencyConfigs' }],
    leavesAlone: calledByAlias,
  },
  { source: 'Callers', calls: [{ service: 'Lambda', operation: 'ListEventSourceMappings' }], leavesAlone: waitedFor },
  { source: 'Callers', calls: [{ service: 'Lambda', operation: 'GetPolicy' }], leavesAlone: waitedFor },
  { source: 'PriceList', calls: [{ service: 'Pricing' }] },
];

type AwsError = Error & { $fault?: string; $metadata?: { httpStatusCode: number } };
const awsError = (name: string, status: number, message: string): AwsError =>
  Object.assign(new Error(message), {
    name,
    $fault: status >= 500 ? 'server' : 'client',
    $metadata: { httpStatusCode: status },
  });

/** How a source is away, as the SDK would say it. */
export const OUTAGES: Readonly<Record<string, () => Error>> = {
  denied: () => awsError('AccessDeniedException', 403, 'not authorized by a service control policy'),
  'answering 5xx': () => awsError('InternalFailure', 500, 'internal failure'),
  'failing by an unknown name': () => awsError('SomethingNobodyKnows', 400, 'who would have thought'),
  'without an endpoint': () => Object.assign(new Error('getaddrinfo ENOTFOUND nowhere'), { code: 'ENOTFOUND' }),
  'timing out': () => Object.assign(new Error('socket hang up after 15 s'), { name: 'TimeoutError' }),
};
