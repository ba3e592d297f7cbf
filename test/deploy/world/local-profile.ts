import { Aspects, type IAspect } from 'aws-cdk-lib';
import { CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { IConstruct } from 'constructs';
import { createApp } from '../../../infra/create-app.ts';

/**
 * The CDK app as it is, but for one thing: the emulator's CloudFormation refuses alarms on metric math, so each of them
 * becomes a plain alarm that watches nothing. Alarms on one metric are deployed as they are.
 */
class PlainAlarmsOnly implements IAspect {
  visit(node: IConstruct): void {
    if (!(node instanceof CfnAlarm) || node.metrics === undefined) return;
    node.metrics = undefined;
    Object.assign(node, { namespace: 'LocalProfile', metricName: 'MetricMath', statistic: 'Sum', period: 60 });
  }
}

const { app, stack } = createApp(new Date());
Aspects.of(stack).add(new PlainAlarmsOnly());
app.synth();
