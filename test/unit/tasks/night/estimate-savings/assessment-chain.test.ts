import { NO_LOOKS } from '../../../../../shared/clients/artifacts/remembered-looks.ts';
import '../../../shared/clients/fake-aws.ts';
import { SandboxAccount } from '../../../../../sandbox/account/sandbox-account.ts';
import { VirtualClock } from '../../../../../sandbox/clock/virtual-clock.ts';
import { createFleet, type Fleet } from '../../../../../sandbox/fleet/fleet.ts';
import { installFleet } from '../../../../../sandbox/fleet/install.ts';
import { createMetricReader } from '../../../../../shared/clients/cloudwatch/function-metrics.ts';
import { createInsightsMemory } from '../../../../../shared/clients/cloudwatch/insights-memory.ts';
import { createComputeOptimizer } from '../../../../../shared/clients/compute-optimizer/memory-findings.ts';
import { createFunctionCatalog } from '../../../../../shared/clients/lambda/function-catalog.ts';
import { createReportLogs } from '../../../../../shared/clients/logs/report-logs.ts';
import { createPriceSource } from '../../../../../shared/clients/pricing/price-list.ts';
import { registerClientPlugin } from '../../../../../shared/clients/sdk.ts';
import { forgetfulSettingRecords } from '../../../../../shared/clients/settings-ledger/setting-records.ts';
import { createFunctionTags } from '../../../../../shared/clients/tagging/function-tags.ts';
import type { EstimateSavingsOutput } from '../../../../../shared/contracts/assessment.ts';
import type { AssessmentItem } from '../../../../../shared/contracts/evidence.ts';
import type { Exclusion } from '../../../../../shared/contracts/manifest.ts';
import { analyze } from '../../../../../tasks/night/analyze/analyze.ts';
import { collectMemoryEvidence } from '../../../../../tasks/night/collect-memory-evidence/collect-memory-evidence.ts';
import { collectMetrics } from '../../../../../tasks/night/collect-metrics/collect-metrics.ts';
import { discoverFunctions } from '../../../../../tasks/night/discover-functions/discover-functions.ts';
import { estimateSavings } from '../../../../../tasks/night/estimate-savings/estimate-savings.ts';
import { runContext, STARTED_AT } from '../../../shared/domain/night/evidence/builders.ts';
import { memoryArtifacts } from '../discover-functions/memory-artifacts.ts';

const FUNCTIONS = 100;
const BATCH = 50;
const run = runContext();

/** The five stages over a simulated account, through the real SDK clients, each output into the next parser. */
async function assess(account: SandboxAccount, clock: VirtualClock) {
  const stop = registerClientPlugin(account.plugin());
  try {
    return await clock.complete(() => stages(clock));
  } finally {
    stop();
  }
}

async function stages(clock: VirtualClock) {
  const artifacts = memoryArtifacts();
  const ledger = { getFunctions: async () => new Map(), markRevertedByDeploy: async () => {} };
  const discovered = await discoverFunctions(
    { run },
    {
      catalog: createFunctionCatalog(),
      tags: createFunctionTags(),
      ledger,
      coldStartSettings: forgetfulSettingRecords(),
      looks: NO_LOOKS,
      artifacts,
      stackName: 'Rightsizer',
    },
  );
  const evidence = await collectMemoryEvidence(
    { run, discovered },
    {
      artifacts,
      computeOptimizer: createComputeOptimizer(),
      logs: createReportLogs(),
      insights: createInsightsMemory(),
      looks: NO_LOOKS,
      clock,
      scanBudgetBytes: 1e12,
      queriesAtOnce: 15,
    },
  );
  const items = artifacts.objects[evidence.assessmentKey] as AssessmentItem[];
  const prices = createPriceSource(clock);
  const outcomes: EstimateSavingsOutput[] = [];
  for (let start = 0; start < items.length; start += BATCH) {
    const Items = items.slice(start, start + BATCH);
    const batch = await collectMetrics({ BatchInput: { run }, Items }, { metrics: createMetricReader() });
    for (const each of JSON.parse(JSON.stringify(batch.items))) {
      const { assessment } = await analyze({ run, ...each });
      outcomes.push(await estimateSavings({ run, assessment: JSON.parse(JSON.stringify(assessment)) }, { prices }));
    }
  }
  return {
    discovered,
    evidence,
    items,
    outcomes,
    exclusions: artifacts.objects[discovered.exclusionsKey] as Exclusion[],
  };
}

