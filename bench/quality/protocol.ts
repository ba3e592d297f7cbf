import type { RecommendationRequest } from '../../shared/domain/night/recommendation/types.ts';
import type { MeasuredCurve } from './curves.ts';
import { clampToMeasured, observationAt } from './interpolate.ts';
import type { Objective, Recommender } from './recommenders.ts';
import { basesOf } from './scoring.ts';

/** Changes a recommender may make. */
export const CHANGES = 5;

/** One function started at one base size: the base, then the size after each change. */
export interface Walk {
  readonly curve: MeasuredCurve;
  readonly baseSizeMb: number;
  readonly sizesMb: readonly number[];
}

/**
 * Lets a recommender change one function `CHANGES` times, each time after it has seen production at the last size.
 * Proposals are clamped to the measured range; durations between measured sizes are interpolated.
 */
export function walk(recommender: Recommender, curve: MeasuredCurve, baseSizeMb: number, objective: Objective): Walk {
  const sizesMb = [baseSizeMb];
  const observations = [observationAt(curve, baseSizeMb)];
  for (let change = 0; change < CHANGES; change++) {
    const request = requestFor(curve, sizesMb, observations, objective);
    const next = clampToMeasured(curve, recommender(request));
    sizesMb.push(next);
    observations.push(observationAt(curve, next));
  }
  return { curve, baseSizeMb, sizesMb };
}

function requestFor(
  curve: MeasuredCurve,
  sizesMb: readonly number[],
  observations: RecommendationRequest['observations'],
  objective: Objective,
): RecommendationRequest {
  return {
    id: curve.name,
    functionName: curve.name,
    architecture: curve.architecture,
    timeoutSeconds: 900,
    strategy: objective.strategy,
    ...(objective.strategy === 'balanced'
      ? { balancedWeight: objective.weightOrGuard }
      : { maxSlowdown: objective.weightOrGuard }),
    currentMemorySizeMb: sizesMb.at(-1)!,
    baselineMemorySizeMb: sizesMb[0]!,
    observations: [...observations],
  };
}

/** Walks of every function from every base size in its measured range. */
export function walks(
  recommenderFor: (curve: MeasuredCurve) => Recommender,
  curves: readonly MeasuredCurve[],
  objective: Objective,
): Walk[] {
  return curves.flatMap((curve) =>
    basesOf(curve).map((baseSizeMb) => walk(recommenderFor(curve), curve, baseSizeMb, objective)),
  );
}
