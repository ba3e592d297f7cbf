import { maxMemoryUsedMb, mayStay, reachableRange } from './memory-sizes.ts';
import type { RecommendationRequest } from './types.ts';

/** Utilization of memory below which the brief's rules call a function under-used, and above which over-used. */
const UNDER_USED = 0.5;
const OVER_USED = 0.8;
const REDUCTION = 0.75;
const RAISE = 1.5;

/**
 * The customer's earlier rules: −25 % when memory is under-used, +50 % when over-used, otherwise as it is. Memory
 * evidence, the notch rule and the policy's bounds hold here too.
 */
export function briefRulesSize(request: RecommendationRequest): number {
  const proposed = Math.round(request.currentMemorySizeMb * briefRulesFactor(request));
  if (proposed === request.currentMemorySizeMb && mayStay(request)) return proposed;
  const { minMb, maxMb } = reachableRange(request);
  return Math.min(maxMb, Math.max(minMb, proposed));
}

function briefRulesFactor(request: RecommendationRequest): number {
  const used = maxMemoryUsedMb(request.observations);
  if (used === undefined) return 1;
  const utilization = used / request.currentMemorySizeMb;
  if (utilization > OVER_USED) return RAISE;
  return utilization < UNDER_USED ? REDUCTION : 1;
}
