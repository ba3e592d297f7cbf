import './quiet.ts';
import * as v from 'valibot';
import { LOG_QUERIES_AT_ONCE, RATE_LIMIT_SHARE } from '../../shared/aws-rates.ts';
import { NO_LOOKS } from '../../shared/clients/artifacts/remembered-looks.ts';
import { createMetricReader } from '../../shared/clients/cloudwatch/function-metrics.ts';
import { createInsightsMemory } from '../../shared/clients/cloudwatch/insights-memory.ts';
import { createUnqualifiedTraffic, readSharesAsAssessed } from '../../shared/clients/cloudwatch/unqualified-traffic.ts';
import { createComputeOptimizer } from '../../shared/clients/compute-optimizer/memory-findings.ts';
import { EvidenceSources, sourceReason } from '../../shared/clients/evidence-sources.ts';
import { createFunctionCatalog } from '../../shared/clients/lambda/function-catalog.ts';
import { createReportLogs } from '../../shared/clients/logs/report-logs.ts';
import { createPriceSource } from '../../shared/clients/pricing/price-list.ts';
import { forgetfulSettingRecords } from '../../shared/clients/settings-ledger/setting-records.ts';
import { createFunctionTags } from '../../shared/clients/tagging/function-tags.ts';
import { clock } from '../../shared/clock.ts';
import type { Assessment, EstimateSavingsOutput } from '../../shared/contracts/assessment.ts';
import { assessmentItemSchema, type CollectMetricsOutput } from '../../shared/contracts/evidence.ts';
import type { Exclusion } from '../../shared/contracts/manifest.ts';
import { parseContract } from '../../shared/contracts/parse.ts';
import type { RunContext } from '../../shared/contracts/run.ts';
import type { UnavailableSource } from '../../shared/contracts/source.ts';
import { MINIMUM_UNQUALIFIED_SHARE } from '../../shared/domain/night/eligibility/inspect-candidate.ts';
import { assessFunction } from '../../tasks/night/analyze/assess-function.ts';
import { collectMemoryEvidence } from '../../tasks/night/collect-memory-evidence/collect-memory-evidence.ts';
import { collectMetrics } from '../../tasks/night/collect-metrics/collect-metrics.ts';
import { discoverFunctions } from '../../tasks/night/discover-functions/discover-functions.ts';
import { estimateSavings } from '../../tasks/night/estimate-savings/estimate-savings.ts';
import type { Progress } from './progress.ts';
import type { SavedSteps } from './saved-steps.ts';

/** As the night's batches: 50 functions share GetMetricData calls. */
const BATCH_SIZE = 50;

export interface AccountAssessment {
  /** Everything that was assessed, the largest saving first. */
  functions: { assessment: Assessment; savings: EstimateSavingsOutput['savings']; worthProposing: boolean }[];
  excluded: Exclusion[];
  unavailableSources: UnavailableSource[];
  scannedBytes: number;
}

/** Nothing was ever changed here, as far as somebody without a ledger knows. */
const NO_LEDGER = { getFunctions: async () => new Map<string, never>(), markRevertedByDeploy: async () => {} };

