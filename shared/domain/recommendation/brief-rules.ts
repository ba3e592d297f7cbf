import { maxMemoryUsedMb, permittedRange, reachableRange } from './memory-sizes.ts';
import type { RecommendationRequest } from './types.ts';

/** Utilization of memory below which the brief's rules call a function under-used, and above which over-used. */
const UNDER_USED = 0.5;
const OVER_USED = 0.8;
const REDUCTION = 0.75;
const RAISE = 1.5;

/** The customer's earlier rules: −25 % when memory is under-used, +50 % when over-used, otherwise as it is. */
export function briefRulesSize(request: RecommendationRequest): number {
  const used = maxMemoryUsedMb(request.observations);
  const current = request.currentMemorySizeMb;
  if (used === undefined) return current;
  const utilization = used / current;
  if (utilization > OVER_USED) return Math.min(permittedRange(request).maxMb, Math.round(current * RAISE));
  if (utilization < UNDER_USED) return Math.max(reachableRange(request).minMb, Math.round(current * REDUCTION));
  return current;
}
