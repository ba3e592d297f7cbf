import { CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import type { AlarmDefinition, AlarmQuery } from '../../shared/contracts/alarms.ts';

export interface CatalogueAlarmProps {
  readonly definition: AlarmDefinition;
  /** Where the alarm and its end are told. */
  readonly topic: ITopic;
  /** @default - the definition's own, under which ConfigureAlarms would take it for one of its alarms */
  readonly alarmName?: string;
}

/** An alarm of the catalogue as CloudFormation makes it; what ConfigureAlarms puts by API has the same settings. */
export function catalogueAlarm(scope: Construct, id: string, props: CatalogueAlarmProps): CfnAlarm {
  const { definition, topic } = props;
  return new CfnAlarm(scope, id, {
    alarmName: props.alarmName ?? definition.name,
    alarmDescription: definition.description,
    alarmActions: [topic.topicArn],
    okActions: [topic.topicArn],
    metrics: definition.queries.map(renderQuery),
    threshold: definition.threshold,
    comparisonOperator: definition.comparison,
    evaluationPeriods: definition.evaluationPeriods,
    datapointsToAlarm: definition.datapointsToAlarm,
    treatMissingData: definition.treatMissingData,
  });
}

function renderQuery(query: AlarmQuery): CfnAlarm.MetricDataQueryProperty {
  const common = { id: query.id, returnData: query.returnData, ...(query.label && { label: query.label }) };
  if ('expression' in query) {
    return { ...common, expression: query.expression, ...(query.periodSeconds && { period: query.periodSeconds }) };
  }
  const { namespace, name: metricName, dimensions } = query.metric;
  return {
    ...common,
    metricStat: {
      metric: {
        namespace,
        metricName,
        dimensions: Object.entries(dimensions).map(([name, value]) => ({ name, value })),
      },
      period: query.periodSeconds,
      stat: query.stat,
    },
  };
}