/** Looks at every function of the account with the night's own code; writes nothing but the saved steps. */
export async function assessAccount(
  run: RunContext,
  { steps, progress, scanBudgetBytes }: { steps: SavedSteps; progress: Progress; scanBudgetBytes: number },
): Promise<AccountAssessment> {
  const discovered = await steps.step(
    'discovered',
    () => {
      progress.say('listing functions and their tags');
      const own = { catalog: createFunctionCatalog(), tags: createFunctionTags(), ledger: NO_LEDGER };
      const coldStartSettings = forgetfulSettingRecords();
      return discoverFunctions(
        { run },
        { ...own, coldStartSettings, looks: NO_LOOKS, artifacts: steps, stackName: '' },
      );
    },
    ({ manifestKey, exclusionsKey }) => [manifestKey, exclusionsKey],
  );
  progress.say(`${discovered.functionCount} functions to assess, ${discovered.excludedCount} left alone`);
  const memory = await steps.step(
    'memory',
    () => {
      progress.say('looking up how much memory they use');
      const sources = {
        computeOptimizer: createComputeOptimizer(),
        logs: createReportLogs(),
        insights: createInsightsMemory(),
        looks: NO_LOOKS,
        queriesAtOnce: LOG_QUERIES_AT_ONCE * RATE_LIMIT_SHARE,
      };
      return collectMemoryEvidence({ run, discovered }, { ...sources, artifacts: steps, clock, scanBudgetBytes });
    },
    ({ assessmentKey }) => [assessmentKey],
  );
  const asked = new EvidenceSources((source, error) =>
    progress.say(`${source} did not answer (${sourceReason(error)}); going on without it`),
  );
  const measured = await measure(run, memory.assessmentKey, { steps, progress, sources: asked });
  const functions = await judge(run, measured);
  const pinned = await findPinned(run, functions, asked);
  const excluded = await steps.readJson(discovered.exclusionsKey, (value) => value as Exclusion[]);
  return {
    functions: functions.filter(({ assessment }) => !pinned.has(assessment.functionName)),
    excluded: [...excluded, ...pinned.values()],
    unavailableSources: [
      ...(discovered.unavailableSources ?? []),
      ...(memory.unavailableSources ?? []),
      ...(asked.unavailable ?? []),
    ],
    scannedBytes: memory.scannedBytes,
  };
}

/** A batch without metrics is assessed without: its functions end as not known, and their steps are not saved. */
async function measure(
  run: RunContext,
  key: string,
  { steps, progress, sources }: { steps: SavedSteps; progress: Progress; sources: EvidenceSources },
) {
  const items = await steps.readJson(key, (value) => parseContract('functions', v.array(assessmentItemSchema), value));
  const count = progress.counter('reading metrics', items.length);
  const metrics = createMetricReader();
  const measured: CollectMetricsOutput['items'] = [];
  for (let start = 0; start < items.length; start += BATCH_SIZE) {
    const batch = items.slice(start, start + BATCH_SIZE);
    const output = await sources.ask('Metrics', () =>
      steps.step(`metrics-${start}`, () => collectMetrics({ BatchInput: { run }, Items: batch }, { metrics })),
    );
    measured.push(...(output.available ? output.value.items : batch.map((item) => ({ item }))));
    count(measured.length);
  }
  return measured;
}

async function judge(
  run: RunContext,
  measured: CollectMetricsOutput['items'],
): Promise<AccountAssessment['functions']> {
  const prices = createPriceSource(clock);
  const judged: AccountAssessment['functions'] = [];
  for (const { item, metrics, rhythm } of measured) {
    const assessment = assessFunction({ run, item, metrics, rhythm });
    const { savings, worthProposing } = await estimateSavings({ run, assessment }, { prices });
    judged.push({ assessment, savings, worthProposing });
  }
  return judged.sort((a, b) => b.savings.savingsUsdPerMonth - a.savings.savingsUsdPerMonth);
}

/** Functions that would be proposed and are called by an alias or a version; where nobody can say, all of them. */
async function findPinned(
  run: RunContext,
  functions: AccountAssessment['functions'],
  sources: EvidenceSources,
): Promise<Map<string, Exclusion>> {
  const wanted = functions.filter(({ worthProposing }) => worthProposing).map(({ assessment }) => assessment);
  const ask = () => readSharesAsAssessed(run, wanted, createUnqualifiedTraffic());
  const shares = await sources.ask('Traffic', ask);
  const pinned = new Map<string, Exclusion>();
  for (const { functionName, functionArn } of wanted) {
    const share = shares.available ? (shares.value.get(functionName) ?? 1) : 0;
    if (share >= MINIMUM_UNQUALIFIED_SHARE) continue;
    const why = shares.available
      ? ({
          reason: 'AliasPinned',
          message: 'most of its calls go to an alias or a version; the deployed night looks whether it can be shifted',
        } as const)
      : ({
          reason: 'SourceUnavailable',
          message: `by which name it is called could not be read: ${shares.reason}`,
        } as const);
    pinned.set(functionName, { functionName, functionArn, ...why });
  }
  return pinned;
}
