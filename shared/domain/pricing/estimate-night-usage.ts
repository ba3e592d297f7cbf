import { METRICS_EVERY_NIGHT } from '../night/summary/run-metrics.ts';
import { type NightUsage, nightBill } from './night-bill.ts';
import { NIGHTS_PER_MONTH } from './service-prices.ts';

/** What a night knows of its own work when it is over. */
export interface NightCounts {
  /** Functions that were looked at, whatever was found. */
  readonly assessed: number;
  /** Of tonight's proposals, those that were written to their function. */
  readonly applied: number;
  /** Tonight's other proposals: rejected, expired, refused, failed. */
  readonly notApplied: number;
  /** Changes of earlier nights that were looked at again. */
  readonly settled: number;
  readonly scannedBytes: number;
  /** Metrics of its own that it sent. @default - what every night sends */
  readonly ownMetrics?: number;
}

/** Functions that one Express execution assesses. */
const BATCH = 50;
/** Logs, traces and one subscriber's mail, as the bench counts them. */
const LOG_BYTES_PER_INVOCATION = 600;
const TRACED_SHARE = 0.05;

/** Units that a night takes by itself, then for each function, change, other proposal and settled change. */
type Rates = readonly [night: number, perFunction: number, perApplied: number, perOther: number, perSettled: number];

/**
 * Fitted to what the embedded account counts (`npm run bench:scale`, sandbox/metering); a test compares the two, so
 * that a night that comes to use more is noticed here as well.
 */
const RATES = {
  stateTransitions: [13, 0, 9, 4, 4],
  metricsRead: [0, 1, 12, 6, 4],
  lambdaRequests: [15, 1.8, 7, 4, 3],
  lambdaGbSeconds: [8, 0.04, 0.7, 0.4, 0.4],
  readUnits: [20, 1.1, 17, 10, 8],
  writeUnits: [10, 0, 45, 15, 12],
  expressGbSeconds: [0, 0.001, 0, 0, 0],
  events: [2, 0, 1, 1, 1],
  keyRequests: [30, 0, 1, 1, 1],
} as const satisfies Partial<Record<keyof NightUsage, Rates>>;

/** A night's usage by its counts: good to a twentieth of the bill, not to each line. */
export function estimateNightUsage(counts: NightCounts): NightUsage {
  const { assessed, applied, notApplied, settled, scannedBytes } = counts;
  const of = (item: keyof typeof RATES): number => {
    const [night, perFunction, perApplied, perOther, perSettled] = RATES[item];
    return night + perFunction * assessed + perApplied * applied + perOther * notApplied + perSettled * settled;
  };
  const batches = Math.ceil(assessed / BATCH);
  return {
    stateTransitions: of('stateTransitions'),
    expressRequests: batches,
    expressGbSeconds: of('expressGbSeconds'),
    lambdaRequests: of('lambdaRequests'),
    lambdaGbSeconds: of('lambdaGbSeconds'),
    metricsRead: of('metricsRead'),
    logBytesScanned: scannedBytes,
    readUnits: of('readUnits'),
    writeUnits: of('writeUnits'),
    objectsWritten: 16,
    objectsRead: 14,
    emails: 1,
    events: of('events'),
    pageRequests: 2,
    logBytesWritten: of('lambdaRequests') * LOG_BYTES_PER_INVOCATION,
    ownMetricHours: counts.ownMetrics ?? METRICS_EVERY_NIGHT,
    traces: Math.ceil((batches + applied + notApplied + settled) * TRACED_SHARE),
    keyRequests: of('keyRequests'),
  };
}

const NOTHING: NightCounts = { assessed: 0, applied: 0, notApplied: 0, settled: 0, scannedBytes: 0 };
/** As many as fill their batches. */
const MANY = 100 * BATCH;

/** What looking at one more function every night costs in a month, without its logs: the least that a look costs. */
export function lookUsdPerMonth(): number {
  const bill = (assessed: number): number => nightBill(estimateNightUsage({ ...NOTHING, assessed })).usdPerNight;
  return ((bill(MANY) - bill(0)) / MANY) * NIGHTS_PER_MONTH;
}
