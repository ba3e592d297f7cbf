import { DEFAULT_COLD_START } from '../contracts/cold-start.ts';
import {
  type MeasuredRequest,
  type StrategyAdvice,
  strategyByMeasurement,
  strategyForClass,
} from '../domain/configuration/cold-start/recommend-strategy.ts';
import { FUNCTION_CLASSES, type FunctionClass } from '../domain/configuration/scaling/function-class.ts';
import { fallbackPrices } from '../domain/pricing/fallback-prices.ts';

export type MeasuredFunction = Pick<MeasuredRequest, 'evidence' | 'fn'> & Partial<MeasuredRequest>;

/**
 * The strategy against cold starts for a function of a class (`critical`, `standard`, `batch`), or, given measurements,
 * the cheapest one that keeps the wanted p99, with the arithmetic of every option.
 *
 * @throws RangeError for a class that is not one of the three, and for measurements that are none, naming each
 */
export function getRecommendedStrategy(functionOrClass: FunctionClass | MeasuredFunction): StrategyAdvice {
  if (typeof functionOrClass !== 'string') {
    rejectBadMeasurements(functionOrClass);
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

/** Zero is a measurement; nothing, NaN and less than nothing are not, and would make arithmetic that says nothing. */
function rejectBadMeasurements({ evidence, fn, wantedP99Ms }: MeasuredFunction): void {
  const { periods, coldStartShare, ...amounts } = evidence;
  const problems = Object.entries({ ...amounts, coldStartShare })
    .filter(([, value]) => !(Number.isFinite(value) && value >= 0))
    .map(([name, value]) => `${name} must be a number of at least 0, got ${value}`);
  if (coldStartShare > 1) problems.push(`coldStartShare must be 0 to 1, got ${coldStartShare}`);
  if (periods.some((each) => !(each.invocations >= 0 && each.maximumConcurrency >= 0))) {
    problems.push('periods must hold numbers of at least 0');
  }
  if (!(fn.memorySizeMb > 0)) problems.push(`memorySizeMb must be above 0, got ${fn.memorySizeMb}`);
  if (wantedP99Ms !== undefined && !(wantedP99Ms > 0)) {
    problems.push(`wantedP99Ms must be above 0, got ${wantedP99Ms}`);
  }
  if (problems.length > 0) throw new RangeError(problems.join('; '));
}
