import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { GetAccountSettingsCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetScheduleCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { ListSubscriptionsByTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { callAws } from '../../shared/clients/aws-call.ts';
import { createClient } from '../../shared/clients/sdk.ts';
import type { RunRecord } from '../../shared/contracts/ledger.ts';
import { readReport } from '../runs/read-report.ts';

/** What one look found: all right, or what to do. */
export interface Finding {
  ok: boolean;
  says: string;
  todo?: string;
}

export interface Deployment {
  stackName: string;
  /** Outputs of the stack. */
  outputs: Readonly<Record<string, string>>;
  nowMs: number;
  /** The newest run; undefined before the first. */
  latestRun(): Promise<RunRecord | undefined>;
}

const fine = (says: string): Finding => ({ ok: true, says });
const wrong = (says: string, todo: string): Finding => ({ ok: false, says, todo });

const HOUR_MS = 3_600_000;
/** Longer than this after its start a night should have ended: Step Functions ends one after a day. */
const NIGHT_MAX_HOURS = 26;
/** Lambda keeps this much unreserved for the functions without a reservation. */
const UNRESERVED_MIN = 100;

/** In the order in which a person would look. */
export const CHECKS: Readonly<Record<string, (deployment: Deployment) => Promise<Finding>>> = {
  subscription: checkSubscription,
  schedule: checkSchedule,
  'last night': checkLastNight,
  'sources of evidence': checkSources,
  alarms: checkAlarms,
  quotas: checkQuotas,
};

async function checkSubscription({ outputs }: Deployment): Promise<Finding> {
  const sns = createClient(SNSClient);
  const input = { TopicArn: outputs['DigestTopicArn'] ?? '' };
  const { Subscriptions: all = [] } = await callAws('sns:ListSubscriptionsByTopic', () =>
    sns.send(new ListSubscriptionsByTopicCommand(input)),
  );
  const confirmed = all.filter(({ SubscriptionArn }) => SubscriptionArn?.startsWith('arn:'));
  if (confirmed.length > 0) return fine(`${confirmed.length} confirmed, ${all.length - confirmed.length} not`);
  return all.length === 0
    ? wrong('nobody gets the digest', 'deploy with -c rightsizer.emails=you@example.com')
    : wrong(
        `${all.length} waiting for confirmation, so nobody gets the digest`,
        'copy the address behind "Confirm subscription" in the mail, then: rightsizer subscribe --confirm "<address>"',
      );
}

async function checkSchedule({ outputs }: Deployment): Promise<Finding> {
  const Name = outputs['ScheduleName'];
  if (Name === undefined) return wrong('the stack tells no ScheduleName', 'it is of an older release: deploy again');
  const scheduler = createClient(SchedulerClient);
  const schedule = await callAws('scheduler:GetSchedule', () => scheduler.send(new GetScheduleCommand({ Name })));
  const { State, ScheduleExpression, ScheduleExpressionTimezone } = schedule;
  const when = `${ScheduleExpression} ${ScheduleExpressionTimezone ?? 'UTC'}`;
  if (State === 'ENABLED') return fine(when);
  return wrong(
    `switched off (${when}): no night starts by itself`,
    'deploy with -c rightsizer.scheduleEnabled=true, or start runs by hand: rightsizer start',
  );
}

async function checkLastNight({ latestRun, nowMs }: Deployment): Promise<Finding> {
  const run = await latestRun();
  if (run === undefined) return fine('no run yet; "rightsizer start" begins one');
  const hours = Math.round((nowMs - Date.parse(run.startedAt)) / HOUR_MS);
  const says = `${run.runId} ${run.status}, started ${hours} h ago`;
  if (run.status === 'failed') return wrong(`${says}: ${run.failure ?? 'no reason'}`, 'docs/runbook.md#night-failed');
  if (run.status === 'running' && hours > NIGHT_MAX_HOURS) return wrong(says, 'docs/runbook.md#night-timed-out');
  return fine(says);
}

async function checkSources({ latestRun, outputs }: Deployment): Promise<Finding> {
  const run = await latestRun();
  if (run?.status !== 'succeeded') return fine('known after the first night that ended');
  const { unavailableSources: away = [] } = await readReport(outputs['RunBucketName'] ?? '', run.runId);
  if (away.length === 0) return fine('all of them answered last night');
  const named = away.map(({ source, reason }) => `${source} (${reason})`).join('; ');
  return wrong(`last night did without ${named}`, 'docs/runbook.md#evidence-source-away');
}

async function checkAlarms({ stackName }: Deployment): Promise<Finding> {
  const cloudwatch = createClient(CloudWatchClient);
  const input = { AlarmNamePrefix: `${stackName}-`, StateValue: 'ALARM' as const };
  const { MetricAlarms: ringing = [] } = await callAws('cloudwatch:DescribeAlarms', () =>
    cloudwatch.send(new DescribeAlarmsCommand(input)),
  );
  if (ringing.length === 0) return fine('none of ours rings');
  const names = ringing.map(({ AlarmName = '' }) => AlarmName).join(', ');
  return wrong(`ringing: ${names}`, 'docs/runbook.md has a section for each');
}

async function checkQuotas(): Promise<Finding> {
  const lambda = createClient(LambdaClient);
  const { AccountLimit } = await callAws('lambda:GetAccountSettings', () =>
    lambda.send(new GetAccountSettingsCommand({})),
  );
  const { ConcurrentExecutions = 0, UnreservedConcurrentExecutions: unreserved = 0 } = AccountLimit ?? {};
  const says = `${unreserved} of ${ConcurrentExecutions} concurrent executions are unreserved`;
  if (unreserved > UNRESERVED_MIN) return fine(says);
  return wrong(says, 'a night shares these with your functions: ask for a higher quota, or reserve less');
}
