import { type NightUsage, nightBill } from '../../shared/domain/pricing/night-bill.ts';
import { type PeerRow, per1000, toMicros, usdByItem } from './scale-row.ts';

export interface NaiveNight {
  readonly functions: number;
  readonly usage: NightUsage;
  readonly assessed: number;
  /** Functions that our memory let us pass over tonight. */
  readonly passedOver: number;
  /** What reading everybody's logs scans, as a night does that remembers nothing. */
  readonly logBytesScannedAnew: number;
  /** Express states entered: what a Standard workflow would bill as transitions. */
  readonly expressStateTransitions: number;
  readonly oursUsdPerNight: number;
}

/** One call of CloudWatch and little else at 256 MB, in seconds. */
const COLLECTING_SECONDS = 0.35;
const COLLECTING_GB = 0.25;

/** Analyze for each; every second or third is priced as well. */
const INVOCATIONS_PER_FUNCTION = 1.75;
const METRICS_PER_FUNCTION = 1;

/**
 * The shape that one draws first: a Standard child for every function, one Task state a step. Same steps, metrics of a
 * function, proposals and changes as ours; every state is a transition, metrics are collected function by function, and
 * nothing is remembered: it looks at every function and reads logs as our first night does.
 */
export function naiveShape(night: NaiveNight): PeerRow {
  const { functions, usage, assessed, passedOver, oursUsdPerNight } = night;
  const batches = usage.expressRequests;
  const more = functions - batches;
  const statesEach = night.expressStateTransitions / Math.max(1, assessed);
  const naive: NightUsage = {
    ...usage,
    stateTransitions: usage.stateTransitions + statesEach * (assessed + passedOver) + more,
    metricsRead: usage.metricsRead + METRICS_PER_FUNCTION * passedOver,
    logBytesScanned: Math.max(usage.logBytesScanned, night.logBytesScannedAnew),
    expressRequests: 0,
    expressGbSeconds: 0,
    lambdaRequests: usage.lambdaRequests + more + INVOCATIONS_PER_FUNCTION * passedOver,
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
      'a Standard child for every function with a Task state for each step; the same metrics, proposals and changes; nothing remembered',
  };
}
