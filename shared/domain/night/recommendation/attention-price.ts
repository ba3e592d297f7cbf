import { defaultUnitPrices } from '../../pricing/fallback-prices.ts';
import { expectedCostUsd } from './objective.ts';
import type { CurveSamples } from './posterior.ts';
import type { Observation, RecommendationRequest, UnitPrices } from './types.ts';

/** `cost`: what a question must be expected to save in the end, USD a month, where the request does not say. */
const DEFAULT_MINIMUM_SAVINGS_USD_PER_MONTH = 0.5;

/** Under `cost` a question has a price, unless it is set to 0 or nothing says how often the function is called. */
export function hasAttentionPrice({ strategy, requestsPerMonth, minimumSavingsUsdPerMonth }: RecommendationRequest) {
  return strategy === 'cost' && requestsPerMonth !== undefined && minimumSavingsUsdPerMonth !== 0;
}

/** Whether whoever is asked is to recognise the size: people are, where a question has a price or the request says so. */
export const asksFamiliarSizes = (request: RecommendationRequest): boolean =>
  request.familiarSizes === true || hasAttentionPrice(request);

/**
 * What a question to a person costs, as a share of the function's cost at its baseline size: the unit in which `cost`
 * weighs its gains. 0 where attention costs nothing.
 */
export function attentionPrice(
  request: RecommendationRequest,
  { sizes, weights, logDurations }: CurveSamples,
  baseline: number,
  prices: UnitPrices,
): number {
  if (!hasAttentionPrice(request)) return 0;
  const { requestsPerMonth = 0, minimumSavingsUsdPerMonth = DEFAULT_MINIMUM_SAVINGS_USD_PER_MONTH } = request;
  const meanLog = weights.reduce((sum, weight, row) => sum + weight * logDurations[row * sizes.length + baseline]!, 0);
  const usdPerMonth = requestsPerMonth * expectedCostUsd(sizes[baseline]!, Math.exp(meanLog), prices);
  return usdPerMonth > 0 ? minimumSavingsUsdPerMonth / usdPerMonth : Number.POSITIVE_INFINITY;
}

/** Small steps down from the current size, as factors; see consideredSizes. */
export const SMALL_STEPS = [1.05, 1.1, 1.2, 1.35];
/** So many times what a question has to save, the smallest step must, before people are asked for a size nobody types. */
const WORTH_OF_AN_EXACT_STEP = 10;

/**
 * Sizes a small step below the current one that are asked for exactly, although nobody would type them: where the bill is so
 * large that five per cent of it is worth ten questions, a guard that a familiar step might break leaves money behind.
 */
export function exactSteps(request: RecommendationRequest, observations: readonly Observation[]): number[] {
  const steps = SMALL_STEPS.map((factor) => Math.round(request.currentMemorySizeMb / factor));
  if (!asksFamiliarSizes(request)) return steps;
  // Nothing says what an exact step is worth.
  if (!hasAttentionPrice(request)) return [];
  const { requestsPerMonth = 0, currentMemorySizeMb, architecture, prices = defaultUnitPrices(architecture) } = request;
  const latest = observations.findLast(({ memorySizeMb }) => memorySizeMb === currentMemorySizeMb);
  if (latest === undefined) return [];
  const usdPerMonth = requestsPerMonth * expectedCostUsd(currentMemorySizeMb, latest.meanDurationMs, prices);
  const { minimumSavingsUsdPerMonth = DEFAULT_MINIMUM_SAVINGS_USD_PER_MONTH } = request;
  const leastUsd = usdPerMonth * (1 - 1 / SMALL_STEPS[0]!);
  return leastUsd >= WORTH_OF_AN_EXACT_STEP * minimumSavingsUsdPerMonth ? steps : [];
}
