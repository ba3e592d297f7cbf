import { METRIC_PRICES } from '../../shared/cloudwatch-metrics/metrics-cost.ts';
import { fallbackPrices } from '../../shared/domain/pricing/fallback-prices.ts';
import { invocationCostUsd } from '../../shared/domain/pricing/lambda-cost.ts';
import type { Basis } from './checks.ts';
import type profileOnDisk from './cost-profile.json';

export type CostProfile = typeof profileOnDisk;

/** Work of one request on average, as the local run measured it. */
export interface MeasuredRequest {
  readonly cacheHitRate: number;
  /** The handler's own mean duration at this machine's speed, DynamoDB's answer time included. */
  readonly meanDurationMs: number;
  /** The part of it spent waiting for DynamoDB: does not grow when the CPU share shrinks. */
  readonly meanWaitMs: number;
  readonly initMs: number;
  readonly readsPerRequest: number;
  readonly metricBytesPerRequest: number;
  readonly customMetrics: number;
}

export interface CostLine {
  readonly item: string;
  readonly usdPerUserPerMonth: number;
  readonly work: string;
  readonly basis: Basis;
}

/** Lambda gives one full vCPU at this memory size, and a share in proportion below it. */
const FULL_VCPU_MB = 1_769;

/** Cost of one user a month: measured work × price table × assumed use; each line says what it rests on. */
export function costPerUser(request: MeasuredRequest, profile: CostProfile): CostLine[] {
  const questions = profile.questionsPerUserPerMonth;
  const billedMs = billedDurationMs(request, profile);
  const misses = questions * (1 - request.cacheHitRate);
  const reads = questions * request.readsPerRequest;
  const logBytes = questions * (request.metricBytesPerRequest + profile.platformLogBytesPerRequest);
  return [
    line(
      'Lambda',
      questions * lambdaUsd(billedMs, profile),
      `${billedMs.toFixed(1)} ms at ${profile.memorySizeMb} MB`,
      'modelled',
    ),
    line('DynamoDB', readsUsd(reads, profile), `${reads.toFixed(0)} reads`, 'measured'),
    line(
      'Logs',
      (logBytes / 2 ** 30) * profile.logs.usdPerGbIngested,
      `${(logBytes / 1024).toFixed(0)} KB`,
      'measured',
    ),
    line('Metrics', metricsUsd(request, profile), `${request.customMetrics} custom metrics`, 'measured'),
    line('AI', misses * aiUsd(profile), `${misses.toFixed(0)} answers`, 'modelled'),
    line('Storage', profile.storageUsdPerUserPerMonth.value, "the brief's figure", 'modelled'),
  ];
}

function line(item: string, usdPerUserPerMonth: number, work: string, basis: Basis): CostLine {
  return { item, usdPerUserPerMonth, work, basis };
}

/** CPU time grows as the memory size's CPU share shrinks; waiting does not. Cold starts bill their INIT as well. */
export function billedDurationMs(request: MeasuredRequest, profile: CostProfile): number {
  const slowdown = Math.max(1, FULL_VCPU_MB / profile.memorySizeMb);
  const cpuMs = Math.max(0, request.meanDurationMs - request.meanWaitMs);
  return request.meanWaitMs + cpuMs * slowdown + profile.coldStartShare * request.initMs * slowdown;
}

function lambdaUsd(billedMs: number, profile: CostProfile): number {
  const prices = fallbackPrices().architectures[profile.architecture === 'arm64' ? 'arm64' : 'x86_64'];
  return invocationCostUsd({
    memorySizeMb: profile.memorySizeMb,
    meanDurationMs: billedMs,
    usdPerGbSecond: prices.durationTiers[0]!.usdPerGbSecond,
    usdPerRequest: prices.usdPerRequest,
  });
}

function readsUsd(reads: number, { dynamoDB }: CostProfile): number {
  return (reads * dynamoDB.readUnitsPerRead * dynamoDB.usdPerMillionReadUnits) / 1e6;
}

function metricsUsd(request: MeasuredRequest, profile: CostProfile): number {
  return (request.customMetrics * METRIC_PRICES.usdPerMetricMonth) / profile.users;
}

function aiUsd({ ai }: CostProfile): number {
  const inputUsd = ai.inputTokensPerAnswer * ai.usdPerMillionInputTokens;
  return (inputUsd + ai.outputTokensPerAnswer * ai.usdPerMillionOutputTokens) / 1e6;
}
