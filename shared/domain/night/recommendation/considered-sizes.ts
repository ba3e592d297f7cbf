import { asksFamiliarSizes, exactSteps } from './attention-price.ts';
import { briefRulesSize } from './brief-rules.ts';
import { FAMILIAR_SIZES_MB } from './familiar-sizes.ts';
import { lastingRange, ONE_VCPU_MB, RECOGNISABLE_SIZES_MB, reachableRange, type SizeRange } from './memory-sizes.ts';
import type { Observation, RecommendationRequest } from './types.ts';

/**
 * Recognisable sizes the function may have one day, small steps from today's, and those that mean something already. Steps
 * of 5 and 10 % stay within the usual guards whatever the curve (at most the CPU's share is lost), and even so small a step
 * tells waiting from computing.
 */
export function consideredSizes(request: RecommendationRequest, observations: readonly Observation[]): number[] {
  const lasting = lastingRange(request);
  const reachable = reachableRange(request);
  const seen = observations.map((each) => each.memorySizeMb);
  const useful = RECOGNISABLE_SIZES_MB.filter((size) => size <= mostUsefulMb(request));
  const within = [...useful, ...seen].filter((size) => isWithin(size, lasting));
  const familiar = asksFamiliarSizes(request) ? FAMILIAR_SIZES_MB.filter((size) => size <= mostUsefulMb(request)) : [];
  const steps = [...familiar, ...exactSteps(request, observations)];
  const always = [lasting.minMb, reachable.minMb, request.currentMemorySizeMb];
  if (request.strategy === 'brief-rules') always.push(briefRulesSize(request));
  return [...new Set([...within, ...steps.filter((size) => isWithin(size, reachable)), ...always])].sort(
    (a, b) => a - b,
  );
}

/** Under `cost` a size far above the present one can't pay: beyond one vCPU it would have to halve the duration for that. */
function mostUsefulMb({ strategy, currentMemorySizeMb, baselineMemorySizeMb = 0 }: RecommendationRequest): number {
  if (strategy !== 'cost') return Number.POSITIVE_INFINITY;
  return 2 * Math.max(ONE_VCPU_MB, currentMemorySizeMb, baselineMemorySizeMb);
}

const isWithin = (size: number, { minMb, maxMb }: SizeRange): boolean => size >= minMb && size <= maxMb;
