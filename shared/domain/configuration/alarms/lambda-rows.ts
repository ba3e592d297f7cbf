import { row } from './alarm-row.ts';
import { gated, lambdaMetric, percentage, perFunction, plain } from './signals.ts';

/** Alarms on Lambda's own metrics. Thresholds are the brief's where it names one, slic-watch's otherwise. */

/** A percentile of fewer invocations in five minutes is decided by a cold start or two. */
const SAMPLES_FOR_A_PERCENTILE = 20;
/** One error among fewer invocations would already pass five percent. */
const SAMPLES_FOR_A_RATE = 20;
/** A whole account has never so few invocations that its rate means something below this. */
const SAMPLES_FOR_AN_ACCOUNT = 200;

const SUSTAINED =
  'two of three periods: one slow deployment or burst passes, ten minutes of trouble do not; a function that did not run is not in trouble';

export const LAMBDA_ROWS = [
  row({
    id: 'HighResponseTime',
    severity: 'low',
    watches: ['function'],
    evaluation: {
      periodSeconds: 300,
      evaluationPeriods: 3,
      datapointsToAlarm: 2,
      treatMissingData: 'notBreaching',
      minimumSamples: SAMPLES_FOR_A_PERCENTILE,
      reason: SUSTAINED,
    },
    signal: ({ functionName }, { thresholds }) => ({
      queries: gated(
        lambdaMetric('Duration', { FunctionName: functionName }),
        'p95',
        {
          metric: lambdaMetric('Invocations', { FunctionName: functionName }),
          stat: 'Sum',
          minimum: SAMPLES_FOR_A_PERCENTILE,
        },
        300,
      ),
      threshold: thresholds.responseTimeMs,
      comparison: 'GreaterThanThreshold',
      says: `One in twenty invocations takes longer than ${thresholds.responseTimeMs} ms.`,
    }),
  }),
  row({
    id: 'DurationNearTimeout',
    severity: 'high',
    watches: ['function'],
    evaluation: {
      periodSeconds: 60,
      evaluationPeriods: 3,
      datapointsToAlarm: 2,
      treatMissingData: 'notBreaching',
      reason:
        'two of three minutes: a single slow call is ordinary; the slowest call is what times out, so no minimum of samples; a function that did not run is far from its timeout',
    },
    signal: ({ functionName, timeoutSeconds }, { thresholds }) =>
      timeoutSeconds === undefined
        ? undefined
        : {
            queries: plain(lambdaMetric('Duration', { FunctionName: functionName }), 'Maximum', 60),
            threshold: Math.round(timeoutSeconds * 1000 * thresholds.timeoutShare),
            comparison: 'GreaterThanThreshold',
            says: `The slowest invocation takes more than ${Math.round(thresholds.timeoutShare * 100)} % of the timeout of ${timeoutSeconds} s.`,
          },
  }),
  row({
    id: 'HighErrorRate',
    severity: 'high',
    watches: ['function', 'fleet', 'account'],
    evaluation: {
      periodSeconds: 300,
      evaluationPeriods: 3,
      datapointsToAlarm: 2,
      treatMissingData: 'notBreaching',
      minimumSamples: SAMPLES_FOR_A_RATE,
      reason: SUSTAINED,
    },
    signal: (target, { thresholds }) => errorSignal(target, thresholds),
  }),
  row({
    id: 'LambdaThrottling',
    severity: 'high',
    watches: ['function', 'fleet', 'account'],
    evaluation: {
      periodSeconds: 60,
      evaluationPeriods: 3,
      datapointsToAlarm: 2,
      treatMissingData: 'notBreaching',
      reason:
        'two of three minutes: a burst that retries absorb is over sooner; throttled calls are counted whether or not anything ran, so missing means none',
    },
    signal: (target, { thresholds }) => ({
      queries:
        target.kind === 'fleet'
          ? perFunction('Throttles', 'SUM', 60)
          : plain(lambdaMetric('Throttles', dimensionsOf(target)), 'Sum', 60),
      threshold: thresholds.throttlesPerMinute,
      comparison: 'GreaterThanThreshold',
      says: `Lambda refuses more than ${thresholds.throttlesPerMinute} invocations a minute for want of concurrency.`,
    }),
  }),
  row({
    id: 'IteratorAge',
    severity: 'high',
    watches: ['function'],
    evaluation: {
      periodSeconds: 60,
      evaluationPeriods: 5,
      datapointsToAlarm: 5,
      treatMissingData: 'notBreaching',
      reason: 'five minutes in a row: a consumer catches up after a burst; without records there is no age',
    },
    signal: ({ functionName, consumesStream }, { thresholds }) =>
      consumesStream
        ? {
            queries: plain(lambdaMetric('IteratorAge', { FunctionName: functionName }), 'Maximum', 60),
            threshold: thresholds.iteratorAgeMs,
            comparison: 'GreaterThanThreshold',
            says: `Records of its stream are more than ${thresholds.iteratorAgeMs / 1000} s old before the function sees them.`,
          }
        : undefined,
  }),
  row({
    id: 'DeadLetterErrors',
    severity: 'high',
    watches: ['function', 'account'],
    evaluation: {
      periodSeconds: 300,
      evaluationPeriods: 1,
      datapointsToAlarm: 1,
      treatMissingData: 'notBreaching',
      reason: 'the first one: an event that could be neither processed nor put aside is lost; missing means none',
    },
    signal: (target) => ({
      queries: plain(lambdaMetric('DeadLetterErrors', dimensionsOf(target)), 'Sum', 300),
      threshold: 0,
      comparison: 'GreaterThanThreshold',
      says: 'Lambda could not put a failed event into its dead-letter queue; the event is lost.',
    }),
  }),
  row({
    id: 'ProvisionedConcurrencySpillover',
    severity: 'low',
    watches: ['function'],
    evaluation: {
      periodSeconds: 60,
      evaluationPeriods: 5,
      datapointsToAlarm: 3,
      treatMissingData: 'notBreaching',
      reason:
        'three of five minutes: short peaks may start cold; the metric is not emitted when idle, which is no spill',
    },
    signal: ({ functionName, alias }) =>
      alias === undefined
        ? undefined
        : {
            queries: plain(
              lambdaMetric('ProvisionedConcurrencySpilloverInvocations', {
                FunctionName: functionName,
                Resource: `${functionName}:${alias}`,
              }),
              'Sum',
              60,
            ),
            threshold: 0,
            comparison: 'GreaterThanThreshold',
            says: `Invocations of ${alias} run beside its provisioned concurrency and start cold.`,
          },
  }),
  row({
    id: 'MemoryNearSize',
    severity: 'high',
    watches: ['function'],
    evaluation: {
      periodSeconds: 300,
      evaluationPeriods: 3,
      datapointsToAlarm: 2,
      treatMissingData: 'notBreaching',
      reason: `${SUSTAINED}; only functions with Lambda Insights have the metric, the others are found out by their REPORT lines after an error alarm`,
    },
    signal: ({ functionName }, { thresholds }) => ({
      queries: plain(
        { namespace: 'LambdaInsights', name: 'memory_utilization', dimensions: { function_name: functionName } },
        'Maximum',
        300,
      ),
      threshold: thresholds.memoryPercent,
      comparison: 'GreaterThanThreshold',
      says: `An environment uses more than ${thresholds.memoryPercent} % of its memory.`,
    }),
  }),
];

