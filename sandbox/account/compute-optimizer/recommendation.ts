import type {
  LambdaFunctionMemoryRecommendationOption,
  LambdaFunctionRecommendation,
} from '@aws-sdk/client-compute-optimizer';
import { sha256Hex } from '../core/ids.ts';
import type { FunctionRecord } from '../lambda/function-record.ts';
import type { FunctionTelemetry } from '../telemetry.ts';

const DAY_MS = 86_400_000;
/** "Functions must have 1,792 MB or less of configured memory and at least 50 invocations in the last 14 days." */
const MOST_MEMORY_MB = 1_792;
const LEAST_INVOCATIONS = 50;
const LOOKBACK_DAYS = 14;

/**
 * AWS does not publish how it decides. Assumed here: over 90 % of memory in use is too little; too much when a smaller
 * size of this ladder keeps 30 % headroom and costs at least 5 % less by its own projection.
 */
const TIGHT_SHARE = 0.9;
const HEADROOM = 1.3;
const LEAST_GAIN = 0.05;
const SIZE_LADDER_MB = [128, 160, 192, 256, 320, 384, 512, 640, 768, 896, 1024, 1280, 1536, 1792];
const MOST_OPTIONS = 3;
/** Projections err by a few percent, and their bounds widen with the step. */
const PROJECTION_ERROR = 0.08;
const BOUND_PER_HALVING = 0.15;
const USD_PER_GB_SECOND = 0.0000166667;

interface Usage {
  readonly invocations: number;
  readonly meanMs: number;
  readonly maxMs: number;
  readonly maxMemoryUsedMb: number;
}

function usageOf(record: FunctionRecord, telemetry: FunctionTelemetry, endMs: number): Usage | undefined {
  const grid = { startMs: endMs - LOOKBACK_DAYS * DAY_MS, periodMs: LOOKBACK_DAYS * DAY_MS, count: 1 };
  const columns = telemetry.metrics(record.name, { resource: record.name }, grid);
  if (!columns) return undefined;
  const invocations = columns.invocations[0]!;
  if (invocations < LEAST_INVOCATIONS || record.configuration.MemorySize! > MOST_MEMORY_MB) {
    return { invocations, meanMs: 0, maxMs: 0, maxMemoryUsedMb: 0 };
  }
  const logs = telemetry.logs(record.name, grid.startMs, endMs);
  const maxMemoryUsedMb =
    logs?.mostMemoryUsedMb ?? Math.max(...(logs?.rows ?? []).map((row) => row.maxMemoryUsedMb), 0);
  return {
    invocations,
    meanMs: columns.durationSumMs[0]! / invocations,
    maxMs: columns.durationMaxMs[0]!,
    maxMemoryUsedMb,
  };
}

/** One function's recommendation as of the last daily refresh; undefined for functions it does not look at. */
export function recommendationFor(
  record: FunctionRecord,
  telemetry: FunctionTelemetry,
  accountId: string,
  refreshedAtMs: number,
): LambdaFunctionRecommendation | undefined {
  const usage = usageOf(record, telemetry, refreshedAtMs);
  if (!usage) return undefined;
  const currentMemorySize = record.configuration.MemorySize!;
  const common = {
    functionArn: `${record.arn}:$LATEST`,
    functionVersion: '$LATEST',
    accountId,
    currentMemorySize,
    numberOfInvocations: usage.invocations,
    lookbackPeriodInDays: LOOKBACK_DAYS,
    lastRefreshTimestamp: new Date(refreshedAtMs),
  };
  if (usage.invocations < LEAST_INVOCATIONS || currentMemorySize > MOST_MEMORY_MB || usage.maxMemoryUsedMb === 0) {
    const reason = usage.invocations < LEAST_INVOCATIONS ? ('InsufficientData' as const) : ('Inconclusive' as const);
    return {
      ...common,
      finding: 'Unavailable',
      findingReasonCodes: [reason],
      utilizationMetrics: [],
      memorySizeRecommendationOptions: [],
    };
  }
  return { ...common, ...verdict(record, telemetry, usage) };
}

function verdict(
  record: FunctionRecord,
  telemetry: FunctionTelemetry,
  usage: Usage,
): Partial<LambdaFunctionRecommendation> {
  const current = record.configuration.MemorySize!;
  const utilizationMetrics = [
    { name: 'Duration' as const, statistic: 'Maximum' as const, value: round(usage.maxMs) },
    { name: 'Memory' as const, statistic: 'Maximum' as const, value: usage.maxMemoryUsedMb },
  ];
  const isTight = usage.maxMemoryUsedMb >= TIGHT_SHARE * current;
  const candidates = SIZE_LADDER_MB.filter(
    (size) =>
      size !== current && size >= usage.maxMemoryUsedMb * HEADROOM && (isTight ? size > current : size < current),
  );
  const options = candidates
    .map((size) => option(record, telemetry, usage, size))
    .filter((candidate) => isTight || candidate.gain >= LEAST_GAIN)
    .sort((a, b) => b.gain - a.gain)
    .slice(0, MOST_OPTIONS)
    .map((candidate, index) => ({ ...candidate.option, rank: index + 1 }));
  const risk = isTight ? ('High' as const) : ('VeryLow' as const);
  if (options.length === 0) {
    return {
      finding: 'Optimized',
      findingReasonCodes: [],
      utilizationMetrics,
      memorySizeRecommendationOptions: [],
      currentPerformanceRisk: risk,
    };
  }
  const reason = isTight ? ('MemoryUnderprovisioned' as const) : ('MemoryOverprovisioned' as const);
  return {
    finding: 'NotOptimized',
    findingReasonCodes: [reason],
    utilizationMetrics,
    memorySizeRecommendationOptions: options,
    currentPerformanceRisk: risk,
  };
}

function option(
  record: FunctionRecord,
  telemetry: FunctionTelemetry,
  usage: Usage,
  sizeMb: number,
): { option: LambdaFunctionMemoryRecommendationOption; gain: number } {
  const current = record.configuration.MemorySize!;
  const ratio =
    telemetry.expectedDurationMs(record.name, sizeMb)! / telemetry.expectedDurationMs(record.name, current)!;
  const luck = Number.parseInt(sha256Hex(`${record.name}/${sizeMb}`).slice(0, 4), 16) / 0x8000 - 1;
  const expected = usage.meanMs * ratio * (1 + PROJECTION_ERROR * luck);
  const width = BOUND_PER_HALVING * Math.abs(Math.log2(sizeMb / current)) + PROJECTION_ERROR;
  const cost = (memoryMb: number, ms: number) => (memoryMb / 1024) * (ms / 1000) * USD_PER_GB_SECOND;
  const gain = 1 - cost(sizeMb, expected) / cost(current, usage.meanMs);
  const monthlyUsd =
    (cost(current, usage.meanMs) - cost(sizeMb, expected)) * usage.invocations * (365 / 12 / LOOKBACK_DAYS);
  const savings = {
    savingsOpportunityPercentage: round(Math.max(0, gain * 100)),
    estimatedMonthlySavings: { currency: 'USD' as const, value: round(Math.max(0, monthlyUsd)) },
  };
  return {
    gain,
    option: {
      memorySize: sizeMb,
      projectedUtilizationMetrics: [
        { name: 'Duration', statistic: 'LowerBound', value: round(expected * (1 - width)) },
        { name: 'Duration', statistic: 'Expected', value: round(expected) },
        { name: 'Duration', statistic: 'UpperBound', value: round(expected * (1 + width)) },
      ],
      savingsOpportunity: savings,
      savingsOpportunityAfterDiscounts: savings,
    },
  };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
