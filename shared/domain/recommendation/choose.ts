import { defaultUnitPrices } from '../pricing/fallback-prices.ts';
import { briefRulesSize } from './brief-rules.ts';
import { cpuTimeEvidence, curveEvidence, latestObservation, slowestDurationMs } from './evidence.ts';
import { lookaheadValues } from './lookahead.ts';
import { LOOKAHEAD_SIZES_MB, lastingRange, mayStay, RECOGNISABLE_SIZES_MB, reachableRange } from './memory-sizes.ts';
import { balancedLosses, expectedLosses, guardedCostLosses, type Losses, MEASURING_TOLERANCE } from './objective.ts';
import { type CurveSamples, inferCurves, slowdownProbability } from './posterior.ts';
import type { CurvePrior } from './prior.ts';
import type { Observation, RecommendationRequest, UnitPrices } from './types.ts';

export const DEFAULT_MAX_SLOWDOWN = 0.1;
export const DEFAULT_BALANCED_WEIGHT = 0.5;
/** Nights a change may still be corrected in when the request does not say. */
export const DEFAULT_NIGHTS = 5;
/** Weight of cost under `speed`: enough not to buy memory that buys no speed. */
const SPEED_COST_WEIGHT = 0.05;
/** Gain in expected loss below which a change is not worth making: what a measured curve's own noise amounts to. */
const LEAST_GAIN = 0.005;

/** How the nights ahead weigh against each other, and what being slow costs. */
export interface ChoiceTuning {
  readonly balancedTonight: number;
  readonly balancedLastNight: number;
  readonly costTonight: number;
  readonly costLastNight: number;
  /** Losses of certainty, in units of the baseline's cost. */
  readonly tonightPenalty: number;
  readonly laterPenalty: number;
  readonly finalPenalty: number;
  readonly severePenalty: number;
  /** Highest probability of a night beyond the guard, and of one slowed down severely, that `cost` accepts. */
  readonly mostBeyond: number;
  readonly mostSevere: number;
}

export const CHOICE_TUNING: ChoiceTuning = {
  balancedTonight: 2,
  balancedLastNight: 1,
  costTonight: 1,
  costLastNight: 5,
  tonightPenalty: 0.05,
  laterPenalty: 0.05,
  finalPenalty: 2,
  severePenalty: 0.2,
  mostBeyond: 0.5,
  mostSevere: 0.08,
};

/** Share of the timeout the slowest invocations may take at a smaller size, and how unlikely more must be. */
const TIMEOUT_SHARE = 0.8;
const MOST_TIMEOUTS = 0.05;

/** Slowdown no experiment may bring where a smaller step is possible. */
const SEVERE_SLOWDOWN = 0.3;

/** What the choice was made from and came to; sizes and values share their order. */
export interface Choice {
  readonly samples: CurveSamples;
  /** How many of the samples' sizes were considered; a baseline outside them may follow. */
  readonly columns: number;
  /** Expected loss of each size over the nights ahead; Infinity where tonight cannot go. */
  readonly values: Float64Array;
  readonly chosen: number;
  readonly current: number;
  readonly baseline: number;
  readonly prices: UnitPrices;
}

/** Chooses a size for tonight by expected loss over the nights ahead. Observations must be usable and not empty. */
export function chooseSize(
  prior: CurvePrior,
  request: RecommendationRequest,
  observations: readonly Observation[],
  tuning: ChoiceTuning = CHOICE_TUNING,
): Choice {
  const baselineSize = request.baselineMemorySizeMb ?? observations[0]!.memorySizeMb;
  const considered = consideredSizes(request, observations);
  const sizes = considered.includes(baselineSize) ? considered : [...considered, baselineSize];
  const evidence = curveEvidence(request, observations);
  const samples = inferCurves(prior, evidence, sizes, cpuTimeEvidence(prior, observations));
  const prices = request.prices ?? defaultUnitPrices(request.architecture);
  const baseline = sizes.indexOf(baselineSize);
  const nights = remainingNights(request, observations);
  const losses = lossesOf(request, samples, considered.length, baseline, prices, nights, tuning);
  const current = sizes.indexOf(request.currentMemorySizeMb);
  const isTolerable = toleranceOf(request, observations, samples, { baseline, current }, tuning);
  const values = valuesOf(request, observations, samples, losses, isTolerable, tuning);
  const chosen = leastLoss(values, current);
  return { samples, columns: considered.length, values, chosen, current, baseline, prices };
}

/** Recognisable sizes the function may have one day, and those that have a meaning for it already. */
function consideredSizes(request: RecommendationRequest, observations: readonly Observation[]): number[] {
  const range = lastingRange(request);
  const seen = observations.map((each) => each.memorySizeMb);
  const within = [...RECOGNISABLE_SIZES_MB, ...seen].filter((size) => size >= range.minMb && size <= range.maxMb);
  const always = [range.minMb, reachableRange(request).minMb, request.currentMemorySizeMb];
  if (request.strategy === 'brief-rules') always.push(briefRulesSize(request));
  return [...new Set([...within, ...always])].sort((a, b) => a - b);
}

