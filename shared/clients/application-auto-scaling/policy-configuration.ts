import type { TargetTrackingScalingPolicyConfiguration } from '@aws-sdk/client-application-auto-scaling';
import type { SettingValue } from '../../domain/configuration/scaling/managed-setting.ts';
import type { ScalingTarget } from './scaling-target.ts';

/** Capacity units in use, as DynamoDB publishes them. */
const TABLE_METRIC = { read: 'DynamoDBReadCapacityUtilization', write: 'DynamoDBWriteCapacityUtilization' } as const;
const PERCENT = 100;

/** Our policy as Application Auto Scaling takes it. */
export function policyConfiguration(
  target: ScalingTarget,
  value: SettingValue,
): TargetTrackingScalingPolicyConfiguration {
  const targetPercent = Number(value['targetPercent']);
  if (target.dimension === 'provisioned') return provisionedConfiguration(target, targetPercent);
  const cooldownSeconds = Number(value['cooldownSeconds']);
  return {
    TargetValue: targetPercent,
    PredefinedMetricSpecification: { PredefinedMetricType: TABLE_METRIC[target.dimension] },
    ScaleInCooldown: cooldownSeconds,
    ScaleOutCooldown: cooldownSeconds,
  };
}

/**
 * The most of the provisioned concurrency that was in use in a minute, 0 where Lambda published nothing because
 * nothing ran. The predefined metric is an average without such minutes: it follows bursts too late, and an idle alias
 * keeps what it has.
 *
 * @see https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-target-tracking-metric-math.html
 */
function provisionedConfiguration(
  { resourceId }: ScalingTarget,
  targetPercent: number,
): TargetTrackingScalingPolicyConfiguration {
  const [, functionName = '', qualifier = ''] = resourceId.split(':');
  const Dimensions = [
    { Name: 'FunctionName', Value: functionName },
    { Name: 'Resource', Value: `${functionName}:${qualifier}` },
  ];
  return {
    TargetValue: targetPercent / PERCENT,
    CustomizedMetricSpecification: {
      Metrics: [
        {
          Id: 'inUse',
          MetricStat: {
            Metric: { Namespace: 'AWS/Lambda', MetricName: 'ProvisionedConcurrencyUtilization', Dimensions },
            Stat: 'Maximum',
          },
          ReturnData: false,
        },
        { Id: 'inUseOrIdle', Expression: 'FILL(inUse, 0)', Label: 'in use, 0 when idle', ReturnData: true },
      ],
    },
  };
}

/** A policy as a value of ours; one that is not of our making keeps its whole text, and so equals none of ours. */
export function policyValue(
  target: ScalingTarget,
  configuration: TargetTrackingScalingPolicyConfiguration | undefined,
): SettingValue {
  const value = ourValue(target, configuration);
  const isOurs = sameJson(policyConfiguration(target, value), configuration ?? {});
  return isOurs ? value : { foreign: JSON.stringify(configuration ?? {}) };
}

function ourValue(
  { dimension }: ScalingTarget,
  configuration: TargetTrackingScalingPolicyConfiguration | undefined,
): SettingValue {
  const targetValue = configuration?.TargetValue ?? 0;
  if (dimension === 'provisioned') {
    return { targetPercent: Math.round(targetValue * PERCENT), statistic: 'Maximum', missingMinutes: 0 };
  }
  return { targetPercent: targetValue, cooldownSeconds: configuration?.ScaleInCooldown ?? 0 };
}

/** Whatever order the fields come in; absent and undefined are the same. */
function sameJson(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b);
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const fields = Object.entries(value)
    .filter(([, each]) => each !== undefined)
    .sort(([left], [right]) => (left < right ? -1 : 1));
  return `{${fields.map(([name, each]) => `${name}:${canonical(each)}`).join(',')}}`;
}
