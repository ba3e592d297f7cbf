import { expectedCostUsd } from './objective.ts';
import type { CurveSamples } from './posterior.ts';
import type { RecommendationRequest, UnitPrices } from './types.ts';

/** `cost`: what a question must be expected to save in the end, USD a month, where the request does not say. */
const DEFAULT_MINIMUM_SAVINGS_USD_PER_MONTH = 0.5;

/** Under `cost` a question has a price, unless it is set to 0 or nothing says how often the function is called. */
export function hasAttentionPrice({ strategy, requestsPerMonth, minimumSavingsUsdPerMonth }: RecommendationRequest) {
  return strategy === 'cost' && requestsPerMonth !== undefined && minimumSavingsUsdPerMonth !== 0;
}

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
