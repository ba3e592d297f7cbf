import { fallbackPrices } from '../../pricing/fallback-prices.ts';
import { invocationCostUsd } from '../../pricing/lambda-cost.ts';
import { latestObservation } from './evidence.ts';
import type { Advice, Observation, RecommendationRequest, UnitPrices } from './types.ts';

/** Share of billed time spent in INIT from which cold starts are worth a person's look. */
const NOTABLE_INIT_SHARE = 0.1;
/** Peak utilization of provisioned concurrency below which part of it is idle. */
const IDLE_UTILIZATION = 0.5;
const SECONDS_PER_MONTH = 30 * 86_400;

/** Things worth doing that Rightsizer leaves to people: it changes memory and timeout only. */
export function adviceFor(
  request: RecommendationRequest,
  observations: readonly Observation[],
  prices: UnitPrices,
): Advice[] {
  const latest = latestObservation(observations, request.currentMemorySizeMb);
  return [
    ...arm64Advice(request, latest, prices),
    ...initAdvice(latest),
    ...idleProvisionedConcurrencyAdvice(request),
    ...leakAdvice(request),
  ];
}

/** arm64 costs a fifth less a GB-second; the code must change hands for it, so it stays advice. */
function arm64Advice(request: RecommendationRequest, latest: Observation, prices: UnitPrices): Advice[] {
  if (request.architecture === 'arm64' || request.arm64Compatible === false) return [];
  const { arm64, x86_64 } = fallbackPrices().architectures;
  const ratio = arm64.durationTiers[0]!.usdPerGbSecond / x86_64.durationTiers[0]!.usdPerGbSecond;
  const at = { memorySizeMb: request.currentMemorySizeMb, meanDurationMs: latest.meanDurationMs };
  const saved =
    invocationCostUsd({ ...at, ...prices }) -
    invocationCostUsd({ ...at, ...prices, usdPerGbSecond: prices.usdPerGbSecond * ratio });
  const condition = request.arm64Compatible === true ? '' : ' if every dependency is built for it';
  return [
    {
      kind: 'arm64',
      message: `moving to arm64 would cost about ${Math.round((1 - ratio) * 100)} % less per GB-second at the same duration${condition}`,
      ...(request.requestsPerMonth === undefined
        ? {}
        : { estimatedSavingsUsdPerMonth: saved * request.requestsPerMonth }),
    },
  ];
}

/** INIT is billed since 2025-08-01 and no memory metric shows it. */
function initAdvice(latest: Observation): Advice[] {
  const initMs = (latest.initDurationMs ?? 0) * (latest.coldStartShare ?? 0);
  const share = initMs / (initMs + latest.meanDurationMs);
  if (share < NOTABLE_INIT_SHARE) return [];
  const message = `${Math.round(share * 100)} % of the billed time is INIT: a smaller bundle or SnapStart would save more than memory can`;
  return [{ kind: 'init-share', message }];
}

function idleProvisionedConcurrencyAdvice(request: RecommendationRequest): Advice[] {
  const { configured = 0, maxUtilization } = request.provisionedConcurrency ?? {};
  if (configured === 0 || maxUtilization === undefined || maxUtilization >= IDLE_UTILIZATION) return [];
  const needed = Math.ceil(configured * maxUtilization);
  const idle = configured - needed;
  if (idle === 0) return [];
  const price = fallbackPrices().architectures[request.architecture].provisionedUsdPerGbSecond;
  return [
    {
      kind: 'idle-provisioned-concurrency',
      message: `at most ${needed} of ${configured} provisioned environments were ever busy`,
      estimatedSavingsUsdPerMonth: idle * (request.currentMemorySizeMb / 1024) * SECONDS_PER_MONTH * price,
    },
  ];
}

function leakAdvice(request: RecommendationRequest): Advice[] {
  if (request.memoryLeakSuspected !== true) return [];
  return [{ kind: 'memory-leak', message: 'memory use keeps growing while environments live: look for a leak' }];
}
