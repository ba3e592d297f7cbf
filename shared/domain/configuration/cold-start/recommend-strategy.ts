import type { ColdStartSettings, ColdStartStrategy } from '../../../contracts/cold-start.ts';
import type { LambdaPrices } from '../../pricing/types.ts';
import type { FunctionClass } from '../scaling/function-class.ts';
import type { ColdStartEvidence, StartableFunction } from './evidence.ts';
import { mixedP99Ms } from './latency.ts';
import { type StrategyOption, strategyOptions } from './strategy-options.ts';

export interface StrategyAdvice {
  strategy: ColdStartStrategy;
  /** Environments to keep ready; 0 where none are. */
  environments: number;
  reason: string;
  /** Every option that was weighed, cheapest first; empty where a class decided. */
  options: StrategyOption[];
}

const BY_CLASS: Readonly<Record<FunctionClass, { strategy: ColdStartStrategy; reason: string }>> = {
  critical: {
    strategy: 'provisioned-concurrency',
    reason: 'class critical: somebody waits for every answer, so environments are kept ready',
  },
  standard: { strategy: 'warm-up', reason: 'class standard: a scheduled call keeps environments alive for cents' },
  batch: { strategy: 'accept', reason: 'class batch: nobody waits, cold starts are accepted' },
};

/** The brief's rule: what a function of this class gets. */
export function strategyForClass(functionClass: FunctionClass): StrategyAdvice {
  return { ...BY_CLASS[functionClass], environments: 0, options: [] };
}

/** Less than this is not worth paying more for. */
const FASTER = 0.95;

export interface MeasuredRequest {
  evidence: ColdStartEvidence;
  fn: StartableFunction;
  prices: LambdaPrices;
  wantedP99Ms: number;
  settings: Pick<ColdStartSettings, 'warmUpEveryMinutes' | 'maximumEnvironments'>;
  /** Strategies that can be had for this function. @default all */
  available?: readonly ColdStartStrategy[];
}

/** The cheapest strategy whose predicted p99 keeps the wish; where none does, the fastest one, and it says so. */
export function strategyByMeasurement(request: MeasuredRequest): StrategyAdvice {
  const { evidence, fn, prices, settings, wantedP99Ms, available } = request;
  const options = strategyOptions(evidence, fn, prices, settings)
    .filter(({ strategy }) => available === undefined || available.includes(strategy))
    .sort((a, b) => a.usdPerMonth - b.usdPerMonth);
  const good = options.find(({ p99Ms }) => p99Ms <= wantedP99Ms);
  const chosen = good ?? options.reduce((best, each) => (each.p99Ms < best.p99Ms * FASTER ? each : best));
  const said = `${chosen.strategy}${chosen.environments > 0 ? ` of ${chosen.environments}` : ''} at $${chosen.usdPerMonth.toFixed(2)} a month, p99 ${Math.round(chosen.p99Ms)} ms`;
  return {
    strategy: chosen.strategy,
    environments: chosen.environments,
    reason: good
      ? `cheapest of ${options.length} options that keep the wanted p99 of ${wantedP99Ms} ms: ${said}`
      : `no option keeps the wanted p99 of ${wantedP99Ms} ms (warm requests alone take ${Math.round(mixedP99Ms(evidence, 0, 0))} ms), the fastest is ${said}`,
    options,
  };
}
