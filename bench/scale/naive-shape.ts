import { type NightUsage, nightBill } from '../../shared/domain/pricing/night-bill.ts';
import { type PeerRow, per1000, toMicros, usdByItem } from './scale-row.ts';

export interface NaiveNight {
  readonly functions: number;
  readonly usage: NightUsage;
  /** Express states entered: what a Standard workflow would bill as transitions. */
  readonly expressStateTransitions: number;
  readonly oursUsdPerNight: number;
}

/** One call of CloudWatch and little else at 256 MB, in seconds. */
const COLLECTING_SECONDS = 0.35;
const COLLECTING_GB = 0.25;

/**
 * The shape that one draws first: a Standard child for every function, one Task state a step. Same steps, metrics,
 * proposals and changes as ours; every state is a transition, and metrics are collected function by function.
 */
export function naiveShape({ functions, usage, expressStateTransitions, oursUsdPerNight }: NaiveNight): PeerRow {
  const batches = usage.expressRequests;
  const more = functions - batches;
  const naive: NightUsage = {
    ...usage,
    stateTransitions: usage.stateTransitions + expressStateTransitions + more,
    expressRequests: 0,
    expressGbSeconds: 0,
    lambdaRequests: usage.lambdaRequests + more,
    lambdaGbSeconds: usage.lambdaGbSeconds + more * COLLECTING_SECONDS * COLLECTING_GB,
    logBytesWritten: usage.logBytesWritten + (usage.logBytesWritten / usage.lambdaRequests) * more,
  };
  const { lines, usdPerNight } = nightBill(naive);
  return {
    peer: 'naive shape',
    functions,
    usdPerNight: toMicros(usdPerNight),
    usdPer1000FunctionsPerNight: per1000(usdPerNight, functions),
    breakdown: usdByItem({ lines }),
    timesOurs: Math.round((usdPerNight / oursUsdPerNight) * 10) / 10,
    assumes:
      'a Standard child for every function with a Task state for each step; the same metrics, proposals and changes',
  };
}