describe('the five stages over a simulated account', () => {
  let fleet: Fleet;
  let account: SandboxAccount;
  let result: Awaited<ReturnType<typeof stages>>;

  beforeAll(async () => {
    const clock = new VirtualClock(Date.parse(STARTED_AT));
    account = new SandboxAccount({ clock, seed: 1 });
    fleet = createFleet({ seed: 1, functions: FUNCTIONS, startDate: clock.now() });
    installFleet(fleet, account);
    result = await assess(account, clock);
  }, 60_000);

  it('accounts for every function exactly once', () => {
    const names = [...result.items, ...result.exclusions].map((each) => each.functionName);
    expect(names.sort()).toEqual(fleet.functions.map((fn) => fn.name).sort());
    expect(result.outcomes).toHaveLength(result.items.length);
  });

  it.each([
    ['optedOut', 'OptedOut'],
    ['edgeReplica', 'LambdaAtEdge'],
    ['managedInstances', 'ManagedInstances'],
    ['durable', 'DurableFunction'],
  ])('excludes the functions of kind %s as %s', (kind, reason) => {
    const names = fleet.functions.filter((fn) => fn.kind === kind).map((fn) => fn.name);
    expect(names.length).toBeGreaterThan(0);
    const excluded = result.exclusions.filter((each) => each.reason === reason).map((each) => each.functionName);
    expect(excluded).toEqual(expect.arrayContaining(names));
  });

  it('finds memory evidence of most functions, and a reason where it finds none', () => {
    const { functionsBySource } = result.evidence;
    expect(functionsBySource.ComputeOptimizer).toBeGreaterThan(0);
    expect(functionsBySource.ReportLines).toBeGreaterThan(0);
    expect(functionsBySource.none).toBeLessThan(result.items.length / 4);
    for (const { memoryEvidence } of result.items) {
      expect(memoryEvidence.maxMemoryUsedMb === undefined).toBe(memoryEvidence.source === 'none');
      if (memoryEvidence.source === 'none') expect(memoryEvidence.reason).toBeTruthy();
    }
  });

  it('never lowers memory without evidence of how much is used, nor below what is', () => {
    for (const { assessment } of result.outcomes) {
      const { current, recommended, memory } = assessment;
      if (recommended.memorySizeMb >= current.memorySizeMb) continue;
      expect(memory.maxMemoryUsedMb).toBeLessThan(recommended.memorySizeMb);
    }
  });

  it('finds something worth proposing and takes prices from the list', () => {
    const worth = result.outcomes.filter((each) => each.worthProposing);
    expect(worth.length).toBeGreaterThan(FUNCTIONS / 20);
    expect(result.outcomes.every((each) => each.savings.priceSource === 'PriceList')).toBe(true);
    expect(account.calls.get('Pricing.GetProducts')).toBe(1);
  });

  it('asks AWS per page and per batch, never per function', () => {
    // One for the batch, one for those of it that rest for days; and Lambda Insights is asked once.
    expect(account.calls.get('CloudWatch.GetMetricData')).toBeLessThanOrEqual(
      2 * Math.ceil(result.items.length / BATCH) + 1,
    );
    expect(account.calls.get('Lambda.ListFunctions')).toBe(FUNCTIONS / 50);
    expect(account.calls.has('Lambda.ListTags')).toBe(false);
    expect(account.calls.get('CloudWatchLogs.StartQuery')).toBeLessThan(10);
  });
});
