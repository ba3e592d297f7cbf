import { DEFAULT_COLD_START } from '../contracts/cold-start.ts';
import {
  type MeasuredRequest,
  type StrategyAdvice,
  strategyByMeasurement,
  strategyForClass,
} from '../domain/cold-start/recommend-strategy.ts';
import { fallbackPrices } from '../domain/pricing/fallback-prices.ts';
import { FUNCTION_CLASSES, type FunctionClass } from '../domain/scaling/function-class.ts';

export type MeasuredFunction = Pick<MeasuredRequest, 'evidence' | 'fn'> & Partial<MeasuredRequest>;

/**
 * The strategy against cold starts for a function of a class (`critical`, `standard`, `batch`), or, given measurements,
 * the cheapest one that keeps the wanted p99, with the arithmetic of every option.
 *
 * @throws RangeError for a class that is not one of the three
 */
export function getRecommendedStrategy(functionOrClass: FunctionClass | MeasuredFunction): StrategyAdvice {
  if (typeof functionOrClass !== 'string') {
    return strategyByMeasurement({
      prices: fallbackPrices(),
      settings: DEFAULT_COLD_START,
      wantedP99Ms: DEFAULT_COLD_START.wantedP99Ms,
      ...functionOrClass,
    });
  }
  if (!FUNCTION_CLASSES.includes(functionOrClass)) {
    throw new RangeError(`function class must be one of ${FUNCTION_CLASSES.join(', ')}, got ${functionOrClass}`);
  }
  return strategyForClass(functionOrClass);
}
