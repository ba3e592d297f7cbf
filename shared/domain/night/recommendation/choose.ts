import { defaultUnitPrices } from '../../pricing/fallback-prices.ts';
import { asksFamiliarSizes, attentionPrice, exactSteps } from './attention-price.ts';
import { CHOICE_TUNING, type ChoiceTuning } from './choice-tuning.ts';
import { consideredSizes } from './considered-sizes.ts';
import { cpuTimeEvidence, curveEvidence } from './evidence.ts';
import { isFamiliarSize } from './familiar-sizes.ts';
import { leastLoss } from './least-loss.ts';
import { lookaheadValues } from './lookahead.ts';
import type { Losses } from './losses.ts';
import { LOOKAHEAD_SIZES_MB, lastingRange, mayLower, mayStay, reachableRange } from './memory-sizes.ts';
import { balancedLosses, guardedCostLosses } from './objective.ts';
import { type CurveSamples, inferCurves, SAMPLE_COUNT } from './posterior.ts';
import type { CurvePrior } from './prior.ts';
import { type TakeNumbers, takeNew } from './sample-space.ts';
import { SEVERE_SLOWDOWN, toleranceOf } from './tolerance.ts';
import {
  DEFAULT_BALANCED_WEIGHT,
  DEFAULT_MAX_SLOWDOWN,
  type Observation,
  type RecommendationRequest,
  type UnitPrices,
} from './types.ts';
import { leastOnTheWay } from './way.ts';

/** Nights a change may still be corrected in when the request does not say. */
export const DEFAULT_NIGHTS = 5;
/** Weight of cost under `speed`: enough not to buy memory that buys no speed. */
const SPEED_COST_WEIGHT = 0.05;
/** `cost` asks every sample for probabilities as well, which takes time; more samples changed its choices little. */
const COST_SAMPLE_COUNT = 128;

/** What the choice was made from and came to; sizes and values share their order. */
export interface Choice {
  readonly samples: CurveSamples;
  /** How many of the samples' sizes were considered; a baseline outside them may follow. */
  readonly columns: number;
  /** Expected loss of each size over the nights ahead; Infinity where tonight cannot go. */
  readonly values: Float64Array;
  /** Expected loss of keeping the current size tonight and ever after, in the same unit. */
  readonly keptValue: number;
  readonly chosen: number;
  readonly current: number;
  readonly baseline: number;
  readonly prices: UnitPrices;
  /** See `leastOnTheWay`, MB; absent where nothing is to change or tonight's step is the last. */
  readonly leastOnTheWayMb?: number | undefined;
}

/** Chooses a size for tonight by expected loss over the nights ahead. Observations must be usable and not empty. */
export function chooseSize(
  prior: CurvePrior,
  request: RecommendationRequest,
  observations: readonly Observation[],
  tuning: ChoiceTuning = CHOICE_TUNING,
  take: TakeNumbers = takeNew,
): Choice {
  const baselineSize = request.baselineMemorySizeMb ?? observations[0]!.memorySizeMb;
  const considered = consideredSizes(request, observations);
  const sizes = considered.includes(baselineSize) ? considered : [...considered, baselineSize];
  const evidence = curveEvidence(request, observations);
  const samples = inferCurves(prior, evidence, sizes, {
    shapeEvidence: cpuTimeEvidence(prior, observations),
    sampleCount: request.strategy === 'cost' ? COST_SAMPLE_COUNT : SAMPLE_COUNT,
    take,
  });
  const prices = request.prices ?? defaultUnitPrices(request.architecture);
  const baseline = sizes.indexOf(baselineSize);
  const nights = remainingNights(request, observations);
  const losses = lossesOf(request, samples, considered.length, baseline, prices, nights, tuning, take);
  const current = sizes.indexOf(request.currentMemorySizeMb);
  const isTolerable = toleranceOf(request, observations, samples, {
    baseline,
    current,
    isLastNight: nights === 1,
    tuning,
  });
  const price = attentionPrice(request, samples, baseline, prices);
  const values = valuesOf(request, observations, samples, losses, isTolerable, tuning, price);
  const keptValue = keptForGood(losses, current, nightWeights(request, nights, tuning));
  const chosen = leastLoss(values, { current, sizes, keptValue, price, isFamiliar: asksFamiliarSizes(request) });
  const ends = [request.currentMemorySizeMb, sizes[chosen]!];
  const isLast = chosen === current || nights === 1;
  const leastOnTheWayMb = isLast ? undefined : leastOnTheWay(request, samples, losses, ends);
  return { samples, columns: considered.length, values, keptValue, chosen, current, baseline, prices, leastOnTheWayMb };
}

