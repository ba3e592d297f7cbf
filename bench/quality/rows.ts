import { NOTCH_FACTOR } from '../../shared/domain/night/recommendation/memory-sizes.ts';
import type { MeasuredCurve } from './curves.ts';
import { durationAt } from './interpolate.ts';
import { CHANGES, type Walk } from './protocol.ts';
import type { Objective } from './recommenders.ts';
import { basesOf, costAt, GUARD_TOLERANCE, groupedMean, guardedOracleSize, regretScorer } from './scoring.ts';

/** A line of the report: one recommender under one objective. Shares are 0 to 1, per change from the first. */
export interface ReportRow {
  readonly recommender: string;
  readonly strategy: Objective['strategy'];
  readonly weightOrGuard: number;
  /** Mean regret after each change, `balanced` only. */
  readonly regretAfter?: readonly number[];
  /** Mean relative change of cost against the base after each change, `cost` only; negative is saved. */
  readonly costChangeAfter?: readonly number[];
  /** The guarded oracle's mean change of cost. */
  readonly oracle?: number;
  readonly beyondGuardAfter?: readonly number[];
  /** Slowest any walk ever was against its base, 0.3 = 30 % slower. */
  readonly worstSlowdown?: number;
  /** Share of walks that were more than 30 % slower than their base on some night. */
  readonly severeSlowdowns?: number;
  /** Walks (a count) that were, on an experiment for which a smaller step existed; and for which none did. */
  readonly severeAvoidable?: number;
  readonly severeUnavoidable?: number;
}

const SEVERE_SLOWDOWN = 0.3;

export function reportRow(recommender: string, objective: Objective, walks: readonly Walk[]): ReportRow {
  const head = { recommender, ...objective };
  return objective.strategy === 'balanced'
    ? { ...head, ...balanced(objective, walks) }
    : { ...head, ...cost(objective, walks) };
}

function balanced(objective: Objective, walks: readonly Walk[]): Partial<ReportRow> {
  const scorers = new Map<MeasuredCurve, (memorySizeMb: number) => number>();
  const regret = (each: Walk, change: number): number => {
    const scorer = scorers.get(each.curve) ?? regretScorer(each.curve, objective.weightOrGuard);
    scorers.set(each.curve, scorer);
    return scorer(each.sizesMb[change]!);
  };
  return { regretAfter: afterEachChange(walks, regret) };
}

function cost(objective: Objective, walks: readonly Walk[]): Partial<ReportRow> {
  const limit = 1 + objective.weightOrGuard + GUARD_TOLERANCE;
  const change = (each: Walk, memorySizeMb: number): number =>
    costAt(each.curve, memorySizeMb) / costAt(each.curve, each.baseSizeMb) - 1;
  const severe = walks.filter((each) => slowest(each) > 1 + SEVERE_SLOWDOWN);
  const avoidable = severe.filter((each) => hadSmallerStep(each));
  return {
    costChangeAfter: afterEachChange(walks, (each, k) => change(each, each.sizesMb[k]!)),
    oracle: meanOver(walks, (each) =>
      change(each, guardedOracleSize(each.curve, each.baseSizeMb, objective.weightOrGuard)),
    ),
    beyondGuardAfter: afterEachChange(walks, (each, k) => (slowdown(each, each.sizesMb[k]!) > limit ? 1 : 0)),
    worstSlowdown: Math.max(...walks.map(slowest)) - 1,
    severeSlowdowns: meanOver(walks, (each) => (severe.includes(each) ? 1 : 0)),
    severeAvoidable: avoidable.length,
    severeUnavoidable: severe.length - avoidable.length,
  };
}

function slowdown(each: Walk, memorySizeMb: number): number {
  return durationAt(each.curve, memorySizeMb) / durationAt(each.curve, each.baseSizeMb);
}

function slowest(each: Walk): number {
  return Math.max(...each.sizesMb.map((size) => slowdown(each, size)));
}

/** Whether the step to the slowest size could have been half as long (in octaves) and stayed within 30 %. */
function hadSmallerStep(each: Walk): boolean {
  const at = each.sizesMb.findIndex((size) => slowdown(each, size) > 1 + SEVERE_SLOWDOWN);
  const half = Math.sqrt(each.sizesMb[at]! * each.sizesMb[at - 1]!);
  return slowdown(each, half) <= 1 + SEVERE_SLOWDOWN;
}

function afterEachChange(walks: readonly Walk[], value: (each: Walk, change: number) => number): number[] {
  return Array.from({ length: CHANGES }, (_, index) => meanOver(walks, (each) => value(each, index + 1)));
}

function meanOver(walks: readonly Walk[], value: (each: Walk) => number): number {
  return groupedMean(walks.map((each) => ({ group: each.curve.group, function: each.curve.name, value: value(each) })));
}

/** Walks of an omniscient recommender bound by the notch rule only: the best size within reach after each change. */
export function notchBoundOracle(curves: readonly MeasuredCurve[], objective: Objective): Walk[] {
  return curves.flatMap((curve) => {
    const regret = regretScorer(curve, objective.weightOrGuard);
    return basesOf(curve).map((baseSizeMb) => ({
      curve,
      baseSizeMb,
      sizesMb: Array.from({ length: CHANGES + 1 }, (_, change) =>
        reachableWithin(curve, baseSizeMb, change).reduce((best, size) => (regret(size) < regret(best) ? size : best)),
      ),
    }));
  });
}

function reachableWithin(curve: MeasuredCurve, baseSizeMb: number, changes: number): number[] {
  if (changes === 0) return [baseSizeMb];
  const least = Math.max(curve.points[0]!.memorySizeMb, Math.ceil(baseSizeMb / NOTCH_FACTOR ** changes));
  return [least, ...curve.points.map((point) => point.memorySizeMb).filter((size) => size >= least)];
}
