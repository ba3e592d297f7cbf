/**
 * Strategies against cold starts: provisioned concurrency for critical functions, scheduled warm-up for standard ones,
 * none for batch; or, measured, the cheapest that keeps the wanted p99.
 */

export { WARM_UP_TAG } from '../constants.ts';
export {
  type ColdStartAdvice,
  type ColdStartSettings,
  type ColdStartStrategy,
  DEFAULT_COLD_START,
} from '../contracts/cold-start.ts';
export type { ColdStartEvidence, StartableFunction } from '../domain/configuration/cold-start/evidence.ts';
export { WANTED_P99_TAG } from '../domain/configuration/cold-start/plan-mitigation.ts';
export type { StrategyAdvice } from '../domain/configuration/cold-start/recommend-strategy.ts';
export type { StrategyOption } from '../domain/configuration/cold-start/strategy-options.ts';
export { CLASS_TAG, type FunctionClass } from '../domain/configuration/scaling/function-class.ts';
export {
  applyColdStartMitigation,
  type ColdStartMitigationInput,
  type MitigationReport,
} from './apply-cold-start-mitigation.ts';
export {
  configureProvisionedConcurrency,
  type ProvisionedConcurrencyInput,
  type ProvisionedConcurrencyOutcome,
} from './configure-provisioned-concurrency.ts';
export {
  createWarmUpSchedule,
  type WarmUpScheduleInput,
  type WarmUpScheduleOutcome,
} from './create-warm-up-schedule.ts';
export { getRecommendedStrategy, type MeasuredFunction } from './get-recommended-strategy.ts';
export { isWarmUp, type WarmUpAnswer, type WarmUpEvent, withWarmUp } from './with-warm-up.ts';
