import type { MetricAlarm, MetricDataQuery, PutMetricAlarmCommandInput } from '@aws-sdk/client-cloudwatch';
import type { AlarmDefinition, AlarmQuery } from '../../contracts/alarms.ts';

/** A definition as PutMetricAlarm takes it. Single metrics go through `Metrics` as well, so that there is one form. */
export function alarmInput(alarm: AlarmDefinition, topicArn: string): PutMetricAlarmCommandInput {
  return {
    AlarmName: alarm.name,
    AlarmDescription: alarm.description,
    ActionsEnabled: true,
    AlarmActions: [topicArn],
    OKActions: [topicArn],
    Metrics: alarm.queries.map(metricDataQuery),
    Threshold: alarm.threshold,
    ComparisonOperator: alarm.comparison,
    EvaluationPeriods: alarm.evaluationPeriods,
    DatapointsToAlarm: alarm.datapointsToAlarm,
    TreatMissingData: alarm.treatMissingData,
  };
}

export function metricDataQuery(query: AlarmQuery): MetricDataQuery {
  const common = { Id: query.id, ReturnData: query.returnData, ...(query.label && { Label: query.label }) };
  if ('expression' in query) {
    return { ...common, Expression: query.expression, ...(query.periodSeconds && { Period: query.periodSeconds }) };
  }
  const { namespace, name, dimensions } = query.metric;
  return {
    ...common,
    MetricStat: {
      Metric: {
        Namespace: namespace,
        MetricName: name,
        Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
      },
      Period: query.periodSeconds,
      Stat: query.stat,
    },
  };
}

/**
 * Everything we set of an alarm, in one canonical text, so that two forms compare equal exactly when putting one over
 * the other would change nothing.
 */
export function settingsKey(alarm: PutMetricAlarmCommandInput | MetricAlarm): string {
  return JSON.stringify([
    alarm.AlarmDescription ?? '',
    alarm.ActionsEnabled ?? true,
    [...(alarm.AlarmActions ?? [])].sort(),
    [...(alarm.OKActions ?? [])].sort(),
    [...(alarm.Metrics ?? [])].sort((a, b) => (a.Id ?? '').localeCompare(b.Id ?? '')).map(queryKey),
    alarm.Threshold,
    alarm.ComparisonOperator,
    alarm.EvaluationPeriods,
    alarm.DatapointsToAlarm ?? alarm.EvaluationPeriods,
    alarm.TreatMissingData ?? 'missing',
  ]);
}

function queryKey({ Id, Expression, Label, Period, ReturnData, MetricStat: stat }: MetricDataQuery): unknown[] {
  const dimensions = (stat?.Metric?.Dimensions ?? []).map(({ Name, Value }) => `${Name}=${Value}`).sort();
  return [
    Id,
    Expression,
    Label,
    Period,
    ReturnData ?? true,
    stat && [stat.Metric?.Namespace, stat.Metric?.MetricName, dimensions, stat.Period, stat.Stat],
  ];
}
