import type { AlarmSettings } from '../../../contracts/alarms.ts';
import { row } from './alarm-row.ts';
import { gated, type Metric, plain, sumOf } from './signals.ts';

/** Alarms on tables, queues and the application's own metrics (shared/cloudwatch-metrics writes them). */

/** A hit rate over fewer lookups is what the last cold cache was like. */
const LOOKUPS_FOR_A_RATE = 100;

const tableMetric = (name: string, tableName: string): Metric => ({
  namespace: 'AWS/DynamoDB',
  name,
  dimensions: { TableName: tableName },
});

const serviceMetric = (name: string, service: string, { applicationNamespace }: AlarmSettings): Metric => ({
  namespace: applicationNamespace,
  name,
  dimensions: { Service: service },
});

export const APPLICATION_ROWS = [
  row({
    id: 'DynamoDbThrottling',
    severity: 'high',
    watches: ['table'],
    evaluation: {
      periodSeconds: 60,
      evaluationPeriods: 3,
      datapointsToAlarm: 2,
      treatMissingData: 'notBreaching',
      reason:
        'two of three minutes: the SDK retries a burst away; DynamoDB emits no zeros and CloudWatch ignores missing data of its namespace whatever the setting, so FILL makes them zeros, else the alarm would never clear',
    },
    signal: ({ tableName }, { thresholds }) => ({
      queries: sumOf(tableMetric('ReadThrottleEvents', tableName), tableMetric('WriteThrottleEvents', tableName), 60),
      threshold: thresholds.tableThrottlesPerMinute,
      comparison: 'GreaterThanThreshold',
      says: `DynamoDB refuses more than ${thresholds.tableThrottlesPerMinute} reads and writes a minute.`,
    }),
  }),
  row({
    id: 'HighQueueDepth',
    severity: 'high',
    watches: ['queue'],
    evaluation: {
      periodSeconds: 60,
      evaluationPeriods: 5,
      datapointsToAlarm: 5,
      treatMissingData: 'notBreaching',
      reason:
        'five minutes in a row: a queue is there to hold bursts; SQS stops reporting on queues idle for six hours, which are empty',
    },
    signal: ({ queueName }, { thresholds }) => ({
      queries: plain(
        { namespace: 'AWS/SQS', name: 'ApproximateNumberOfMessagesVisible', dimensions: { QueueName: queueName } },
        'Maximum',
        60,
      ),
      threshold: thresholds.queueDepth,
      comparison: 'GreaterThanThreshold',
      says: `More than ${thresholds.queueDepth} messages wait.`,
    }),
  }),
  row({
    id: 'LowCacheHitRate',
    severity: 'low',
    watches: ['function'],
    evaluation: {
      periodSeconds: 300,
      evaluationPeriods: 6,
      datapointsToAlarm: 5,
      treatMissingData: 'notBreaching',
      minimumSamples: LOOKUPS_FOR_A_RATE,
      reason: 'five of six periods: a deployment empties the cache and half an hour fills it; no lookups, no misses',
    },
    signal: ({ functionName }, settings) => {
      const metric = {
        namespace: settings.applicationNamespace,
        name: 'CacheHit',
        dimensions: { FunctionName: functionName },
      };
      const share = settings.thresholds.cacheHitPercent / 100;
      const samples = { metric, stat: 'SampleCount', minimum: LOOKUPS_FOR_A_RATE };
      return {
        queries: gated(metric, 'Average', samples, 300, 1),
        threshold: share,
        comparison: 'LessThanThreshold',
        says: `Less than ${settings.thresholds.cacheHitPercent} % of lookups are answered from the cache.`,
      };
    },
  }),
  row({
    id: 'HighCostPerUser',
    severity: 'low',
    watches: ['application'],
    evaluation: {
      periodSeconds: 3_600,
      evaluationPeriods: 1,
      datapointsToAlarm: 1,
      treatMissingData: 'ignore',
      reason:
        'the first one: the figure is a month’s projection already; it is written rarely, and silence does not make it cheaper',
    },
    signal: ({ service }, settings) => {
      const { user, currency } = settings.costUnit;
      const { costPerUserPerMonth } = settings.thresholds;
      return {
        queries: plain(serviceMetric('CostPerUserPerMonth', service, settings), 'Average', 3_600),
        threshold: costPerUserPerMonth,
        comparison: 'GreaterThanThreshold',
        says: `A ${user} costs more than ${costPerUserPerMonth} ${currency} a month.`,
      };
    },
  }),
  row({
    id: 'HighConcurrentUsers',
    severity: 'low',
    watches: ['application'],
    evaluation: {
      periodSeconds: 60,
      evaluationPeriods: 5,
      datapointsToAlarm: 3,
      treatMissingData: 'notBreaching',
      reason: 'three of five minutes: a lesson’s start is a peak, a surge lasts; nobody reported is nobody there',
    },
    signal: ({ service }, settings) => ({
      queries: plain(serviceMetric('ConcurrentUsers', service, settings), 'Maximum', 60),
      threshold: settings.thresholds.concurrentUsers,
      comparison: 'GreaterThanThreshold',
      says: `More than ${settings.thresholds.concurrentUsers} users at once.`,
    }),
  }),
];
