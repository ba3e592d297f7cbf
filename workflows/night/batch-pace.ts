import { AwsRate } from '../../shared/aws-rates.ts';

/** Every batch is one GetMetricData call of 50 functions, six statistics each, and one more of what rests for days. */
export const FUNCTIONS_PER_BATCH = 50;
const STATISTICS_PER_FUNCTION = 6;
/** The look-back's period is chosen so that a statistic has no more points than this, whatever its length. */
const POINTS_PER_STATISTIC_MAX = 203;
const POINTS_PER_BATCH = FUNCTIONS_PER_BATCH * STATISTICS_PER_FUNCTION * POINTS_PER_STATISTIC_MAX;
/** Each runs five functions' tasks at once: more would crowd out the customer's own. */
const BATCHES_AT_ONCE_MAX = 8;

export interface BatchPace {
  batchesAtOnce: number;
  /** Each batch lasts at least so long. */
  secondsPerBatch: number;
  /** And longer where it asked for more, as of functions that are looked at far back: this many points a second. */
  pointsPerSecondOfBatch: number;
}

/**
 * How many batches may run at once, and how long each must last, so that all of them together ask CloudWatch for no
 * more data points a second than our share. Batches run in environments that know nothing of each other, so that the
 * state machine is what can hold them back.
 *
 * @param rateLimitShare above 0, at most 1
 */
export function batchPace(rateLimitShare: number): BatchPace {
  const pointsPerSecond = AwsRate.metricPoints * rateLimitShare;
  const fitting = Math.floor(pointsPerSecond / POINTS_PER_BATCH);
  const batchesAtOnce = Math.min(BATCHES_AT_ONCE_MAX, Math.max(1, fitting));
  return {
    batchesAtOnce,
    secondsPerBatch: Math.ceil((batchesAtOnce * POINTS_PER_BATCH) / pointsPerSecond),
    pointsPerSecondOfBatch: Math.max(1, Math.floor(pointsPerSecond / batchesAtOnce)),
  };
}
