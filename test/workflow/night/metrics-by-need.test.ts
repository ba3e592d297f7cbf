import type { MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import { createMetricReader } from '../../../shared/clients/cloudwatch/function-metrics.ts';
import { createPriceSource } from '../../../shared/clients/pricing/price-list.ts';
import type { EstimateSavingsOutput } from '../../../shared/contracts/assessment.ts';
import { DEFAULT_POLICY } from '../../../shared/contracts/default-policy.ts';
import type { AssessmentItem } from '../../../shared/contracts/evidence.ts';
import type { AssessedOutcome } from '../../../shared/contracts/outcome.ts';
import { aggregateMetrics } from '../../../shared/domain/night/evidence/aggregate-metrics.ts';
import { evidenceWindow } from '../../../shared/domain/night/evidence/window.ts';
import { assessFunction } from '../../../tasks/night/analyze/assess-function.ts';
import { estimateSavings } from '../../../tasks/night/estimate-savings/estimate-savings.ts';
import { FIRST_NIGHT_MS, NightWorld } from '../../support/night-world.ts';
import { runContext } from '../../unit/shared/domain/night/evidence/builders.ts';

/**
 * A night reads one metric of most functions and the other four of what it proposes. Whoever reads all five of every
 * function, at the same moment and with the night's own rules, must come to the same proposals.
 */
const run = runContext({ startedAt: new Date(FIRST_NIGHT_MS).toISOString(), policy: DEFAULT_POLICY });

let night: NightWorld;
let assessed: Map<string, AssessedOutcome>;
let items: AssessmentItem[];
let full: EstimateSavingsOutput[];
/** Names of the metrics that were read over the look-back, by function. */
const metricsRead = new Map<string, Set<string>>();

beforeAll(async () => {
  night = await NightWorld.create({ functions: 120, seed: 3 });
  night.account.around = (call, { MetricDataQueries }, answer) => {
    if (call === 'CloudWatch.GetMetricData') note((MetricDataQueries ?? []) as MetricDataQuery[]);
    return answer();
  };
  const report = await night.report(await night.start({ dryRun: true }));
  const { assessed: outcomes, reportKey } = report as unknown as { assessed: AssessedOutcome[]; reportKey: string };
  night.account.around = undefined;
  assessed = new Map(outcomes.map((each) => [each.functionName, each]));
  items = JSON.parse(
    night.account.s3.read(night.deployment.bucketName, reportKey.replace('report.json', 'assessment-items.json')),
  );
  full = await night.clock.complete(decideInFull);
});

afterAll(() => night.dispose());

function note(queries: readonly MetricDataQuery[]): void {
  for (const { MetricStat } of queries) {
    const { Namespace, MetricName = '', Dimensions = [] } = MetricStat?.Metric ?? {};
    const [{ Name, Value = '' } = {}, ...more] = Dimensions;
    // Those with more dimensions ask by which name a function is called.
    if (Namespace !== 'AWS/Lambda' || Name !== 'FunctionName' || more.length > 0) continue;
    metricsRead.set(Value, (metricsRead.get(Value) ?? new Set()).add(MetricName));
  }
}

/** What the night's rules make of all nine statistics. */
async function decideInFull(): Promise<EstimateSavingsOutput[]> {
  const window = evidenceWindow(run);
  const series = await createMetricReader().readSeries(
    items.map(({ functionName }) => functionName),
    window,
  );
  const prices = createPriceSource(night.clock);
  return Promise.all(
    items.map((item, index) => {
      const metrics = aggregateMetrics(series[index]!, window, item.lastModified);
      return estimateSavings(
        { run, assessment: assessFunction({ run, item, ...(metrics && { metrics }) }) },
        { prices },
      );
    }),
  );
}

const isProposed = ({ kind }: AssessedOutcome): boolean => kind === 'Proposable';

it('proposes what a full reading of every function proposes, on the same evidence', () => {
  const worth = full.filter(({ worthProposing }) => worthProposing);
  const wanted = new Map(worth.map(({ assessment, savings }) => [assessment.functionName, { assessment, savings }]));
  const proposed = [...assessed.values()].filter(isProposed);
  // What attention has no room for would have been proposed as well.
  const leftAlone = [...assessed.values()].filter(({ kind }) => kind === 'Excluded' || kind === 'LeftOut');
  expect(proposed.length).toBeGreaterThan(10);
  expect([...proposed, ...leftAlone].map(({ functionName }) => functionName).sort()).toEqual([...wanted.keys()].sort());
  for (const { functionName, assessment, savings } of proposed) {
    // Through which alias it changes was found out afterwards.
    const { target: _, reason: __, ...decided } = assessment!;
    expect({ assessment: decided, savings }).toMatchObject(wantedOf(functionName));
  }

  // The median is read of those that it decides about, which are held.
  function wantedOf(functionName: string) {
    const { reason: _, metrics, ...assessment } = wanted.get(functionName)!.assessment;
    const { p50DurationMs: __, ...known } = metrics!;
    return { assessment: { ...assessment, metrics: known }, savings: wanted.get(functionName)!.savings };
  }
});

it('finds of every other function what a full reading finds', () => {
  for (const { assessment } of full) {
    const outcome = assessed.get(assessment.functionName)!;
    if (isProposed(outcome) || outcome.kind === 'Excluded') continue;
    const { finding, recommended, risk, candidates, reason } = assessment;
    // One that rests for days is looked at further back than the look-back.
    const words = outcome.assessment?.rhythm === undefined && { reason };
    expect(outcome.assessment).toMatchObject({ finding, recommended, risk, candidates, ...words });
  }
});

it('reads one metric of a function, and four more of one that is proposed', () => {
  const deciding = ['Duration'];
  // Invocations are compared with those of its aliases, as to what is called.
  const all = ['ConcurrentExecutions', ...deciding, 'Errors', 'Invocations', 'Throttles'].sort();
  for (const outcome of assessed.values()) {
    const read = [...(metricsRead.get(outcome.functionName) ?? [])].sort();
    expect(read).toEqual(isProposed(outcome) ? all : deciding);
  }
});

it('leaves alone, by name, what it cannot tell approvers everything about', async () => {
  const blind = await NightWorld.create({ functions: 40, seed: 3 });
  const asksToInform = (input: Record<string, unknown>) => JSON.stringify(input).includes('"Throttles"');
  const error = () => Object.assign(new Error('internal failure'), { name: 'InternalFailure', $fault: 'server' });
  blind.account.faults.add({ service: 'CloudWatch', operation: 'GetMetricData', when: asksToInform, error });
  const ended = await blind.report(await blind.start({ dryRun: true }));
  const { assessed: outcomes, unavailableSources } = ended as unknown as {
    assessed: AssessedOutcome[];
    unavailableSources: unknown;
  };
  const excluded = outcomes.filter(({ exclusionReason }) => exclusionReason === 'SourceUnavailable');
  expect(outcomes.filter(isProposed)).toEqual([]);
  expect(excluded.length).toBeGreaterThan(0);
  for (const { reason } of excluded) expect(reason).toMatch(/how often it fails could not be read: .*internal failure/);
  expect(unavailableSources).toContainEqual(expect.objectContaining({ source: 'Metrics' }));
  blind.dispose();
});
