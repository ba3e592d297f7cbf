import { LEARNED_PRIOR } from '../../shared/domain/night/recommendation/prior.generated.ts';
import type { CurvePrior } from '../../shared/domain/night/recommendation/prior.ts';
import { recommendWith } from '../../shared/domain/night/recommendation/recommend.ts';
import type { RecommendationRequest } from '../../shared/domain/night/recommendation/types.ts';
import { curveLikelihoods, learnPrior } from '../learn-prior/learn.ts';
import type { MeasuredCurve } from './curves.ts';
import { observationAt } from './interpolate.ts';
import { type PredictionRow, predictionRows } from './prediction.ts';
import { walks } from './protocol.ts';
import {
  always,
  briefRules,
  CONSTANT_SIZES_MB,
  computeOptimizerLike,
  keep,
  type Objective,
  type Recommender,
} from './recommenders.ts';
import { notchBoundOracle, type ReportRow, reportRow } from './rows.ts';
import { mean } from './scoring.ts';

export interface QualityReport {
  readonly rows: readonly ReportRow[];
  readonly prediction: { readonly rows: readonly PredictionRow[] };
  readonly microsecondsPerRecommendation: number;
}

const TIMED_RUNS = 40;

export const OBJECTIVES: readonly Objective[] = [
  { strategy: 'balanced', weightOrGuard: 0.75 },
  { strategy: 'balanced', weightOrGuard: 0.5 },
  { strategy: 'balanced', weightOrGuard: 0.25 },
  { strategy: 'cost', weightOrGuard: 0.05 },
  { strategy: 'cost', weightOrGuard: 0.1 },
];

/** The prior a curve may be scored with. */
export type PriorFor = (curve: MeasuredCurve) => CurvePrior;

/** The shipped prior: for curves it was not learned from. */
export const shippedPrior: PriorFor = () => LEARNED_PRIOR;

/** What is held out together with a curve: its clones, or everything from the same source. */
export const HOLD_OUTS = ['group', 'source'] as const;
export type HoldOut = (typeof HOLD_OUTS)[number];

const heldOutWith = ({ group, name }: Pick<MeasuredCurve, 'group' | 'name'>, holdOut: HoldOut): string =>
  holdOut === 'group' ? group : name.split('/')[0]!;

/** For each curve a prior learned from the curves of all other groups, or of all other sources. */
export function crossValidated(curves: readonly MeasuredCurve[], holdOut: HoldOut = 'group'): PriorFor {
  const learned = curves.map((curve) => ({
    group: curve.group,
    fold: heldOutWith(curve, holdOut),
    likelihoods: curveLikelihoods(curve),
  }));
  const priors = new Map<string, CurvePrior>();
  return (curve) => {
    const fold = heldOutWith(curve, holdOut);
    const prior = priors.get(fold) ?? learnPrior(learned.filter((each) => each.fold !== fold));
    priors.set(fold, prior);
    return prior;
  };
}

export function product(prior: CurvePrior): Recommender {
  return (request) => recommendWith(prior, request).recommendedMemorySizeMb;
}

/** Scores the product and every baseline under every objective. */
export function runBench(curves: readonly MeasuredCurve[], priorFor: PriorFor): QualityReport {
  const rows = OBJECTIVES.flatMap((objective) => [
    reportRow(
      'rightsizer',
      objective,
      walks((curve) => product(priorFor(curve)), curves, objective),
    ),
    ...baselineRows(curves, objective),
    ...(objective.strategy === 'balanced'
      ? [reportRow('oracle bound by the notch rule', objective, notchBoundOracle(curves, objective))]
      : []),
  ]);
  return {
    rows,
    prediction: { rows: predictionRows(priorFor, curves) },
    microsecondsPerRecommendation: microseconds(curves),
  };
}

function baselineRows(curves: readonly MeasuredCurve[], objective: Objective): ReportRow[] {
  const row = (name: string, recommender: Recommender): ReportRow =>
    reportRow(
      name,
      objective,
      walks(() => recommender, curves, objective),
    );
  return [
    row('keep', keep),
    row('brief-rules', briefRules),
    row('always-1024', always(1024)),
    row('always-1769', always(1769)),
    ...(objective.strategy === 'balanced' ? [bestConstant(curves, objective)] : []),
    row('compute-optimizer-like', computeOptimizerLike),
  ];
}

/** The constant that is best after all changes, chosen with hindsight: no rule of this kind can do better. */
function bestConstant(curves: readonly MeasuredCurve[], objective: Objective): ReportRow {
  const last = (row: ReportRow): number => row.regretAfter!.at(-1)!;
  return CONSTANT_SIZES_MB.map((size) =>
    reportRow(
      `best single constant (${size})`,
      objective,
      walks(() => always(size), curves, objective),
    ),
  ).reduce((best, row) => (last(row) < last(best) ? row : best));
}

const TIMED_STRATEGIES = ['balanced', 'cost'] as const;

/** Mean time of one whole recommendation with three observations, each request at its best of many runs. */
function microseconds(curves: readonly MeasuredCurve[]): number {
  const requests = curves.slice(0, 40).map((curve, index) => {
    const observations = curve.points.slice(-3).map((point) => observationAt(curve, point.memorySizeMb));
    return {
      id: curve.name,
      functionName: curve.name,
      architecture: curve.architecture,
      timeoutSeconds: 900,
      strategy: TIMED_STRATEGIES[index % TIMED_STRATEGIES.length]!,
      currentMemorySizeMb: observations.at(-1)!.memorySizeMb,
      observations,
    } as const;
  });
  const timeOf = (request: RecommendationRequest): number => {
    const started = performance.now();
    recommendWith(LEARNED_PRIOR, request);
    return (performance.now() - started) * 1000;
  };
  // Whatever else the machine does only ever adds, so the best run is the recommendation's own time.
  const runs = Array.from({ length: TIMED_RUNS }, () => requests.map(timeOf));
  const best = requests.map((_, index) => Math.min(...runs.map((times) => times[index]!)));
  return Math.round(mean(best));
}