function lossesOf(
  request: RecommendationRequest,
  samples: CurveSamples,
  columns: number,
  baselineColumn: number,
  prices: UnitPrices,
  nights: number,
  tuning: ChoiceTuning,
): Losses {
  if (request.strategy !== 'cost') {
    const weight =
      request.strategy === 'speed' ? SPEED_COST_WEIGHT : (request.balancedWeight ?? DEFAULT_BALANCED_WEIGHT);
    return balancedLosses(samples, columns, weight, prices);
  }
  return guardedCostLosses(samples, columns, {
    baselineColumn,
    maxSlowdown: request.maxSlowdown ?? DEFAULT_MAX_SLOWDOWN,
    prices,
    severeSlowdown: SEVERE_SLOWDOWN,
    tonightPenalty: tuning.tonightPenalty,
    lastingPenalty: nights === 1 ? tuning.finalPenalty : tuning.laterPenalty,
    severePenalty: tuning.severePenalty,
  });
}

function valuesOf(
  request: RecommendationRequest,
  observations: readonly Observation[],
  samples: CurveSamples,
  losses: Losses,
  isTolerable: (column: number) => boolean,
  tuning: ChoiceTuning,
): Float64Array {
  const reach = reachableRange(request);
  const known = new Set(observations.map((each) => each.memorySizeMb));
  const columns = Array.from({ length: losses.columns }, (_, column) => column);
  const sizeOf = (column: number): number => samples.sizes[column]!;
  const stays = mayStay(request);
  const actions = columns.filter((column) => {
    const size = sizeOf(column);
    return size === request.currentMemorySizeMb ? stays : size >= reach.minMb && size <= reach.maxMb;
  });
  const preferred = actions.filter(isTolerable);
  const tolerable = preferred.length > 0 ? preferred : actions;
  const nights = remainingNights(request, observations);
  if (nights === 1) return onlyAt(tolerable, expectedLosses(losses.lasting, losses.columns, samples.weights));
  const laterColumns = columns.filter(
    (column) => column === 0 || LOOKAHEAD_SIZES_MB.has(sizeOf(column)) || known.has(sizeOf(column)),
  );
  return lookaheadValues(samples, losses, tolerable, laterColumns, {
    nightWeights: nightWeights(request, nights, tuning),
    floorMb: lastingRange(request).minMb,
    isKnown: (size) => known.has(size),
  });
}

/**
 * Which columns may be tried at all. A smaller size must leave the slowest invocations within the timeout, and under
 * `cost` no size may be likely to slow the function down noticeably, let alone severely.
 */
function toleranceOf(
  request: RecommendationRequest,
  observations: readonly Observation[],
  samples: CurveSamples,
  { baseline, current }: { readonly baseline: number; readonly current: number },
  tuning: ChoiceTuning,
): (column: number) => boolean {
  const room = timeoutRoom(request, latestObservation(observations, request.currentMemorySizeMb));
  const beyond = Math.log1p(request.maxSlowdown ?? DEFAULT_MAX_SLOWDOWN) + MEASURING_TOLERANCE;
  const severe = Math.log1p(SEVERE_SLOWDOWN);
  const isUnlikely = (column: number, reference: number, limit: number, most: number): boolean =>
    slowdownProbability(samples, column, reference, limit) <= most;
  return (column) => {
    if (room !== undefined && column < current && !isUnlikely(column, current, room, MOST_TIMEOUTS)) return false;
    if (request.strategy !== 'cost' || column === baseline) return true;
    return (
      isUnlikely(column, baseline, beyond, tuning.mostBeyond) && isUnlikely(column, baseline, severe, tuning.mostSevere)
    );
  };
}

/**
 * How much slower, in log duration, the function may get before its slowest invocations near the timeout; undefined
 * when the timeout cannot be the one the observation was made under.
 */
function timeoutRoom(request: RecommendationRequest, latest: Observation): number | undefined {
  const timeoutMs = request.timeoutSeconds * 1000;
  if (latest.meanDurationMs >= timeoutMs) return undefined;
  return Math.log((TIMEOUT_SHARE * timeoutMs) / slowestDurationMs(latest));
}

/** Nights left to learn in, tonight included: told, or five less the nights the observations show after the first. */
export function remainingNights(request: RecommendationRequest, observations: readonly Observation[]): number {
  return Math.max(1, request.remainingNights ?? DEFAULT_NIGHTS - (observations.length - 1));
}

function nightWeights(request: RecommendationRequest, nights: number, tuning: ChoiceTuning): number[] {
  const [tonight, lastNight] =
    request.strategy === 'cost'
      ? [tuning.costTonight, tuning.costLastNight]
      : [tuning.balancedTonight, tuning.balancedLastNight];
  const weights = Array.from({ length: nights }, (_, night) => {
    if (night === 0) return tonight;
    return night === nights - 1 ? lastNight : 1;
  });
  const total = weights.reduce((sum, each) => sum + each, 0);
  return weights.map((each) => each / total);
}

function onlyAt(actions: readonly number[], values: Float64Array): Float64Array {
  const allowed = new Set(actions);
  return values.map((value, column) => (allowed.has(column) ? value : Number.POSITIVE_INFINITY));
}

/** The best size, or the current one while the gain would be within the noise. */
function leastLoss(values: Float64Array, current: number): number {
  let best = current;
  for (let column = 0; column < values.length; column++) if (values[column]! < values[best]!) best = column;
  return values[best]! > values[current]! - LEAST_GAIN ? current : best;
}
