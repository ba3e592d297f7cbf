import { Annotations, CfnOutput, Duration, Stack, type StackProps, Tags } from 'aws-cdk-lib';
import { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { ManagedPolicy, PermissionsBoundary } from 'aws-cdk-lib/aws-iam';
import type { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { CONFIGURATION_METADATA } from '../../shared/constants.ts';
import { NightlyWorkflow } from '../../workflows/night/nightly-workflow.ts';
import type { StageConfiguration } from '../config.ts';
import { digestSettingsOf } from '../configuration/digest-settings.ts';
import { nightGaps } from '../configuration/night-gaps.ts';
import { organizationSettingsOf } from '../configuration/organization-settings.ts';
import { runSettingsOf } from '../configuration/run-settings.ts';
import { signInSettingsOf } from '../configuration/sign-in-settings.ts';
import { ApprovalApi } from '../constructs/approval/approval-api.ts';
import { DecisionStream } from '../constructs/approval/decision-stream.ts';
import { EmailTopic } from '../constructs/approval/email-topic.ts';
import { NotificationChannels } from '../constructs/approval/notification-channels.ts';
import { CustomerKey } from '../constructs/customer-key.ts';
import { LedgerTable } from '../constructs/ledger-table.ts';
import { NightlySchedule } from '../constructs/night/nightly-schedule.ts';
import { PipelineTasks } from '../constructs/night/pipeline-tasks.ts';
import { connectWorkflow } from '../constructs/night/workflow-access.ts';
import { RunBucket } from '../constructs/run-bucket.ts';
import { TaskFunction } from '../constructs/task-function.ts';
import { AlarmRegistry } from '../monitoring/alarm-registry.ts';
import { RightsizerDashboard } from '../monitoring/dashboard.ts';
import { addPipelineAlarms } from '../monitoring/pipeline-alarms.ts';
import { RELEASE } from '../release.ts';
import { addAccountWriters } from './account-writers.ts';

export interface RightsizerStackProps extends StackProps {
  readonly configuration: StageConfiguration;
  /** Decides which starts of the schedule lie ahead. */
  readonly now: Date;
}

/** One stage of Rightsizer: a night's workflow, what it remembers, what people see of it and what watches over it. */
export class RightsizerStack extends Stack {
  constructor(scope: Construct, id: string, props: RightsizerStackProps) {
    super(scope, id, props);
    const { configuration } = props;
    const logRetention: RetentionDays = configuration.logRetentionDays;

    const { kmsKeyArn, retentionDays, emails } = configuration;
    const customerKey = kmsKeyArn === undefined ? undefined : new CustomerKey(this, 'CustomerKey', kmsKeyArn);
    const ledger = new LedgerTable(this, 'Ledger', { customerKey });
    const runs = new RunBucket(this, 'Runs', { retentionDays, customerKey });
    const digest = new EmailTopic(this, 'Digest', { displayName: 'Rightsizer', emails, customerKey });
    const page = new ApprovalApi(this, 'ApprovalPage', { ...configuration.approvalPage, logRetention });
    const tasks = new PipelineTasks(this, 'Tasks', {
      ledger,
      runs,
      digest,
      approvalBaseUrl: page.baseUrl,
      settings: runSettingsOf(configuration),
      digestSettings: digestSettingsOf(configuration),
      signIn: signInSettingsOf(configuration),
      organization: organizationSettingsOf(configuration),
      mayWrite: !configuration.readOnly,
      logRetention,
    });
    const { stateMachine } = new NightlyWorkflow(this, 'Night', {
      tasks: tasks.versions,
      runBucket: runs.bucket,
      rateLimitShare: configuration.rateLimitShare,
      logRetention,
    });
    connectWorkflow(this, { stateMachine, tasks: tasks.functions, runs });
    page.serveBy(tasks.functions['serve-page']);
    const decisions = new DecisionStream(this, 'Decisions', {
      table: ledger.table,
      deliverDecision: tasks.functions['deliver-decision'],
      approvalWindow: Duration.minutes(configuration.approvalWindowHours * 60),
    });
    const schedule = new NightlySchedule(this, 'Schedule', {
      cron: configuration.scheduleCron,
      timeZone: configuration.timeZone,
      enabled: configuration.scheduleEnabled,
      stateMachine,
    });
    const channels = new NotificationChannels(this, 'Channels', configuration.channels);
    const alarms = new EmailTopic(this, 'AlarmMails', {
      displayName: 'Rightsizer alarms',
      emails: configuration.alarmEmails ?? configuration.emails,
    });
    alarms.grantPublishToAlarms();
    const writers = configuration.readOnly
      ? undefined
      : addAccountWriters(this, {
          configuration,
          ledger,
          runs,
          alarmTopic: alarms.topic,
          night: stateMachine,
          page,
          deliverDecision: tasks.functions['deliver-decision'],
        });
    addPipelineAlarms({
      registry: new AlarmRegistry(this, 'Alarms', { topic: alarms.topic, runbookUrl: configuration.runbookUrl }),
      stateMachine,
      tasks: tasks.functions,
      scheduleDeadLetters: schedule.deadLetterQueue,
      decisionDeadLetters: decisions.deadLetterQueue,
      channelDeadLetters: channels.deadLetterQueue,
      alarmDeadLetters: writers?.deadLetterQueue,
      longestGapHours: longestGapHours(props),
    });
    new RightsizerDashboard(this, 'Dashboard', {
      dashboardName: this.stackName,
      night: stateMachine,
      alarms: [...this.node.findAll().filter((each) => each instanceof Alarm), ...(writers?.pipelineAlarms ?? [])],
      runbookUrl: configuration.runbookUrl,
      applicationNamespace: configuration.alarms.applicationNamespace,
      currency: configuration.alarms.costUnit.currency,
    });

    // As text, because nobody promises what becomes of a fraction in a template's metadata.
    const deployed = { release: RELEASE, configuration: JSON.stringify(configuration) };
    this.templateOptions.metadata = { [CONFIGURATION_METADATA]: deployed };
    this.addOutputs({
      // CloudFormation takes no update of metadata alone, but one of an output.
      Release: RELEASE,
      StateMachineArn: stateMachine.stateMachineArn,
      ...writers?.outputs,
      ScheduleName: schedule.scheduleName,
      ApprovalPageUrl: page.baseUrl,
      LedgerTableName: ledger.table.tableName,
      RunBucketName: runs.bucket.bucketName,
      DigestTopicArn: digest.topic.topicArn,
      AlarmTopicArn: alarms.topic.topicArn,
    });
    for (const [key, value] of Object.entries(configuration.tags)) Tags.of(this).add(key, value);
    this.resizeTasks(configuration);
    this.boundRoles(configuration);
    this.warnWithoutReaders(configuration);
  }

  /** Before the versions' hashes are made, which is when the template is written. */
  private resizeTasks({ taskMemoryMb }: StageConfiguration): void {
    const tasks = this.node.findAll().filter((each) => each instanceof TaskFunction);
    for (const { task, node } of tasks) {
      const memorySizeMb = taskMemoryMb[task];
      if (memorySizeMb !== undefined) (node.defaultChild as CfnFunction).memorySize = memorySizeMb;
    }
  }

  private boundRoles({ permissionsBoundaryArn: arn }: StageConfiguration): void {
    if (arn === undefined) return;
    PermissionsBoundary.of(this).apply(ManagedPolicy.fromManagedPolicyArn(this, 'Boundary', arn));
  }

  private addOutputs(outputs: Readonly<Record<string, string>>): void {
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(this, name, { value });
  }

  private warnWithoutReaders({ emails, htmlDigest, readOnly }: StageConfiguration): void {
    if (readOnly || emails.length > 0 || htmlDigest.to.length > 0) return;
    Annotations.of(this).addWarningV2(
      'rightsizer:no-emails',
      'no emails are configured: digests reach nobody, so every proposal will expire (context rightsizer.emails)',
    );
  }
}

function longestGapHours({ configuration, now }: RightsizerStackProps): number | undefined {
  const { scheduleEnabled, scheduleCron, timeZone } = configuration;
  return scheduleEnabled ? nightGaps(scheduleCron, timeZone, now)?.longestHours : undefined;
}
