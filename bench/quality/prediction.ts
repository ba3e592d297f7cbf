import { interval } from '../../shared/domain/night/recommendation/candidates.ts';
import { curveEvidence } from '../../shared/domain/night/recommendation/evidence.ts';
import { inferCurves } from '../../shared/domain/night/recommendation/posterior.ts';
import type { CurvePrior } from '../../shared/domain/night/recommendation/prior.ts';
import { recommendWith } from '../../shared/domain/night/recommendation/recommend.ts';
import type { RecommendationRequest } from '../../shared/domain/night/recommendation/types.ts';
import type { MeasuredCurve } from './curves.ts';
import { observationAt } from './interpolate.ts';
import { walk } from './protocol.ts';
import { basesOf, groupedMean, mean } from './scoring.ts';

/** How well durations at measured sizes not yet observed are predicted. Shares are 0 to 1. */
export interface PredictionRow {
  /** Different sizes observed. */
  readonly observations: number;
  /** Absolute percentage error, mean over groups of each group's median and 90th percentile. */
  readonly medianError: number;
  readonly p90Error: number;
  /** Share of durations inside their 90 % interval; mean over base sizes, functions, groups. */
  readonly coverage: number;
}

interface Prediction {
  readonly group: string;
  readonly function: string;
  readonly observations: number;
  readonly error: number;
  readonly covered: boolean;
}

const OBSERVATIONS = [1, 2, 3] as const;

/** Observes each function where the product's own balanced walk (weight 0.5) goes, and predicts the other sizes. */
export function predictionRows(
  priorFor: (curve: MeasuredCurve) => CurvePrior,
  curves: readonly MeasuredCurve[],
): PredictionRow[] {
  const predictions = curves.flatMap((curve) => predictionsFor(priorFor(curve), curve));
  return OBSERVATIONS.map((observations) => {
    const rows = predictions.filter((each) => each.observations === observations);
    const groups = [...Map.groupBy(rows, (each) => each.group).values()];
    const quantile = (probability: number): number =>
      mean(
        groups.map((group) =>
          quantileOf(
            group.map((each) => each.error),
            probability,
          ),
        ),
      );
    return {
      observations,
      medianError: quantile(0.5),
      p90Error: quantile(0.9),
      coverage: groupedMean(rows.map((each) => ({ ...each, value: each.covered ? 1 : 0 }))),
    };
  });
}

function predictionsFor(prior: CurvePrior, curve: MeasuredCurve): Prediction[] {
  const objective = { strategy: 'balanced', weightOrGuard: 0.5 } as const;
  const recommender = (request: RecommendationRequest): number => recommendWith(prior, request).recommendedMemorySizeMb;
  return basesOf(curve).flatMap((base) => {
    const { sizesMb } = walk(recommender, curve, base, objective);
    const distinct = [...new Set(sizesMb)];
    return OBSERVATIONS.filter((count) => count <= distinct.length).flatMap((count) =>
      predict(prior, curve, distinct.slice(0, count)),
    );
  });
}

function predict(prior: CurvePrior, curve: MeasuredCurve, observedMb: readonly number[]): Prediction[] {
  const unseen = curve.points.filter((point) => !observedMb.includes(point.memorySizeMb));
  const observations = observedMb.map((size) => observationAt(curve, size));
  // Only the observations are read for a curve.
  const evidence = curveEvidence({ observations } as unknown as RecommendationRequest, observations);
  const samples = inferCurves(
    prior,
    evidence,
    unseen.map((point) => point.memorySizeMb),
  );
  return unseen.map((point, column) => {
    const { lower, middle, upper } = interval({ samples }, column);
    const actual = Math.log(point.meanDurationMs);
    return {
      group: curve.group,
      function: curve.name,
      observations: observedMb.length,
      error: Math.abs(Math.expm1(middle - actual)),
      covered: actual >= lower && actual <= upper,
    };
  });
}

function quantileOf(values: readonly number[], probability: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(probability * sorted.length))]!;
}
