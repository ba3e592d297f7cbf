import { defaultUnitPrices } from '../pricing/fallback-prices.ts';
import { invocationCostUsd } from '../pricing/lambda-cost.ts';
import { ONE_VCPU_MB, RECOGNISABLE_SIZES_MB, reachableRange } from './memory-sizes.ts';
import type { Candidate, Recommendation, RecommendationRequest } from './types.ts';

const SHARES = Array.from({ length: 21 }, (_, index) => index / 20);
const NOISE = 0.1;

function shape(ioShare: number, memorySizeMb: number): number {
  return ioShare + (1 - ioShare) * (ONE_VCPU_MB / Math.min(memorySizeMb, ONE_VCPU_MB));
}

/** Chooses a memory size from production evidence alone. */
export function recommend(request: RecommendationRequest): Recommendation {
  const usable = request.observations.filter((each) => each.invocations >= (request.minimumInvocations ?? 1));
  const latest = usable.findLast((each) => each.memorySizeMb === request.currentMemorySizeMb) ?? usable.at(-1);
  if (latest === undefined) return unavailable(request);
  const weights = SHARES.map((share) =>
    Math.exp(
      -usable.reduce((sum, each) => {
        const expected = latest.meanDurationMs * (shape(share, each.memorySizeMb) / shape(share, latest.memorySizeMb));
        return sum + Math.log(each.meanDurationMs / expected) ** 2 / (2 * NOISE * NOISE);
      }, 0),
    ),
  );
  const total = weights.reduce((a, b) => a + b, 0) || 1;
  const mean = (memorySizeMb: number): number =>
    SHARES.reduce(
      (sum, share, index) =>
        sum +
        ((weights[index]! / total) * latest.meanDurationMs * shape(share, memorySizeMb)) /
          shape(share, latest.memorySizeMb),
      0,
    );
  const prices = request.prices ?? defaultUnitPrices(request.architecture);
  const reach = reachableRange(request);
  const baseline = mean(request.baselineMemorySizeMb ?? usable[0]!.memorySizeMb);
  const current = request.currentMemorySizeMb;
  const currentCost = invocationCostUsd({ memorySizeMb: current, meanDurationMs: mean(current), ...prices });
  const p95Ratio = (latest.p95DurationMs ?? latest.meanDurationMs * 1.5) / latest.meanDurationMs;
  const candidates: Candidate[] = [...new Set([...RECOGNISABLE_SIZES_MB, current])]
    .filter((size) => size === current || (size >= reach.minMb && size <= reach.maxMb))
    .sort((a, b) => a - b)
    .map((memorySizeMb) => {
      const meanDurationMs = mean(memorySizeMb);
      const cost = invocationCostUsd({ memorySizeMb, meanDurationMs, ...prices });
      const meetsGuard = meanDurationMs <= baseline * (1 + (request.maxSlowdown ?? 0.1));
      return {
        memorySizeMb,
        meanDurationMs,
        meanDurationLowerMs: meanDurationMs * 0.8,
        meanDurationUpperMs: meanDurationMs * 1.25,
        p95DurationMs: meanDurationMs * p95Ratio,
        p95DurationLowerMs: meanDurationMs * p95Ratio * 0.8,
        p95DurationUpperMs: meanDurationMs * p95Ratio * 1.25,
        costUsdPerMillion: cost * 1e6,
        costLowerUsdPerMillion: cost * 0.8e6,
        costUpperUsdPerMillion: cost * 1.25e6,
        relativeCost: cost / currentCost,
        relativeDuration: meanDurationMs / mean(current),
        guardProbability: meetsGuard ? 0.95 : 0.05,
        meetsGuard,
        reachable: true,
        observed: usable.some((each) => each.memorySizeMb === memorySizeMb),
      };
    });
  const weight = request.strategy === 'speed' ? 0.05 : (request.balancedWeight ?? 0.5);
  const score = (each: Candidate): number =>
    request.strategy === 'cost'
      ? each.relativeCost + (each.meetsGuard ? 0 : 10)
      : weight * each.relativeCost + (1 - weight) * each.relativeDuration;
  const ranked = candidates.toSorted((a, b) => score(a) - score(b));
  const here = candidates.find((each) => each.memorySizeMb === current);
  const predicted = here && score(here) < score(ranked[0]!) * 1.02 ? here : ranked[0]!;
  const changed = predicted.memorySizeMb !== current;
  const saved = request.requestsPerMonth && currentCost * (1 - predicted.relativeCost) * request.requestsPerMonth;
  return {
    id: request.id,
    finding: changed ? 'NotOptimized' : 'Optimized',
    findingReasons: changed
      ? [predicted.memorySizeMb < current ? 'MemoryOverprovisioned' : 'MemoryUnderprovisioned']
      : [],
    recommendedMemorySizeMb: predicted.memorySizeMb,
    reason: changed
      ? `${predicted.memorySizeMb} MB should cost ${Math.round((1 - predicted.relativeCost) * 100)} % less at ${Math.round((predicted.relativeDuration - 1) * 100)} % more duration`
      : 'no size in reach is better than the current one by more than the noise',
    predicted,
    candidates,
    runnerUp: ranked.find((each) => each !== predicted),
    risk: 'Low',
    advice: [],
    ...(saved === undefined ? {} : { estimatedSavingsUsdPerMonth: saved, estimatedSavingsUsdPerYear: saved * 12 }),
  };
}

function unavailable(request: RecommendationRequest): Recommendation {
  return {
    id: request.id,
    finding: 'Unavailable',
    findingReasons: ['InsufficientData'],
    recommendedMemorySizeMb: request.currentMemorySizeMb,
    reason: 'there is no usable observation of the function',
    candidates: [],
    risk: 'VeryLow',
    advice: [],
  };
}
