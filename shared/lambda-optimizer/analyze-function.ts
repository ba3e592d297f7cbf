import { lookback } from '../auto-scaling/lookback.ts';
import { createMetricReader } from '../clients/cloudwatch/function-metrics.ts';
import { createReportStarts } from '../clients/cold-starts/report-starts.ts';
import { findFunction } from '../clients/lambda/find-function.ts';
import { clock } from '../clock.ts';
import { DEFAULT_POLICY } from '../contracts/default-policy.ts';
import { aggregateMetrics } from '../domain/night/evidence/aggregate-metrics.ts';
import { recommend } from '../domain/night/recommendation/recommend.ts';
import type { Recommendation, Strategy } from '../domain/night/recommendation/types.ts';

export interface AnalyzeFunctionInput {
  functionName: string;
  /** @default 'cost' */
  strategy?: Strategy;
  /** @default 14 */
  lookbackDays?: number;
}

/** How a function ran, and what size it should have. */
export interface FunctionAnalysis {
  functionName: string;
  memorySizeMb: number;
  timeoutSeconds: number;
  /** Undefined where CloudWatch has no usable metrics. */
  metrics: ReturnType<typeof aggregateMetrics>;
  /** Most memory used, as a share of the size; undefined without REPORT lines, which is not zero. */
  memoryUtilization: number | undefined;
  recommendation: Recommendation;
}

/**
 * Looks at one function now, by its metrics and its REPORT lines; changes nothing and remembers nothing. The night
 * knows more: every size the function ever had, Compute Optimizer, and the prior that verified changes taught.
 *
 * @throws RangeError for a function that does not exist
 */
export async function analyzeFunction(input: AnalyzeFunctionInput): Promise<FunctionAnalysis> {
  const { functionName, strategy = DEFAULT_POLICY.strategy, lookbackDays = DEFAULT_POLICY.lookbackDays } = input;
  const { maxSlowdown, memoryHeadroom, minimumInvocations } = DEFAULT_POLICY;
  const listed = await findFunction(functionName);
  if (listed === undefined)
    throw new RangeError(`functionName must name a function of the account, got ${functionName}`);
  const window = lookback(clock.now(), lookbackDays);
  const [series] = await createMetricReader().readSeries([functionName], window);
  const metrics = series && aggregateMetrics(series, window, listed.lastModified);
  const starts = (await createReportStarts().read([listed], window)).get(functionName);
  const { memorySizeMb, timeoutSeconds, architecture, codeSha256 } = listed;
  const observation = metrics?.meanDurationMs !== undefined && {
    memorySizeMb,
    codeSha256,
    invocations: metrics.invocations,
    meanDurationMs: metrics.meanDurationMs,
    p50DurationMs: metrics.p50DurationMs,
    p95DurationMs: metrics.p95DurationMs,
    p99DurationMs: metrics.p99DurationMs,
    maxDurationMs: metrics.maxDurationMs,
    errors: metrics.errors,
    throttles: metrics.throttles,
    maxMemoryUsedMb: starts?.maxMemoryUsedMb,
    coldStartShare: starts && starts.coldStarts / starts.reports,
    initDurationMs: starts?.meanInitDurationMs,
    observedAt: metrics.to,
    lookbackDays,
    source: 'CloudWatch' as const,
  };
  const recommendation = recommend({
    id: functionName,
    functionName,
    architecture,
    timeoutSeconds,
    strategy,
    maxSlowdown,
    currentMemorySizeMb: memorySizeMb,
    memoryHeadroom,
    minimumInvocations,
    observations: observation ? [observation] : [],
    requestsPerMonth: metrics?.invocationsPerMonth,
    runtimeMemoryFloorMb: listed.runtimeMemoryFloorMb,
  });
  const memoryUtilization = starts && starts.maxMemoryUsedMb / memorySizeMb;
  return { functionName, memorySizeMb, timeoutSeconds, metrics, memoryUtilization, recommendation };
}
