import type { Stack } from 'aws-cdk-lib';
import type { IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { StageConfiguration } from '../config.ts';
import { alarmSettingsOf, remediationSettingsOf } from '../configuration/alarm-settings.ts';
import type { ApprovalApi } from '../constructs/approval/approval-api.ts';
import { AccountConfiguration } from '../constructs/configuration/account-configuration.ts';
import { OperatorApi } from '../constructs/configuration/operator-api.ts';
import type { LedgerTable } from '../constructs/ledger-table.ts';
import { AlarmRemediation } from '../constructs/remediation/alarm-remediation.ts';
import type { RunBucket } from '../constructs/run-bucket.ts';
import type { TaskFunction } from '../constructs/task-function.ts';

export interface AccountWritersProps {
  readonly configuration: StageConfiguration;
  readonly ledger: LedgerTable;
  readonly runs: RunBucket;
  /** Where alarms are told. */
  readonly alarmTopic: ITopic;
  readonly night: StateMachine;
  readonly page: ApprovalApi;
  readonly deliverDecision: TaskFunction;
}

/** What the rest of the stack has to know of them. */
export interface AccountWriters {
  readonly deadLetterQueue: IQueue;
  readonly pipelineAlarms: readonly IAlarm[];
  readonly outputs: Readonly<Record<string, string>>;
}

/**
 * Everything that writes to the account by day: auto-scaling, cold starts, alarms and what answers them, and the API
 * that starts these. A read-only stage has none of it. Constructs stand right in the stack, whose logical ids stay.
 */
export function addAccountWriters(stack: Stack, props: AccountWritersProps): AccountWriters {
  const { configuration, ledger, runs, night, page } = props;
  const logRetention = configuration.logRetentionDays;
  const account = new AccountConfiguration(stack, 'AccountConfiguration', {
    ledger,
    runs,
    autoScalingSettings: configuration.autoScaling,
    coldStartSettings: configuration.coldStart,
    logRetention,
  });
  const answers = new AlarmRemediation(stack, 'FunctionAlarms', {
    ledger,
    runs,
    topic: props.alarmTopic,
    night,
    approvalBaseUrl: page.baseUrl,
    deliverDecision: props.deliverDecision,
    alarmSettings: alarmSettingsOf(configuration),
    remediationSettings: remediationSettingsOf(configuration),
    logRetention,
  });
  new OperatorApi(stack, 'OperatorApi', {
    api: page.api,
    operate: account.tasks.functions.operate,
    stateMachines: {
      alarms: answers.configureAlarms,
      autoScaling: account.configureAutoScaling,
      coldStart: account.applyColdStartMitigation,
      optimizer: night,
    },
    mayAutoApply: configuration.autoApprovalRules.length > 0,
  });
  return {
    deadLetterQueue: answers.deadLetterQueue,
    pipelineAlarms: answers.pipelineAlarms,
    outputs: {
      ConfigureAutoScalingArn: account.configureAutoScaling.stateMachineArn,
      ApplyColdStartMitigationArn: account.applyColdStartMitigation.stateMachineArn,
      ConfigureAlarmsArn: answers.configureAlarms.stateMachineArn,
      RemediationArn: answers.remediation.stateMachineArn,
    },
  };
}
