import type { AnalyzeInput } from '../../../shared/contracts/evidence.ts';
import type { StoredObservation } from '../../../shared/contracts/manifest.ts';
import { coveredPolicy } from '../../../shared/domain/approval/standing-consent/covered-policy.ts';
import type { AcceptedMemory } from '../../../shared/domain/night/evidence/accepted-memory.ts';
import { leastInvocations } from '../../../shared/domain/night/recommendation/rare-runs.ts';
import type { Observation, RecommendationRequest } from '../../../shared/domain/night/recommendation/types.ts';

const DAY_MS = 86_400_000;

/**
 * What the model is asked: production as it is now, every size the ledger remembers, and the run's policy. Without
 * memory evidence that may be relied on, older observations lose theirs too, so that memory is not lowered on a
 * memory of what another deployment once used.
 */
export function buildRequest(
  { run, item, metrics, rhythm }: AnalyzeInput,
  memory: AcceptedMemory,
): RecommendationRequest {
  const { policy } = run;
  const former = item.observations.map((each) => formerObservation(each, item.codeSha256, memory));
  const current = currentObservation({ item, metrics }, memory);
  return {
    id: item.functionName,
    functionName: item.functionName,
    architecture: item.architecture,
    timeoutSeconds: item.timeoutSeconds,
    strategy: policy.strategy,
    balancedWeight: policy.balancedWeight,
    maxSlowdown: policy.maxSlowdown,
    currentMemorySizeMb: item.memorySizeMb,
    baselineMemorySizeMb: item.baselineMemorySizeMb,
    bounds: { minMb: policy.minimumMemorySizeMb, maxMb: policy.maximumMemorySizeMb },
    observations: current === undefined ? former : [...former, current],
    memoryHeadroom: policy.memoryHeadroom,
    minimumInvocations: leastInvocations(policy.minimumInvocations, rhythm),
    rhythm,
    outOfMemoryCount: ranOutOfMemory(item.memorySizeMb, memory) ? 1 : 0,
    computeOptimizer: item.memoryEvidence.computeOptimizer,
    requestsPerMonth: metrics?.invocationsPerMonth,
    minimumSavingsUsdPerMonth: policy.minimumSavingsUsdPerMonth,
    runtimeMemoryFloorMb: item.runtimeMemoryFloorMb,
  };
}

/** The same question within the sizes that an earlier approval covers, where nobody has to be asked about the step. */
export function coveredRequest(input: AnalyzeInput, memory: AcceptedMemory): RecommendationRequest | undefined {
  const { coveredSizes } = input.item;
  if (coveredSizes === undefined) return undefined;
  const { policy } = input.run;
  return {
    ...buildRequest(input, memory),
    bounds: {
      minMb: Math.max(policy.minimumMemorySizeMb, coveredSizes.leastMb),
      maxMb: Math.min(policy.maximumMemorySizeMb, coveredSizes.mostMb),
    },
    minimumSavingsUsdPerMonth: coveredPolicy(policy).minimumSavingsUsdPerMonth,
  };
}

/** Memory used reaches the size exactly when the process is about to be killed, so `>=`, not `>`. */
function ranOutOfMemory(memorySizeMb: number, { maxMemoryUsedMb }: AcceptedMemory): boolean {
  return maxMemoryUsedMb !== undefined && maxMemoryUsedMb >= memorySizeMb;
}

/** Absent without a duration: throttled calls alone say nothing of how long a call takes. */
function currentObservation(
  { item, metrics }: Pick<AnalyzeInput, 'item' | 'metrics'>,
  memory: AcceptedMemory,
): Observation | undefined {
  if (metrics?.meanDurationMs === undefined) return undefined;
  const { coldStartShare, initDurationMs } = item.memoryEvidence;
  return {
    memorySizeMb: item.memorySizeMb,
    invocations: metrics.invocations,
    warmUpCalls: metrics.warmUpCalls,
    meanDurationMs: metrics.meanDurationMs,
    p50DurationMs: metrics.p50DurationMs,
    p95DurationMs: metrics.p95DurationMs,
    p99DurationMs: metrics.p99DurationMs,
    maxDurationMs: metrics.maxDurationMs,
    maxMemoryUsedMb: memory.maxMemoryUsedMb,
    observedAt: metrics.to,
    lookbackDays: (Date.parse(metrics.to) - Date.parse(metrics.from)) / DAY_MS,
    errors: metrics.errors,
    throttles: metrics.throttles,
    coldStartShare,
    initDurationMs,
    codeSha256: item.codeSha256,
    source: 'CloudWatch',
  };
}

/** Stored hashes may be cut short; the same code gets the same hash again. */
function formerObservation(former: StoredObservation, codeSha256: string, memory: AcceptedMemory): Observation {
  const { maxMemoryUsedMb, ...rest } = former;
  const sameCode = former.codeSha256 !== undefined && codeSha256.startsWith(former.codeSha256);
  return {
    ...rest,
    ...(sameCode && { codeSha256 }),
    ...(memory.maxMemoryUsedMb !== undefined && { maxMemoryUsedMb }),
  };
}
