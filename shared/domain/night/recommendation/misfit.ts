import { cholesky, logDeterminant, solve } from './linear-algebra.ts';
import { type MisfitClass, strayingCovariance } from './straying.ts';

/** One mean duration as the curve model sees it. */
export interface CurveEvidence {
  readonly memorySizeMb: number;
  readonly logDuration: number;
  /** Variance of logDuration from sampling and from one night being unlike the next. */
  readonly noiseVariance: number;
  /** Observations of the same deployment share a level; a new one may move it. */
  readonly deployment: string;
  /** Days before the latest observation; the level drifts with time. */
  readonly ageDays: number;
}

/** Variance of the log level from one deployment to the next: code changes rarely move duration by more than half. */
const DEPLOYMENT_VARIANCE = 0.3 ** 2;
/** Variance of the log level gained per day of age: 5 % after a week. */
const DRIFT_VARIANCE_PER_DAY = 0.05 ** 2 / 7;
/** Beyond this age (days) drift adds no more, so that covariances stay positive. */
const DRIFT_DAYS = 365;

/** The evidence's covariance under one misfit class, inverted; the overall level is unknown and integrated out. */
export interface EvidenceFit {
  readonly misfit: MisfitClass;
  readonly evidence: readonly CurveEvidence[];
  readonly factor: readonly (readonly number[])[];
  /** Precision of residuals with the level integrated out, row-major, one row per observation. */
  readonly precision: Float64Array;
  /** The part of the log likelihood that does not depend on the residuals. */
  readonly logNormalizer: number;
  /** K⁻¹ · 1 and 1ᵀ · K⁻¹ · 1. */
  readonly inverseOnes: readonly number[];
  readonly onesInverseOnes: number;
}

export function fitEvidence(misfit: MisfitClass, evidence: readonly CurveEvidence[]): EvidenceFit {
  const factor = cholesky(
    evidence.map((a, i) => evidence.map((b, j) => covarianceOf(misfit, a, b) + (i === j ? a.noiseVariance : 0))),
  );
  const columns = evidence.map((_, i) =>
    solve(
      factor,
      evidence.map((_, j) => (i === j ? 1 : 0)),
    ),
  );
  const inverseOnes = columns.map((column) => column.reduce((sum, each) => sum + each, 0));
  const onesInverseOnes = inverseOnes.reduce((sum, each) => sum + each, 0);
  const precision = Float64Array.from(
    columns.flatMap((column, i) =>
      column.map((each, j) => each - (inverseOnes[i]! * inverseOnes[j]!) / onesInverseOnes),
    ),
  );
  const logNormalizer = -0.5 * (logDeterminant(factor) + Math.log(onesInverseOnes));
  return { misfit, evidence, factor, precision, logNormalizer, inverseOnes, onesInverseOnes };
}

/** Log likelihood, whatever the level, of residuals (log duration less log shape) found at `residuals[offset…]`. */
export function logLikelihood(fit: EvidenceFit, residuals: Float64Array, offset: number): number {
  const count = fit.evidence.length;
  let quadratic = 0;
  for (let i = 0, at = 0; i < count; i++) {
    let row = 0;
    for (let j = 0; j < count; j++, at++) row += fit.precision[at]! * residuals[offset + j]!;
    quadratic += row * residuals[offset + i]!;
  }
  return fit.logNormalizer - 0.5 * quadratic;
}

/** How a prediction at a size follows from the residuals: their weights (which sum to 1) and the variance left. */
export interface PredictionWeights {
  readonly weights: readonly number[];
  readonly variance: number;
}

/** Prediction for the latest deployment, now. */
export function predictionWeights(fit: EvidenceFit, memorySizeMb: number): PredictionWeights {
  const here = { memorySizeMb, deployment: fit.evidence.at(-1)!.deployment, ageDays: 0 };
  const cross = fit.evidence.map((each) => covarianceOf(fit.misfit, here, each));
  const solved = solve(fit.factor, cross);
  const missing = 1 - solved.reduce((sum, each) => sum + each, 0);
  const weights = solved.map((each, index) => each + (fit.inverseOnes[index]! * missing) / fit.onesInverseOnes);
  const explained = cross.reduce((sum, each, index) => sum + each * solved[index]!, 0);
  const own = covarianceOf(fit.misfit, here, here);
  return { weights, variance: Math.max(0, own - explained + missing ** 2 / fit.onesInverseOnes) };
}

type Place = Pick<CurveEvidence, 'memorySizeMb' | 'deployment' | 'ageDays'>;

function covarianceOf(misfit: MisfitClass, a: Place, b: Place): number {
  const octaves = Math.abs(Math.log2(a.memorySizeMb / b.memorySizeMb));
  const straying = strayingCovariance(misfit, octaves);
  const deployment = a.deployment === b.deployment ? DEPLOYMENT_VARIANCE : 0;
  const shared = DRIFT_DAYS - Math.min(DRIFT_DAYS, Math.max(a.ageDays, b.ageDays));
  return straying + deployment + DRIFT_VARIANCE_PER_DAY * shared;
}
