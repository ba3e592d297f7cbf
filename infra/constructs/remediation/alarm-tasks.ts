import { Duration, Stack } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { Grant } from 'aws-cdk-lib/aws-iam';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { ALARM_TASKS, type AlarmTaskName, Env } from '../../../shared/constants.ts';
import type { AlarmSettings } from '../../../shared/contracts/alarms.ts';
import type { RemediationSettings } from '../../../shared/contracts/remediation-settings.ts';
import { questionRunId } from '../../../shared/domain/remediation/question.ts';
import type { LedgerTable } from '../ledger-table.ts';
import type { RunBucket } from '../run-bucket.ts';
import { TaskFunction } from '../task-function.ts';
import { grantAlarmTask } from './alarm-permissions.ts';

const EVENT_BUS_NAME = 'default';

export interface AlarmTasksProps {
  readonly ledger: LedgerTable;
  readonly runs: RunBucket;
  /** Where alarms, and what was done about them, are told. */
  readonly topic: ITopic;
  /** Remediation starts single functions' runs of it. */
  readonly night: IStateMachine;
  /** Base URL of the approval page, where remediation asks first. */
  readonly approvalBaseUrl: string;
  readonly alarmSettings: AlarmSettings;
  readonly remediationSettings: RemediationSettings;
  readonly logRetention: RetentionDays;
}

interface Profile {
  description: string;
  timeoutSeconds: number;
  environment: readonly (keyof typeof Env)[];
}

/** Timeouts are those of the states that call them. */
const PROFILES: Readonly<Record<AlarmTaskName, Profile>> = {
  'configure-alarms': {
    description: "Makes the account's alarms what the catalogue says",
    timeoutSeconds: 900,
    environment: ['alarmTopicArn', 'alarmSettings', 'ledgerTableName', 'runBucketName'],
  },
  'classify-alarm': {
    description: 'Says what an alarm means and what to do about it',
    timeoutSeconds: 120,
    environment: ['ledgerTableName', 'alarmSettings', 'remediationSettings', 'stackName'],
  },
  remediate: {
    description: 'Does what an alarm calls for, once, or takes it back',
    timeoutSeconds: 300,
    environment: [
      'ledgerTableName',
      'alarmSettings',
      'alarmTopicArn',
      'remediationSettings',
      'nightStateMachineArn',
      'approvalBaseUrl',
    ],
  },
  'verify-alarm-cleared': {
    description: 'Looks whether an alarm has let go of what was acted on',
    timeoutSeconds: 60,
    environment: [],
  },
  'record-remediation': {
    description: 'Writes how a remediation ended and tells whoever should know',
    timeoutSeconds: 60,
    environment: ['ledgerTableName', 'alarmTopicArn', 'eventBusName'],
  },
};

/** Beginnings of the ledger's partition keys (shared/clients/ledger/keys.ts) that remediation writes. */
const RECORDS = ['REMEDIATION#', 'RESOURCE#', 'FUNCTION#'];

/** Versions share a role, and an execution of release 0.1 that began before a deployment ends with its own version. */
const FORMER_PERMITS = 'PERMITS';

/** What a remediation asks about is a run of its own; no night's run begins like this. */
const QUESTIONS = `RUN#${questionRunId('')}`;
/** Whose turn it is to configure alarms (shared/clients/settings-ledger/configuration-turns.ts). */
const TURNS_OF_CONFIGURATION = 'SETTINGS#turns';
/** The list that questions are found by. */
const QUESTION_LIST = 'QUESTIONS';

/** The functions behind ConfigureAlarms and Remediation, each with the variables and permissions it needs. */
export class AlarmTasks extends Construct {
  readonly functions: Readonly<Record<AlarmTaskName, TaskFunction>>;

  constructor(scope: Construct, id: string, props: AlarmTasksProps) {
    super(scope, id);
    const entries = ALARM_TASKS.map((task) => [task, this.createFunction(task, props)] as const);
    this.functions = Object.fromEntries(entries) as Record<AlarmTaskName, TaskFunction>;
    this.grant(props);
  }

  private createFunction(task: AlarmTaskName, props: AlarmTasksProps): TaskFunction {
    const { description, timeoutSeconds, environment } = PROFILES[task];
    const values = valuesOf(this, props);
    return new TaskFunction(
      this,
      task.replace(/(^|-)(\w)/g, (_, __, letter: string) => letter.toUpperCase()),
      {
        task,
        description,
        timeout: Duration.seconds(timeoutSeconds),
        environment: Object.fromEntries(environment.map((name) => [Env[name], values[name] ?? ''])),
        logRetention: props.logRetention,
      },
    );
  }

  private grant({ ledger, runs, topic, night }: AlarmTasksProps): void {
    for (const task of ALARM_TASKS) grantAlarmTask(this.functions[task], task, Stack.of(this));
    const { remediate, 'record-remediation': record } = this.functions;
    ledger.grantReadWrite(this.functions['configure-alarms'], [TURNS_OF_CONFIGURATION]);
    runs.grantConfigurationLists(this.functions['configure-alarms'], 's3:GetObject');
    ledger.grantRead(this.functions['classify-alarm']);
    ledger.grantReadWrite(remediate, [
      ...RECORDS,
      'BUDGET#',
      'TURNS#',
      FORMER_PERMITS,
      QUESTIONS,
      QUESTION_LIST,
      'LINK#',
    ]);
    ledger.grantReadWrite(record, [...RECORDS, QUESTIONS]);
    topic.grantPublish(record);
    topic.grantPublish(remediate);
    topic.grantSubscribe(this.functions['configure-alarms']);
    Grant.addToPrincipal({
      grantee: this.functions['configure-alarms'],
      actions: ['sns:ListSubscriptionsByTopic'],
      resourceArns: [topic.topicArn],
    });
    night.grantStartExecution(remediate);
    EventBus.fromEventBusName(this, 'Bus', EVENT_BUS_NAME).grantPutEventsTo(record);
  }
}

const valuesOf = (scope: Construct, props: AlarmTasksProps): Partial<Record<keyof typeof Env, string>> => ({
  ledgerTableName: props.ledger.table.tableName,
  runBucketName: props.runs.bucket.bucketName,
  alarmTopicArn: props.topic.topicArn,
  alarmSettings: JSON.stringify(props.alarmSettings),
  remediationSettings: JSON.stringify(props.remediationSettings),
  eventBusName: EVENT_BUS_NAME,
  nightStateMachineArn: props.night.stateMachineArn,
  approvalBaseUrl: props.approvalBaseUrl,
  stackName: Stack.of(scope).stackName,
});