type FunctionTargets = { kind: 'function'; functionName: string } | { kind: 'fleet' } | { kind: 'account' };

/**
 * The fleet's alarm counts errors instead of taking their share, because Metrics Insights has no arithmetic between
 * metrics: so many errors are at least as many samples, and classification looks at the share before anything is done.
 */
function errorSignal(target: FunctionTargets, thresholds: { errorRatePercent: number; fleetErrorsPerPeriod: number }) {
  if (target.kind === 'fleet') {
    return {
      queries: perFunction('Errors', 'SUM', 300),
      threshold: thresholds.fleetErrorsPerPeriod,
      comparison: 'GreaterThanThreshold' as const,
      says: `A function fails more than ${thresholds.fleetErrorsPerPeriod} times in five minutes.`,
    };
  }
  const minimum = target.kind === 'account' ? SAMPLES_FOR_AN_ACCOUNT : SAMPLES_FOR_A_RATE;
  const dimensions = dimensionsOf(target);
  return {
    queries: percentage(lambdaMetric('Errors', dimensions), lambdaMetric('Invocations', dimensions), minimum, 300),
    threshold: thresholds.errorRatePercent,
    comparison: 'GreaterThanThreshold' as const,
    says: `More than ${thresholds.errorRatePercent} % of at least ${minimum} invocations fail.`,
  };
}

/** AWS/Lambda without dimensions is the sum over every function of the account. */
const dimensionsOf = (target: FunctionTargets): Record<string, string> =>
  target.kind === 'function' ? { FunctionName: target.functionName } : {};
