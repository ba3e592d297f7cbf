import { WARM_UP_TAG } from '../../../constants.ts';
import type { ColdStartAdvice, ColdStartSettings, ColdStartStrategy } from '../../../contracts/cold-start.ts';
import type { LambdaPrices } from '../../pricing/types.ts';
import { CLASS_TAG, FUNCTION_CLASSES, readClass, readOptIn, type Tags } from '../scaling/function-class.ts';
import type { WantedSetting } from '../scaling/managed-setting.ts';
import { functionResource, type Skipped, untouchable } from '../scaling/plan-reservations.ts';
import { type ColdStartEvidence, type ColdStartPeriod, environmentsFor, type StartableFunction } from './evidence.ts';
import { type StrategyAdvice, strategyByMeasurement, strategyForClass } from './recommend-strategy.ts';
import { provisionedUsd } from './strategy-options.ts';

/** Slowest p99 in milliseconds that is still good for a function. */
export const WANTED_P99_TAG = 'rightsizer:wanted-p99-ms';

const LAMBDA_TIMEOUT_MAX_MS = 900_000;

/** A function whose owner gave it a class, with all that is known of its starts. */
export interface MitigatedFunction extends StartableFunction {
  readonly functionName: string;
  readonly tags: Tags;
  /** The alias that traffic uses; undefined where callers use the function's bare name. */
  readonly qualifier: string | undefined;
  /** Why no alias could be chosen, where there are several. */
  readonly ambiguous?: string;
  /** Whether Application Auto Scaling moves its provisioned concurrency. */
  readonly isScaled: boolean;
  /** From Lambda's metrics; empty where nothing ran. */
  readonly periods: readonly ColdStartPeriod[];
  /** Complete evidence, REPORT lines included; undefined where something is missing. */
  readonly evidence: ColdStartEvidence | undefined;
}

export interface MitigationPlan {
  wanted: WantedSetting[];
  skipped: Skipped[];
  advice: ColdStartAdvice[];
}

export const warmUpKey = (functionName: string): string => `function/${functionName}/warm-up`;
export const provisionedKey = (functionName: string, qualifier: string): string =>
  `function/${functionName}/provisioned-concurrency:${qualifier}`;

/** Qualifier of a warm-up that calls the function by its bare name. */
export const UNQUALIFIED = '$LATEST';

/**
 * What each function with a class gets; critical functions first, since they share a budget.
 *
 * @param budget USD a month that is left of it, taken from; a plan in parts is the same as a whole one, if the parts are in order
 */
export function planMitigation(
  functions: readonly MitigatedFunction[],
  settings: ColdStartSettings,
  prices: LambdaPrices,
  ownStackName?: string,
  budget = { left: settings.provisionedBudgetUsdPerMonth },
): MitigationPlan {
  const plan: MitigationPlan = { wanted: [], skipped: [], advice: [] };
  for (const fn of inOrderOfClass(functions)) {
    const resource = functionResource(fn.functionName);
    const untouched = untouchable(fn.tags, ownStackName);
    if (untouched !== undefined) {
      plan.skipped.push({ resource, reason: untouched });
      continue;
    }
    const advice = adviceFor(fn, settings, prices);
    if (advice === undefined) {
      plan.skipped.push({ resource, reason: `no class (tag ${CLASS_TAG})`, isWithdrawn: true });
      continue;
    }
    const { strategy, reason, options } = advice;
    plan.advice.push({ resource, strategy, reason, arithmetic: options.map((each) => each.arithmetic) });
    const wanted = settingFor(fn, advice, settings, prices, budget);
    if ('key' in wanted) plan.wanted.push(wanted);
    else plan.skipped.push({ resource, ...wanted });
  }
  return plan;
}

function inOrderOfClass(functions: readonly MitigatedFunction[]): MitigatedFunction[] {
  const rank = ({ tags }: MitigatedFunction) => classRank(tags);
  return [...functions].sort((a, b) => rank(a) - rank(b) || (a.functionName < b.functionName ? -1 : 1));
}

/** Place of a function's class among the classes: the less, the earlier it gets of what all share. */
export const classRank = (tags: Tags): number => FUNCTION_CLASSES.indexOf(readClass(tags) ?? 'batch');

