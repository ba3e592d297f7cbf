import { briefRulesSize } from '../../shared/domain/night/recommendation/brief-rules.ts';
import {
  ONE_VCPU_MB,
  RECOGNISABLE_SIZES_MB,
  reachableRange,
} from '../../shared/domain/night/recommendation/memory-sizes.ts';
import type { RecommendationRequest, Strategy } from '../../shared/domain/night/recommendation/types.ts';

/** What a recommender is asked to do. */
export interface Objective {
  readonly strategy: Extract<Strategy, 'cost' | 'balanced'>;
  /** Weight of cost for `balanced`, maxSlowdown for `cost`. */
  readonly weightOrGuard: number;
}

/** Proposes a memory size from what it has seen so far. */
export type Recommender = (request: RecommendationRequest) => number;

export const keep: Recommender = (request) => request.currentMemorySizeMb;

export const briefRules: Recommender = briefRulesSize;

/** Goes to one size and stays, as far as the notch rule and the memory floor let it. */
export function always(memorySizeMb: number): Recommender {
  return (request) => {
    const { minMb, maxMb } = reachableRange(request);
    return Math.min(maxMb, Math.max(minMb, memorySizeMb));
  };
}

/** Sizes the best single constant is searched among. */
export const CONSTANT_SIZES_MB = RECOGNISABLE_SIZES_MB;

/** Compute Optimizer looks at functions up to this size only. */
const COMPUTE_OPTIMIZER_MAX_MB = 1_792;
const COMPUTE_OPTIMIZER_MIN_INVOCATIONS = 50;

/**
 * A rule in the manner of Compute Optimizer: nothing above 1,792 MB or under 50 invocations; below that it looks at
 * memory use and lowers to the smallest recognisable size that leaves a fifth of memory free, as far as its projection
 * (duration falls as 1/memory up to one vCPU for the half of the time it takes for computing) stays within a quarter
 * of the present duration; raises when less than a fifth is free.
 */
export const computeOptimizerLike: Recommender = (request) => {
  const current = request.currentMemorySizeMb;
  const latest = request.observations.at(-1)!;
  const outOfScope = current > COMPUTE_OPTIMIZER_MAX_MB || latest.invocations < COMPUTE_OPTIMIZER_MIN_INVOCATIONS;
  if (outOfScope || latest.maxMemoryUsedMb === undefined) return current;
  const needed = latest.maxMemoryUsedMb / 0.8;
  if (needed > current) return RECOGNISABLE_SIZES_MB.find((size) => size >= needed) ?? current;
  const projected = (size: number): number => 0.5 + (0.5 * current) / Math.min(size, ONE_VCPU_MB);
  const { minMb } = reachableRange(request);
  return (
    RECOGNISABLE_SIZES_MB.find(
      (size) => size >= Math.max(minMb, needed) && size < current && projected(size) <= 1.25,
    ) ?? current
  );
};
