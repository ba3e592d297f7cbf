import { metricNamespace, RunMetric } from '../../../constants.ts';
import type { AlarmSettings } from '../../../contracts/alarms.ts';
import { row } from './alarm-row.ts';
import { plain } from './signals.ts';

/** Alarms on Rightsizer's own results; what its state machines and queues do has alarms in infra/monitoring. */

/** Counted by RecordRemediation: a remediation that broke, was refused by AWS, or changed something in vain. */
export const REMEDIATIONS_FAILED_METRIC = 'RemediationsFailed';

const DAY_SECONDS = 86_400;
const HOUR_SECONDS = 3_600;

const ownMetric = ({ stackName }: AlarmSettings, name: string, service: string) => ({
  namespace: metricNamespace(stackName),
  name,
  dimensions: { service },
});

export const PIPELINE_ROWS = [
  row({
    id: 'NothingAssessed',
    severity: 'high',
    watches: ['pipeline'],
    evaluation: {
      periodSeconds: DAY_SECONDS,
      evaluationPeriods: 1,
      datapointsToAlarm: 1,
      treatMissingData: 'ignore',
      reason:
        'the first night: an account does not lose its functions; a night that did not run at all has its own alarm',
    },
    signal: (_, settings) => ({
      queries: plain(ownMetric(settings, RunMetric.functionsAssessed, 'summarize-run'), 'Maximum', DAY_SECONDS),
      threshold: 1,
      comparison: 'LessThanThreshold',
      says: 'A night ended without having assessed a single function.',
    }),
  }),
  row({
    id: 'ApprovalsExpiringUnread',
    severity: 'low',
    watches: ['pipeline'],
    evaluation: {
      periodSeconds: DAY_SECONDS,
      evaluationPeriods: 3,
      datapointsToAlarm: 3,
      treatMissingData: 'notBreaching',
      reason: 'three nights in a row: approvers have weekends; a night without a run expired nothing',
    },
    signal: (_, settings) => ({
      queries: plain(ownMetric(settings, RunMetric.proposalsExpired, 'summarize-run'), 'Sum', DAY_SECONDS),
      threshold: 0,
      comparison: 'GreaterThanThreshold',
      says: 'Proposals expired three nights running without anybody’s answer.',
    }),
  }),
  row({
    id: 'RemediationFailing',
    severity: 'high',
    watches: ['pipeline'],
    evaluation: {
      periodSeconds: HOUR_SECONDS,
      evaluationPeriods: 1,
      datapointsToAlarm: 1,
      treatMissingData: 'notBreaching',
      reason: 'two in an hour: one may meet a deployment, more are a fault of ours; without remediations none failed',
    },
    signal: (_, settings) => ({
      queries: plain(ownMetric(settings, REMEDIATIONS_FAILED_METRIC, 'record-remediation'), 'Sum', HOUR_SECONDS),
      threshold: 2,
      comparison: 'GreaterThanOrEqualToThreshold',
      says: 'Remediations of alarms keep failing.',
    }),
  }),
];