function adviceFor(fn: MitigatedFunction, settings: ColdStartSettings, prices: LambdaPrices) {
  const functionClass = readClass(fn.tags);
  if (functionClass === undefined) return undefined;
  if (settings.mode === 'classes') return strategyForClass(functionClass);
  if (fn.evidence === undefined) {
    const advice = strategyForClass(functionClass);
    return { ...advice, reason: `not enough evidence of its starts, so by class. ${advice.reason}` };
  }
  const wantedP99Ms = readWantedP99Ms(fn.tags) ?? settings.wantedP99Ms;
  const { evidence } = fn;
  return strategyByMeasurement({ evidence, fn, prices, settings, wantedP99Ms, available: availableTo(fn) });
}

/** Undefined where the tag is missing or no number of milliseconds that an invocation can take. */
function readWantedP99Ms(tags: Tags): number | undefined {
  const given = Number(tags[WANTED_P99_TAG] || Number.NaN);
  return given > 0 && given <= LAMBDA_TIMEOUT_MAX_MS ? given : undefined;
}

function availableTo(fn: MitigatedFunction): ColdStartStrategy[] {
  return [
    'accept',
    ...(fn.qualifier === undefined ? [] : (['provisioned-concurrency', 'snap-start'] as const)),
    ...(readOptIn(fn.tags, WARM_UP_TAG) === 'yes' ? (['warm-up'] as const) : []),
  ];
}

type Refused = Pick<Skipped, 'reason' | 'isWithdrawn'>;

function settingFor(
  fn: MitigatedFunction,
  advice: StrategyAdvice,
  settings: ColdStartSettings,
  prices: LambdaPrices,
  budget: { left: number },
): WantedSetting | Refused {
  if (advice.strategy === 'accept') return { reason: advice.reason, isWithdrawn: true };
  if (advice.strategy === 'snap-start') {
    return { reason: `${advice.reason}; switch SnapStart on and publish a version, which a deployment must do` };
  }
  if (fn.ambiguous !== undefined) return { reason: fn.ambiguous };
  const environments =
    advice.environments || environmentsFor(fn.periods, settings.coverage, settings.maximumEnvironments);
  return advice.strategy === 'warm-up'
    ? warmUp(fn, advice, environments, settings)
    : provisioned(fn, advice, environments, prices, budget);
}

function warmUp(
  fn: MitigatedFunction,
  advice: StrategyAdvice,
  environments: number,
  settings: ColdStartSettings,
): WantedSetting | Refused {
  if (readOptIn(fn.tags, WARM_UP_TAG) !== 'yes') {
    return {
      reason: `nothing says that its handler answers warm-up calls without working; wrap it in withWarmUp() and tag it ${WARM_UP_TAG}`,
    };
  }
  const qualifier = fn.qualifier ?? UNQUALIFIED;
  const everyMinutes = settings.warmUpEveryMinutes;
  return {
    key: warmUpKey(fn.functionName),
    resource: functionResource(fn.functionName),
    value: { qualifier, everyMinutes, environments },
    basis: `${qualifier} every ${everyMinutes}`,
    reason: `${advice.reason}: ${environments} at once every ${everyMinutes} minutes, ${qualifier}`,
    stillServes: (written) => isNear(written['environments'], environments),
  };
}

function provisioned(
  fn: MitigatedFunction,
  advice: StrategyAdvice,
  environments: number,
  prices: LambdaPrices,
  budget: { left: number },
): WantedSetting | Refused {
  const { functionName, qualifier } = fn;
  if (qualifier === undefined) return { reason: 'provisioned concurrency needs an alias, and callers use none' };
  if (fn.isScaled) return { reason: 'Application Auto Scaling moves its provisioned concurrency' };
  const usdPerMonth = provisionedUsd(
    environments,
    fn.memorySizeMb,
    prices.architectures[fn.architecture].provisionedUsdPerGbSecond,
  );
  if (usdPerMonth > budget.left) {
    return {
      reason: `${environments} provisioned would cost $${usdPerMonth.toFixed(2)} a month, $${budget.left.toFixed(2)} of the budget are left`,
    };
  }
  budget.left -= usdPerMonth;
  return {
    key: provisionedKey(functionName, qualifier),
    resource: functionResource(functionName),
    value: { executions: environments },
    basis: qualifier,
    reason: `${advice.reason}: ${environments} on ${qualifier}, $${usdPerMonth.toFixed(2)} a month`,
    stillServes: (written) => isNear(written['executions'], environments),
  };
}

/** Traffic varies from week to week; only a need that doubled or halved is worth another setting. */
const isNear = (written: unknown, needed: number): boolean =>
  Number(written) >= needed / 2 && Number(written) <= needed * 2;
