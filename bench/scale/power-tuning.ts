import { behaviourAt, type FleetFunction } from '../../sandbox/fleet/fleet-function.ts';
import { fallbackPrices } from '../../shared/domain/pricing/fallback-prices.ts';
import { invocationCostUsd } from '../../shared/domain/pricing/lambda-cost.ts';
import { SERVICE_PRICES } from '../../shared/domain/pricing/service-prices.ts';
import { type PeerRow, per1000, toMicros } from './scale-row.ts';

/**
 * Defaults of aws-lambda-power-tuning 4.4.0: its `PowerValues`, ten invocations of each (the least it recommends; `num`
 * has no default), executed by functions of 128 MB, and 6 + 3N transitions (its README's own sum).
 *
 * @see https://github.com/alexcasalboni/aws-lambda-power-tuning
 */
const POWER_VALUES_MB = [128, 256, 512, 1024, 1536, 3008];
const INVOCATIONS_EACH = 10;
const TRANSITIONS = 6 + 3 * POWER_VALUES_MB.length;
/** Initializer, Cleaner, Analyzer and Optimizer once, Publisher and Executor for each value. */
const OWN_INVOCATIONS = 4 + 2 * POWER_VALUES_MB.length;
const EXECUTOR_GB = 128 / 1024;
const MS_PER_SECOND = 1_000;

/** What tuning each of these functions once costs; a payload for each would have to be written besides. */
export function powerTuning(tuned: readonly FleetFunction[], functions: number, oursUsdPerNight: number): PeerRow {
  const invocations = tuned.reduce((usd, fn) => usd + invocationsUsd(fn), 0);
  const executorGbSeconds = tuned.reduce((seconds, fn) => seconds + (runMs(fn) / MS_PER_SECOND) * EXECUTOR_GB, 0);
  const breakdown = {
    stateTransitions: tuned.length * TRANSITIONS * SERVICE_PRICES.stateTransitions.usd,
    lambdaRequests: tuned.length * OWN_INVOCATIONS * SERVICE_PRICES.lambdaRequests.usd,
    lambdaGbSeconds: executorGbSeconds * SERVICE_PRICES.lambdaGbSeconds.usd,
    invocationsOfTheFunctions: invocations,
  };
  const usdPerNight = Object.values(breakdown).reduce((sum, usd) => sum + usd, 0);
  return {
    peer: 'Power Tuning',
    functions,
    usdPerNight: toMicros(usdPerNight),
    usdPer1000FunctionsPerNight: per1000(usdPerNight, functions),
    breakdown: Object.fromEntries(Object.entries(breakdown).map(([item, usd]) => [item, toMicros(usd)])),
    timesOurs: Math.round((usdPerNight / oursUsdPerNight) * 10) / 10,
    assumes: `${tuned.length} functions tuned once at ${POWER_VALUES_MB.join(', ')} MB, ${INVOCATIONS_EACH} invocations each`,
  };
}

const runMs = (fn: FleetFunction): number =>
  POWER_VALUES_MB.reduce((sum, memorySizeMb) => sum + INVOCATIONS_EACH * meanMs(fn, memorySizeMb), 0);

function invocationsUsd(fn: FleetFunction): number {
  const { durationTiers, usdPerRequest } = fallbackPrices().architectures[fn.architecture];
  const { usdPerGbSecond } = durationTiers[0]!;
  return POWER_VALUES_MB.reduce((usd, memorySizeMb) => {
    const meanDurationMs = meanMs(fn, memorySizeMb);
    return usd + INVOCATIONS_EACH * invocationCostUsd({ memorySizeMb, meanDurationMs, usdPerGbSecond, usdPerRequest });
  }, 0);
}

/** No invocation outlives the function's timeout. */
const meanMs = (fn: FleetFunction, memorySizeMb: number): number =>
  Math.min(behaviourAt(fn, memorySizeMb).meanMs, fn.initialTimeoutS * MS_PER_SECOND);
