import { Duration, Stack } from 'aws-cdk-lib';
import { ComparisonOperator, type IMetric, MathExpression, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { metricNamespace, RunMetric, type TaskName } from '../../shared/constants.ts';
import type { AlarmRegistry } from './alarm-registry.ts';

const SUM = 'Sum';
const FIVE_MINUTES = Duration.minutes(5);
/** A stream's consumer is behind by seconds; a quarter of an hour is an outage. */
const DECISION_DELAY = Duration.minutes(15);
/** CloudWatch evaluates hourly datapoints over at most seven days. */
const WATCHABLE_HOURS = 7 * 24;
/** Scheduler may try for an hour, and an hour's datapoint ends with the hour. */
const START_GRACE_HOURS = 2;

/**
 * Functions that a busy night runs many of at once. An alarm's expression takes ten metrics; the rest of the tasks run
 * once a night, where a throttle is retried by the state machine and, if it stays, fails the execution.
 */
const FAN_OUT_TASKS = [
  'collect-metrics',
  'analyze',
  'estimate-savings',
  'request-approval',
  'expire-proposal',
  'apply-change',
  'verify-change',
  'roll-back-change',
  'record-outcome',
] as const satisfies readonly TaskName[];

/** A few throttles are ordinary and retried; a thousand within the hour starve the customer's own functions. */
const THROTTLES_AN_HOUR = 1_000;

/** One night without a source is an outage of somebody else's; three want looking at. */
const NIGHTS_AWAY = 3;

/** Single functions fail for reasons of their own; a tenth of the account fails for one of ours. */
const FAILED_FUNCTIONS_PERCENT = 10;

export interface PipelineAlarmsProps {
  readonly registry: AlarmRegistry;
  readonly stateMachine: StateMachine;
  readonly tasks: Readonly<Record<TaskName, IFunction>>;
  readonly scheduleDeadLetters: IQueue;
  readonly decisionDeadLetters: IQueue;
  /** What Slack or PagerDuty did not take; undefined where neither is configured. */
  readonly channelDeadLetters: IQueue | undefined;
  /** Alarms on functions, and ends of nights, that reached neither Remediation nor ConfigureAlarms; a read-only stage has neither. */
  readonly alarmDeadLetters: IQueue | undefined;
  /** Longest time between two nights in hours; undefined when nights do not start by themselves. */
  readonly longestGapHours: number | undefined;
}

/**
 * The alarms on Rightsizer itself. Errors of tasks inside the state machine have no alarm of their own: some are
 * thrown on purpose so that a state is retried, and one that stays fails its function's outcome or the execution.
 */
export function addPipelineAlarms(props: PipelineAlarmsProps): void {
  executionAlarms(props);
  outcomeAlarms(props);
  startAlarms(props);
  decisionAlarms(props);
  readerAlarms(props);
  remediationAlarms(props);
  taskAlarms(props);
}

function executionAlarms({ registry, stateMachine }: PipelineAlarmsProps): void {
  const options = { period: FIVE_MINUTES, statistic: SUM };
  registry.register({
    name: 'NightFailed',
    severity: 'high',
    description: 'A run failed after its clean-up; what it had applied stays watched by the next night.',
    metric: stateMachine.metricFailed(options),
  });
  registry.register({
    name: 'NightTimedOut',
    severity: 'high',
    description: 'A run was still open after a day and was ended by Step Functions, without its clean-up.',
    metric: stateMachine.metricTimedOut(options),
  });
  registry.register({
    name: 'NightAborted',
    severity: 'low',
    description: 'Somebody stopped a run; proposals it had open stay open until they expire.',
    metric: stateMachine.metricAborted(options),
  });
}

function outcomeAlarms({ registry }: PipelineAlarmsProps): void {
  registry.register({
    name: 'ManyFunctionsFailed',
    severity: 'low',
    description: `A run ended, but at least ${FAILED_FUNCTIONS_PERCENT} % of its functions failed on the way.`,
    metric: new MathExpression({
      expression: 'IF(failed > 0, 100 * failed / IF(assessed > failed, assessed, failed), 0)',
      usingMetrics: {
        failed: runMetric(registry, RunMetric.functionsFailed),
        assessed: runMetric(registry, RunMetric.functionsAssessed),
      },
      label: 'Functions failed, in percent of those assessed',
      period: FIVE_MINUTES,
    }),
    threshold: FAILED_FUNCTIONS_PERCENT,
  });
  registry.register({
    name: 'EvidenceSourceAway',
    severity: 'low',
    description: `A source of evidence has been away for at least ${NIGHTS_AWAY} nights in a row; their reports name it.`,
    metric: runMetric(registry, RunMetric.nightsSourceAway).with({ statistic: 'Maximum' }),
    threshold: NIGHTS_AWAY,
    // Between two nights nothing is published, and the source is no less away.
    treatMissingData: TreatMissingData.IGNORE,
  });
}

/** A run's metric, which Powertools writes with the service of the task that publishes it as the only dimension. */
function runMetric(registry: AlarmRegistry, metricName: string, service: TaskName = 'summarize-run'): Metric {
  return new Metric({
    namespace: metricNamespace(Stack.of(registry).stackName),
    metricName,
    dimensionsMap: { service },
    period: FIVE_MINUTES,
    statistic: SUM,
  });
}

function startAlarms({ registry, stateMachine, scheduleDeadLetters, longestGapHours }: PipelineAlarmsProps): void {
  registry.register({
    name: 'NightNotDelivered',
    severity: 'high',
    description: 'EventBridge Scheduler gave up starting a night and left the request in the dead-letter queue.',
    metric: messagesIn(scheduleDeadLetters),
  });
  const hours = longestGapHours === undefined ? undefined : Math.ceil(longestGapHours) + START_GRACE_HOURS;
  if (hours === undefined || hours > WATCHABLE_HOURS) return;
  registry.register({
    name: 'NightDidNotStart',
    severity: 'high',
    description: `No run started for ${hours} hours.`,
    metric: stateMachine.metricStarted({ period: Duration.hours(1), statistic: SUM }),
    comparison: ComparisonOperator.LESS_THAN_THRESHOLD,
    evaluationPeriods: hours,
    treatMissingData: TreatMissingData.BREACHING,
  });
}

function decisionAlarms({ registry, tasks, decisionDeadLetters }: PipelineAlarmsProps): void {
  registry.register({
    name: 'DecisionNotDelivered',
    severity: 'high',
    description: 'A decision could not be handed to its execution; the change it approved was not made.',
    metric: messagesIn(decisionDeadLetters),
  });
  registry.register({
    name: 'DecisionsDelayed',
    severity: 'high',
    description: `Decisions have waited more than ${DECISION_DELAY.toMinutes()} minutes for their execution.`,
    metric: new Metric({
      namespace: 'AWS/Lambda',
      metricName: 'IteratorAge',
      dimensionsMap: { FunctionName: tasks['deliver-decision'].functionName },
      period: FIVE_MINUTES,
      statistic: 'Maximum',
    }),
    threshold: DECISION_DELAY.toMilliseconds(),
  });
}

/** A digest that nobody gets is a night for nothing: no answer means no change, and nobody would notice. */
function readerAlarms({ registry, channelDeadLetters }: PipelineAlarmsProps): void {
  registry.register({
    name: 'DigestReachesNobody',
    severity: 'high',
    description: 'The digest has no confirmed subscriber, so proposals expire unread.',
    metric: runMetric(registry, RunMetric.digestReaders, 'prepare-approvals').with({ statistic: 'Minimum' }),
    comparison: ComparisonOperator.LESS_THAN_THRESHOLD,
  });
  if (channelDeadLetters === undefined) return;
  registry.register({
    name: 'NotificationNotDelivered',
    severity: 'low',
    description: 'Slack or PagerDuty did not take a notification; it lies in the dead-letter queue.',
    metric: messagesIn(channelDeadLetters),
  });
}

/** Failing remediations have alarms in the catalogue (shared/domain/configuration/alarms/pipeline-rows.ts). */
function remediationAlarms({ registry, alarmDeadLetters }: PipelineAlarmsProps): void {
  if (alarmDeadLetters === undefined) return;
  registry.register({
    name: 'AlarmNotDelivered',
    severity: 'high',
    description: 'An alarm never reached its remediation, or the end of a night ConfigureAlarms.',
    metric: messagesIn(alarmDeadLetters),
  });
}

function taskAlarms({ registry, tasks }: PipelineAlarmsProps): void {
  const options = { period: FIVE_MINUTES, statistic: SUM };
  registry.register({
    name: 'ApprovalPageFailing',
    severity: 'high',
    description: 'The approval page answered with errors; people may be unable to decide.',
    metric: total('Errors and throttles of the approval page', [
      tasks['serve-page'].metricErrors(options),
      tasks['serve-page'].metricThrottles(options),
    ]),
  });
  registry.register({
    name: 'DecisionDeliveryFailing',
    severity: 'low',
    description: 'The consumer of decisions crashed or was throttled; the stream retries it.',
    metric: total('Errors and throttles of the delivery of decisions', [
      tasks['deliver-decision'].metricErrors(options),
      tasks['deliver-decision'].metricThrottles(options),
    ]),
  });
  registry.register({
    name: 'TasksThrottled',
    severity: 'low',
    description: `Lambda throttled the night's tasks at least ${THROTTLES_AN_HOUR} times in an hour: the account's concurrency is used up.`,
    metric: total(
      'Throttles of the tasks that fan out',
      FAN_OUT_TASKS.map((task) => tasks[task].metricThrottles({ period: Duration.hours(1), statistic: SUM })),
    ),
    threshold: THROTTLES_AN_HOUR,
  });
}

/** The sum of metrics, of which any may be missing. */
function total(label: string, metrics: readonly Metric[]): IMetric {
  const usingMetrics = Object.fromEntries(metrics.map((metric, index) => [`m${index}`, metric]));
  return new MathExpression({
    expression: `SUM([${Object.keys(usingMetrics)
      .map((id) => `FILL(${id},0)`)
      .join(',')}])`,
    usingMetrics,
    label,
    period: metrics[0]!.period,
  });
}

function messagesIn(queue: IQueue): IMetric {
  return queue.metricApproximateNumberOfMessagesVisible({ period: FIVE_MINUTES, statistic: 'Maximum' });
}
