import { Duration } from 'aws-cdk-lib';
import { Alarm, type IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { Match, Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { SfnStateMachine } from 'aws-cdk-lib/aws-events-targets';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IStateMachine, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { Env } from '../../../shared/constants.ts';
import type { AlarmSettings } from '../../../shared/contracts/alarms.ts';
import type { RemediationSettings } from '../../../shared/contracts/remediation-settings.ts';
import { alarmsFor } from '../../../shared/domain/configuration/alarms/catalogue.ts';
import { ConfigureAlarmsWorkflow } from '../../../workflows/configuration/configure-alarms-workflow.ts';
import { RemediationWorkflow } from '../../../workflows/remediation/remediation-workflow.ts';
import { catalogueAlarm } from '../../monitoring/catalogue-alarm.ts';
import { acceptFinding, findingName, wildcardResource } from '../accepted-finding.ts';
import { DeadLetterQueue } from '../dead-letter-queue.ts';
import type { LedgerTable } from '../ledger-table.ts';
import type { RunBucket } from '../run-bucket.ts';
import type { TaskFunction } from '../task-function.ts';
import { AlarmTasks } from './alarm-tasks.ts';

export interface AlarmRemediationProps {
  readonly ledger: LedgerTable;
  readonly runs: RunBucket;
  /** Where alarms, and what was done about them, are told; CloudWatch must be allowed to publish to it. */
  readonly topic: ITopic;
  readonly night: IStateMachine;
  /** Base URL of the approval page, where remediation asks first. */
  readonly approvalBaseUrl: string;
  /** Brings decisions of that page to the remediation they are about. */
  readonly deliverDecision: TaskFunction;
  readonly alarmSettings: AlarmSettings;
  readonly remediationSettings: RemediationSettings;
  readonly logRetention: RetentionDays;
}

/** EventBridge delivers at once or, when Step Functions throttles it, within the hour; later an alarm is history. */
const DELIVER_WITHIN = Duration.hours(1);
const ERRORS_ONLY =
  'Errors only: the history of every execution is kept 90 days, and its outcome is in the ledger and in the mail';

/**
 * Alarms that act: ConfigureAlarms keeps the account's alarms in order after every night, and Remediation answers each
 * of them that fires. Both kinds of event count: an alarm's, and that of one time series of an alarm on several.
 */
export class AlarmRemediation extends Construct {
  readonly configureAlarms: StateMachine;
  readonly remediation: StateMachine;
  readonly tasks: AlarmTasks;
  /** Alarm events that never reached the state machine. */
  readonly deadLetterQueue: DeadLetterQueue;
  /** The catalogue's alarms on Rightsizer itself. */
  readonly pipelineAlarms: readonly IAlarm[];

  constructor(scope: Construct, id: string, props: AlarmRemediationProps) {
    super(scope, id);
    this.tasks = new AlarmTasks(this, 'Tasks', props);
    const { functions } = this.tasks;
    this.configureAlarms = new ConfigureAlarmsWorkflow(this, 'ConfigureAlarms', {
      configureAlarms: functions['configure-alarms'].currentVersion,
      logRetention: props.logRetention,
    }).stateMachine;
    this.remediation = new RemediationWorkflow(this, 'Remediation', {
      tasks: {
        'classify-alarm': functions['classify-alarm'].currentVersion,
        remediate: functions.remediate.currentVersion,
        'verify-alarm-cleared': functions['verify-alarm-cleared'].currentVersion,
        'record-remediation': functions['record-remediation'].currentVersion,
      },
      logRetention: props.logRetention,
    }).stateMachine;
    const { 'configure-alarms': configure, ...answering } = functions;
    acceptFindings(this.configureAlarms, [configure]);
    acceptFindings(this.remediation, Object.values(answering));
    this.answerDecisionsBy(props.deliverDecision);
    this.deadLetterQueue = new DeadLetterQueue(this, 'DeadLetters');
    this.answerAlarms(props.alarmSettings.stackName);
    this.reconcileAfter(props.night);
    this.pipelineAlarms = this.watchPipeline(props);
  }

  private answerDecisionsBy(deliverDecision: TaskFunction): void {
    deliverDecision.addEnvironment(Env.remediationStateMachineArn, this.remediation.stateMachineArn);
    this.remediation.grantStartExecution(deliverDecision);
  }

  private answerAlarms(stackName: string): void {
    new Rule(this, 'AlarmFired', {
      description: "Answers Rightsizer's alarms on the account's functions, tables and queues",
      eventPattern: {
        source: ['aws.cloudwatch'],
        detailType: ['CloudWatch Alarm State Change', 'CloudWatch Alarm Contributor State Change'],
        detail: { alarmName: Match.prefix(`${stackName}.`), state: { value: ['ALARM'] } },
      },
      targets: [this.target(this.remediation)],
    });
  }

  /** A night changes timeouts and finds new functions; alarms follow it. */
  private reconcileAfter(night: IStateMachine): void {
    new Rule(this, 'NightEnded', {
      description: 'Makes alarms follow what the night found and changed',
      eventPattern: {
        source: ['aws.states'],
        detailType: ['Step Functions Execution Status Change'],
        detail: { stateMachineArn: [night.stateMachineArn], status: ['SUCCEEDED', 'FAILED'] },
      },
      targets: [this.target(this.configureAlarms, RuleTargetInput.fromObject({ action: 'reconcile' }))],
    });
  }

  /** Named like the pipeline's other alarms, so that neither the reconcile nor the rule above takes them for its own. */
  private watchPipeline({ alarmSettings, topic }: AlarmRemediationProps): IAlarm[] {
    return alarmsFor({ kind: 'pipeline' }, alarmSettings).map((definition) => {
      const alarmName = `${alarmSettings.stackName}-${definition.severity}-${definition.alarmId}`;
      const { attrArn } = catalogueAlarm(this, definition.alarmId, { definition, topic, alarmName });
      return Alarm.fromAlarmArn(this, `${definition.alarmId}Reference`, attrArn);
    });
  }

  private target(stateMachine: StateMachine, input?: RuleTargetInput): SfnStateMachine {
    return new SfnStateMachine(stateMachine, {
      ...(input && { input }),
      deadLetterQueue: this.deadLetterQueue,
      maxEventAge: DELIVER_WITHIN,
    });
  }
}

function acceptFindings(stateMachine: StateMachine, tasks: readonly TaskFunction[]): void {
  for (const task of tasks) {
    task.grantInvokingVersions(stateMachine);
    const versions = wildcardResource(`${findingName(task, 'Arn')}:*`);
    acceptFinding(stateMachine, versions, 'An execution that waits through a deployment goes on with former versions');
  }
  acceptFinding(stateMachine, wildcardResource('*'), 'X-Ray and the delivery of logs support no resource');
  acceptFinding(stateMachine, 'AwsSolutions-SF1', ERRORS_ONLY);
}
