import { tmpdir } from 'node:os';
import { CreateScheduleCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { createClient } from '../../../../shared/clients/sdk.ts';
import type { RunRecord } from '../../../../shared/contracts/ledger.ts';
import { BUCKET, type CliWorld, createCliWorld, REPORT, RUN_ID, runRecord, STATE_MACHINE } from '../cli-world.ts';

type Check = Record<string, string>;

export interface DoctorWorld extends CliWorld {
  /** A deployment whose schedule is in a state, and whose digest one person subscribed to. */
  deployed(as?: { state?: 'ENABLED' | 'DISABLED'; confirmed?: boolean }): Promise<void>;
  /** A night that the ledger and the run bucket know of. */
  ran(record: Partial<RunRecord>): Promise<void>;
  /** A night that succeeded and reported. */
  ended(report: object): Promise<void>;
  /** Scheduler has had the schedule like this since a date. */
  scheduledSince(date: string, state?: string): void;
  checks(): Promise<Check[]>;
  check(name: string): Promise<Check | undefined>;
}

/** The command line's world, run outside of the repository, whose own configuration would be compared. */
export async function createDoctorWorld(): Promise<DoctorWorld> {
  const world = await createCliWorld();
  const cwd = jest.spyOn(process, 'cwd').mockReturnValue(tmpdir());
  const checks = async () => JSON.parse((await world.cli(['doctor', '--json'])).stdout).checks as Check[];
  const ran = (record: Partial<RunRecord>) => recordRun(world, record);
  return {
    ...world,
    dispose: () => {
      cwd.mockRestore();
      world.dispose();
    },
    deployed: (as = {}) => deploy(world, as),
    ran,
    ended: async (report) => {
      await ran({ status: 'succeeded' });
      world.account.s3.write(BUCKET, `runs/${RUN_ID}/report.json`, JSON.stringify({ ...REPORT, ...report }));
    },
    scheduledSince: (date, state = 'ENABLED') => {
      const output = {
        ...SCHEDULE,
        ScheduleExpressionTimezone: 'UTC',
        State: state,
        LastModificationDate: new Date(date),
      };
      world.account.faults.add({ service: 'Scheduler', operation: 'GetSchedule', output });
    },
    checks,
    check: async (name) => (await checks()).find((each) => each['check'] === name),
  };
}

const SCHEDULE = { ScheduleExpression: 'cron(0 2 * * ? *)', ScheduleExpressionTimezone: 'Europe/Berlin' };

async function deploy(
  world: CliWorld,
  { state = 'ENABLED', confirmed = true }: { state?: 'ENABLED' | 'DISABLED'; confirmed?: boolean },
): Promise<void> {
  const topicArn = await world.run(() => createDigestAndSchedule(state));
  const outputs = {
    LedgerTableName: 'ledger',
    RunBucketName: BUCKET,
    StateMachineArn: STATE_MACHINE,
    DigestTopicArn: topicArn,
    ScheduleName: 'night',
  };
  const metadata = { Rightsizer: { release: '1.2.0', configuration: JSON.stringify({ coolDownDays: 14 }) } };
  world.account.cloudFormation.addStack('Rightsizer', outputs, metadata);
  if (confirmed) await confirm(world, topicArn);
}

async function createDigestAndSchedule(state: 'ENABLED' | 'DISABLED'): Promise<string> {
  const sns = createClient(SNSClient);
  const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: 'digest' }));
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'email', Endpoint: 'ada@example.com' }));
  await createClient(SchedulerClient).send(
    new CreateScheduleCommand({
      ...SCHEDULE,
      Name: 'night',
      State: state,
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: { Arn: STATE_MACHINE, RoleArn: 'arn:aws:iam::123456789012:role/night' },
    }),
  );
  return TopicArn!;
}

async function confirm(world: CliWorld, topicArn: string): Promise<void> {
  const token = world.account.sns.confirmationToken(topicArn, 'ada@example.com')!;
  const link = `https://sns.us-east-1.amazonaws.com/confirmation.html?TopicArn=${topicArn}&Token=${token}`;
  expect((await world.cli(['subscribe', '--confirm', link])).exitCode).toBe(0);
}

async function recordRun(world: CliWorld, record: Partial<RunRecord>): Promise<void> {
  const run = runRecord(record);
  await world.run(() => world.ledger.putRun(run));
  world.account.s3.write(BUCKET, `runs/${run.runId}/manifest.json`, '[]');
}