function lossesOf(
  request: RecommendationRequest,
  samples: CurveSamples,
  columns: number,
  baselineColumn: number,
  prices: UnitPrices,
  nights: number,
  tuning: ChoiceTuning,
  take: TakeNumbers,
): Losses {
  if (request.strategy !== 'cost') {
    const weight =
      request.strategy === 'speed' ? SPEED_COST_WEIGHT : (request.balancedWeight ?? DEFAULT_BALANCED_WEIGHT);
    return balancedLosses(samples, columns, weight, prices);
  }
  const guard = {
    baselineColumn,
    maxSlowdown: request.maxSlowdown ?? DEFAULT_MAX_SLOWDOWN,
    prices,
    severeSlowdown: SEVERE_SLOWDOWN,
    tonightPenalty: tuning.tonightPenalty,
    lastingPenalty: nights === 1 ? tuning.finalPenalty : tuning.laterPenalty,
    severePenalty: tuning.severePenalty,
  };
  return guardedCostLosses(samples, columns, guard, take);
}

function valuesOf(
  request: RecommendationRequest,
  observations: readonly Observation[],
  samples: CurveSamples,
  losses: Losses,
  isTolerable: (column: number) => boolean,
  tuning: ChoiceTuning,
  price: number,
): Float64Array {
  const reach = reachableRange(request);
  const known = new Set(observations.map((each) => each.memorySizeMb));
  const exact = new Set(exactSteps(request, observations));
  const floorMb = lastingRange(request).minMb;
  const isFamiliar = asksFamiliarSizes(request);
  // Nobody is asked about a size nobody would type, but for what has run before, the least that fits, and large bills.
  const isAskable = (size: number): boolean =>
    !isFamiliar || isFamiliarSize(size) || known.has(size) || size === floorMb || exact.has(size);
  const columns = Array.from({ length: losses.columns }, (_, column) => column);
  const sizeOf = (column: number): number => samples.sizes[column]!;
  const stays = mayStay(request);
  const actions = columns.filter((column) => {
    const size = sizeOf(column);
    if (size === request.currentMemorySizeMb) return stays;
    return size >= reach.minMb && size <= reach.maxMb && isAskable(size);
  });
  const isAffordable = stays
    ? affordability(request, samples, losses, price > 0 ? 0 : tuning.mostForInsight)
    : () => true;
  const preferred = actions.filter((column) => isAffordable(column) && isTolerable(column));
  const tolerable = preferred.length > 0 ? preferred : actions;
  const nights = remainingNights(request, observations);
  if (nights === 1) return onlyAt(tolerable, losses);
  const laterColumns = columns.filter(
    (column) => column === 0 || LOOKAHEAD_SIZES_MB.has(sizeOf(column)) || known.has(sizeOf(column)),
  );
  return lookaheadValues(samples, losses, tolerable, laterColumns, {
    nightWeights: nightWeights(request, nights, tuning),
    // What cannot be lowered again is no experiment: there is no way back from it.
    floorMb: (memorySizeMb) => (mayLower(request) ? lastingRange(request).minMb : memorySizeMb),
    isKnown: (size) => known.has(size),
  });
}

/**
 * Under `cost`, insight may be bought by a night at a larger size, but not at any price, nor where no way leads back. Not at
 * all from people whose minute has a price: they would be asked to spend twice.
 */
function affordability(
  request: RecommendationRequest,
  samples: CurveSamples,
  losses: Losses,
  mostForInsight: number,
): (column: number) => boolean {
  if (request.strategy !== 'cost') return () => true;
  const current = samples.sizes.indexOf(request.currentMemorySizeMb);
  const most = mayLower(request) ? mostForInsight : 0;
  return (column) => column <= current || losses.expectedTonight(column) <= losses.expectedTonight(current) + most;
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

/** On the last night there is, sizes are valued by what they are for good. */
function onlyAt(actions: readonly number[], losses: Losses): Float64Array {
  const values = new Float64Array(losses.columns).fill(Number.POSITIVE_INFINITY);
  for (const column of actions) values[column] = losses.expectedLasting(column);
  return values;
}

/** What it costs to keep the current size tonight and on every night that follows. */
function keptForGood(losses: Losses, current: number, weights: readonly number[]): number {
  // As `onlyAt`.
  const tonight = weights.length === 1 ? 0 : weights[0]!;
  return tonight * losses.expectedTonight(current) + (1 - tonight) * losses.expectedLasting(current);
}
