import { Stack } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';

/** `high`: the night's work is lost or stuck, look now. `low`: look during the day. */
export type Severity = 'high' | 'low';

export interface PipelineAlarm {
  /** Also the heading in the runbook, with its words apart. */
  readonly name: string;
  readonly severity: Severity;
  /** What happened, in a sentence with a full stop. */
  readonly description: string;
  readonly metric: IMetric;
  /** @default 1 */
  readonly threshold?: number;
  /** @default - alarm when the metric is at or above the threshold */
  readonly comparison?: ComparisonOperator;
  /** Datapoints that must all be beyond the threshold. @default 1 */
  readonly evaluationPeriods?: number;
  /** @default - no data is no alarm */
  readonly treatMissingData?: TreatMissingData;
}

export interface AlarmRegistryProps {
  readonly topic: ITopic;
  /** Address of the runbook, without a fragment. */
  readonly runbookUrl: string;
}

/** Where every alarm on the pipeline is made: named by stack, severity and event, linked to its page in the runbook. */
export class AlarmRegistry extends Construct {
  private readonly props: AlarmRegistryProps;

  constructor(scope: Construct, id: string, props: AlarmRegistryProps) {
    super(scope, id);
    this.props = props;
  }

  register(alarm: PipelineAlarm): Alarm {
    const created = new Alarm(this, alarm.name, {
      alarmName: `${Stack.of(this).stackName}-${alarm.severity}-${alarm.name}`,
      alarmDescription: `${alarm.description} Runbook: ${this.props.runbookUrl}#${anchorOf(alarm.name)}`,
      metric: alarm.metric,
      threshold: alarm.threshold ?? 1,
      comparisonOperator: alarm.comparison ?? ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: alarm.evaluationPeriods ?? 1,
      treatMissingData: alarm.treatMissingData ?? TreatMissingData.NOT_BREACHING,
    });
    created.addAlarmAction(new SnsAction(this.props.topic));
    return created;
  }
}

/** `NightDidNotStart` is the heading "Night did not start", which Markdown renderers link as `night-did-not-start`. */
export function anchorOf(alarmName: string): string {
  return alarmName.replace(/(?!^)([A-Z])/g, '-$1').toLowerCase();
}
