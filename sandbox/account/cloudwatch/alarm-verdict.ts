import type { MetricAlarm, StateValue } from '@aws-sdk/client-cloudwatch';
import { UnsupportedByAccountError } from '../core/unsupported.ts';

export interface Verdict {
  readonly state: StateValue;
  readonly reason: string;
  /** Newest first, as CloudWatch reports them. */
  readonly recent: readonly number[];
}

type Comparison = (value: number, threshold: number) => boolean;

const COMPARISONS: Partial<Record<string, readonly [Comparison, string]>> = {
  GreaterThanThreshold: [(value, threshold) => value > threshold, 'greater than'],
  GreaterThanOrEqualToThreshold: [(value, threshold) => value >= threshold, 'greater than or equal to'],
  LessThanThreshold: [(value, threshold) => value < threshold, 'less than'],
  LessThanOrEqualToThreshold: [(value, threshold) => value <= threshold, 'less than or equal to'],
};

/**
 * M of the N latest points, missing ones by the alarm's setting. CloudWatch looks a few periods further back when
 * points are missing; here a missing point is simply treated as the alarm says.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html
 */
export function judge(alarm: MetricAlarm, values: readonly number[], current: StateValue): Verdict {
  const [isBreaching, words] = COMPARISONS[alarm.ComparisonOperator ?? ''] ?? [];
  if (!isBreaching) throw new UnsupportedByAccountError(`alarm with ${alarm.ComparisonOperator}`);
  const threshold = alarm.Threshold!;
  const needed = alarm.DatapointsToAlarm ?? alarm.EvaluationPeriods!;
  const real = values.filter((value) => !Number.isNaN(value));
  const missing = values.length - real.length;
  const treat = alarm.TreatMissingData ?? 'missing';
  const recent = [...real].reverse();
  if (real.length === 0 && treat === 'ignore') return { state: current, reason: alarm.StateReason ?? '', recent };
  if (real.length === 0 && treat === 'missing') {
    return { state: 'INSUFFICIENT_DATA', reason: 'Insufficient Data: no datapoints were received', recent };
  }
  const breaching =
    real.filter((value) => isBreaching(value, threshold)).length + (treat === 'breaching' ? missing : 0);
  const state: StateValue = breaching >= needed ? 'ALARM' : 'OK';
  const verb = state === 'ALARM' ? 'was' : 'was not';
  const reason = `Threshold Crossed: ${breaching} out of the last ${values.length} datapoints [${recent.join(', ')}] ${verb} ${words} the threshold (${threshold}) (minimum ${needed} datapoints for ${state === 'ALARM' ? 'OK -> ALARM' : 'ALARM -> OK'} transition).`;
  return { state, reason, recent };
}
