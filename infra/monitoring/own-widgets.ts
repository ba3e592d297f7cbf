import { Duration, Stack } from 'aws-cdk-lib';
import {
  AlarmStatusWidget,
  GraphWidget,
  type IAlarm,
  type IWidget,
  MathExpression,
  Metric,
  SingleValueWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { metricNamespace, RunMetric, type TaskName } from '../../shared/constants.ts';
import { HEIGHT, THIRD } from './dashboard-grid.ts';

/** What Rightsizer itself did, night by night. */

const DAY = Duration.days(1);

/** A metric of SummarizeRun, which Powertools writes with the function's service as the only dimension. */
function runMetric(night: StateMachine, metricName: string, label: string): Metric {
  const service: TaskName = 'summarize-run';
  return new Metric({
    namespace: metricNamespace(Stack.of(night).stackName),
    metricName,
    label,
    dimensionsMap: { service },
    period: DAY,
    statistic: 'Sum',
  });
}

/** What the nights' changes saved, and how they ended. */
export function savingsWidgets(night: StateMachine): IWidget[] {
  const estimated = runMetric(night, RunMetric.estimatedSavings, 'estimated');
  const realized = runMetric(night, RunMetric.realizedSavings, 'realized, verified in production');
  return [
    new GraphWidget({
      title: 'Savings of a night’s changes, USD a month',
      width: THIRD,
      height: HEIGHT,
      left: [estimated, realized],
      leftYAxis: { label: 'USD', min: 0, showUnits: false },
    }),
    new GraphWidget({
      title: 'Changes by outcome',
      width: THIRD,
      height: HEIGHT,
      stacked: true,
      left: [
        runMetric(night, RunMetric.changesVerified, 'verified'),
        runMetric(night, RunMetric.changesRolledBack, 'rolled back'),
        runMetric(night, RunMetric.proposalsExpired, 'expired'),
      ],
      right: [runMetric(night, RunMetric.proposals, 'proposed'), runMetric(night, RunMetric.changesApplied, 'applied')],
      leftYAxis: { min: 0, showUnits: false },
    }),
    new GraphWidget({
      title: 'Calibration: realized as a share of estimated savings',
      width: THIRD,
      height: HEIGHT,
      left: [
        new MathExpression({
          expression: 'IF(estimated > 0, 100 * realized / estimated)',
          usingMetrics: { estimated, realized },
          label: 'realized / estimated',
          period: DAY,
        }),
      ],
      leftYAxis: { label: '%', min: 0, showUnits: false },
      leftAnnotations: [{ value: 100, label: 'as estimated' }],
    }),
  ];
}

/** A night with nothing to count sends nothing, and the value of an older night must not pass for the last one's. */
function lastNights(night: StateMachine, metricName: string, label: string): MathExpression {
  const assessed = runMetric(night, RunMetric.functionsAssessed, 'assessed');
  return new MathExpression({
    expression: `FILL(${label}, 0) + 0 * assessed`,
    usingMetrics: { assessed, [label]: runMetric(night, metricName, label) },
    label,
    period: DAY,
  });
}

/** The nights themselves. */
export function nightWidgets(night: StateMachine): IWidget[] {
  const options = { period: DAY, statistic: 'Sum' };
  return [
    new GraphWidget({
      title: 'Nights',
      width: THIRD,
      height: HEIGHT,
      left: [night.metricSucceeded(options), night.metricFailed(options), night.metricTimedOut(options)],
      right: [night.metricTime({ period: DAY, statistic: 'Maximum', label: 'duration' })],
      leftYAxis: { min: 0, showUnits: false },
    }),
    new SingleValueWidget({
      title: 'Last night',
      width: THIRD,
      height: HEIGHT,
      metrics: [
        runMetric(night, RunMetric.functionsAssessed, 'assessed'),
        lastNights(night, RunMetric.functionsFailed, 'failed'),
        lastNights(night, RunMetric.proposals, 'proposed'),
      ],
    }),
  ];
}

export function alarmsWidget(alarms: readonly IAlarm[]): IWidget {
  return new AlarmStatusWidget({ title: 'Alarms on Rightsizer', width: THIRD, height: HEIGHT, alarms: [...alarms] });
}
