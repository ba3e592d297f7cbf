import type { MetricAlarm, MetricDataQuery, StateValue } from '@aws-sdk/client-cloudwatch';
import type { AccountContext } from '../core/account-context.ts';

/** A time series that is in ALARM, of an alarm on several. */
export interface Contributor {
  readonly id: string;
  readonly attributes: Record<string, string>;
  readonly reason: string;
  readonly atMs: number;
}

/**
 * Events as CloudWatch sends them to EventBridge.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html
 */
export interface CloudWatchEvent {
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': 'CloudWatch Alarm State Change' | 'CloudWatch Alarm Contributor State Change';
  readonly source: 'aws.cloudwatch';
  readonly account: string;
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: Readonly<Record<string, unknown>>;
}

export function alarmEvent(
  context: AccountContext,
  alarm: MetricAlarm,
  previous: StateValue,
  atMs: number,
): CloudWatchEvent {
  return envelope(context, alarm, 'CloudWatch Alarm State Change', atMs, {
    state: {
      value: alarm.StateValue,
      reason: alarm.StateReason,
      ...(alarm.StateReasonData && { reasonData: alarm.StateReasonData }),
      timestamp: timestamp(atMs),
    },
    previousState: { value: previous },
  });
}

export function contributorEvent(
  context: AccountContext,
  alarm: MetricAlarm,
  { id, attributes, reason, atMs }: Contributor,
  state: StateValue,
): CloudWatchEvent {
  return envelope(context, alarm, 'CloudWatch Alarm Contributor State Change', atMs, {
    alarmContributor: { id, attributes },
    state: { value: state, reason, timestamp: timestamp(atMs) },
  });
}

function envelope(
  context: AccountContext,
  alarm: MetricAlarm,
  detailType: CloudWatchEvent['detail-type'],
  atMs: number,
  detail: Record<string, unknown>,
): CloudWatchEvent {
  return {
    version: '0',
    id: context.ids.uuid(),
    'detail-type': detailType,
    source: 'aws.cloudwatch',
    account: context.accountId,
    time: `${new Date(atMs).toISOString().slice(0, 19)}Z`,
    region: context.region,
    resources: [alarm.AlarmArn!],
    detail: {
      alarmName: alarm.AlarmName,
      ...detail,
      configuration: { description: alarm.AlarmDescription, metrics: (alarm.Metrics ?? []).map(metricOf) },
    },
  };
}

/** Events spell in lower case what the API spells in upper case, and dimensions as an object. */
function metricOf({ Id, Expression, Period, ReturnData, MetricStat: stat }: MetricDataQuery) {
  return {
    id: Id,
    ...(Expression && { expression: Expression }),
    ...(Period && { period: Period }),
    ...(stat && {
      metricStat: {
        metric: {
          namespace: stat.Metric?.Namespace,
          name: stat.Metric?.MetricName,
          dimensions: Object.fromEntries((stat.Metric?.Dimensions ?? []).map(({ Name, Value }) => [Name, Value])),
        },
        period: stat.Period,
        stat: stat.Stat,
      },
    }),
    returnData: ReturnData ?? true,
  };
}

/** `+0000`, as CloudWatch writes it, not ISO 8601's `Z`. */
const timestamp = (ms: number): string => new Date(ms).toISOString().replace('Z', '+0000');
