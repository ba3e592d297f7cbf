import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CloudWatchClient, PutMetricAlarmCommand, SetAlarmStateCommand } from '@aws-sdk/client-cloudwatch';
import { CreateScheduleCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { createClient } from '../../../shared/clients/sdk.ts';
import type { RunRecord } from '../../../shared/contracts/ledger.ts';
import { BUCKET, type CliWorld, createCliWorld, REPORT, RUN_ID, runRecord, STATE_MACHINE } from './cli-world.ts';

let world: CliWorld;

beforeEach(async () => {
  world = await createCliWorld();
  // Not the repository, whose own configuration would be compared.
  jest.spyOn(process, 'cwd').mockReturnValue(tmpdir());
});
afterEach(() => {
  jest.restoreAllMocks();
  world.dispose();
});

const deployedWith = (configuration: object) => ({ Rightsizer: { release: '1.2.0', configuration } });

/** A deployment whose schedule is in a state, and whose digest one person subscribed to. */
async function deployed({ state = 'ENABLED', confirmed = true } = {}): Promise<void> {
  const topicArn = await world.run(async () => {
    const sns = createClient(SNSClient);
    const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: 'digest' }));
    await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'email', Endpoint: 'ada@example.com' }));
    await createClient(SchedulerClient).send(
      new CreateScheduleCommand({
        Name: 'night',
        ScheduleExpression: 'cron(0 2 * * ? *)',
        ScheduleExpressionTimezone: 'Europe/Berlin',
        State: state as 'ENABLED',
        FlexibleTimeWindow: { Mode: 'OFF' },
        Target: { Arn: STATE_MACHINE, RoleArn: 'arn:aws:iam::123456789012:role/night' },
      }),
    );
    return TopicArn!;
  });
  const outputs = {
    LedgerTableName: 'ledger',
    RunBucketName: BUCKET,
    StateMachineArn: STATE_MACHINE,
    DigestTopicArn: topicArn,
    ScheduleName: 'night',
  };
  world.account.cloudFormation.addStack('Rightsizer', outputs, deployedWith({ coolDownDays: 14 }));
  if (confirmed) {
    const token = world.account.sns.confirmationToken(topicArn, 'ada@example.com')!;
    const link = `https://sns.us-east-1.amazonaws.com/confirmation.html?TopicArn=${topicArn}&Token=${token}`;
    expect((await world.cli(['subscribe', '--confirm', link])).exitCode).toBe(0);
  }
}

/** A night that the ledger and the run bucket know of. */
async function ran(record: Partial<RunRecord>): Promise<void> {
  const run = runRecord(record);
  await world.run(() => world.ledger.putRun(run));
  world.account.s3.write(BUCKET, `runs/${run.runId}/manifest.json`, '[]');
}

/** Scheduler has had the schedule like this since a date. */
const scheduledSince = (date: string, state = 'ENABLED') =>
  world.account.faults.add({
    service: 'Scheduler',
    operation: 'GetSchedule',
    output: {
      State: state,
      ScheduleExpression: 'cron(0 2 * * ? *)',
      ScheduleExpressionTimezone: 'UTC',
      LastModificationDate: new Date(date),
    },
  });

async function ended(report: object): Promise<void> {
  await ran({ status: 'succeeded' });
  world.account.s3.write(BUCKET, `runs/${RUN_ID}/report.json`, JSON.stringify({ ...REPORT, ...report }));
}

const checks = async () =>
  JSON.parse((await world.cli(['doctor', '--json'])).stdout).checks as Record<string, string>[];
const check = async (name: string) => (await checks()).find((each) => each['check'] === name);

it('is green line by line where all is well', async () => {
  await deployed();
  await ended({});
  const { exitCode, stdout, stderr } = await world.cli(['doctor']);
  expect([exitCode, stderr]).toEqual([0, '']);
  expect(stdout.trim().split('\n')).toHaveLength(10);
  expect(stdout).not.toContain('✘');
  expect(stdout).toContain('✔ schedule: cron(0 2 * * ? *) Europe/Berlin');
});

it('says what to do about broken credentials, and looks no further', async () => {
  await deployed();
  world.account.faults.add({
    service: 'STS',
    error: () => Object.assign(new Error('the token has expired'), { name: 'ExpiredTokenException' }),
  });
  const { exitCode, stdout } = await world.cli(['doctor']);
  expect(exitCode).toBe(1);
  expect(stdout).toMatch(/^✘ credentials: the token has expired\n {2}→ .*sign in again/);
  expect(stdout.trim().split('\n')).toHaveLength(2);
});

it('says that the stack is not there', async () => {
  const { exitCode, stdout } = await world.cli(['doctor', '--stack', 'Elsewhere']);
  expect(exitCode).toBe(1);
  expect(stdout).toMatch(/✘ stack: Stack with id Elsewhere does not exist\n {2}→ .*--stack/);
});

it('sees a subscription that nobody confirmed', async () => {
  await deployed({ confirmed: false });
  expect(await check('subscription')).toMatchObject({
    ok: false,
    todo: expect.stringContaining('subscribe --confirm'),
  });
});

it('sees a schedule that is switched off', async () => {
  await deployed({ state: 'DISABLED' });
  expect(await check('schedule')).toMatchObject({ ok: false, todo: expect.stringContaining('scheduleEnabled=true') });
});

it('sees a stack of an older release, which does not tell its schedule', async () => {
  await deployed();
  world.account.cloudFormation.addStack('Rightsizer', { LedgerTableName: 'ledger', RunBucketName: BUCKET });
  for (const name of ['schedule', 'configuration'])
    expect(await check(name)).toMatchObject({ ok: false, todo: expect.stringContaining('deploy again') });
  expect(await check('last night')).toMatchObject({ ok: true });
});

describe('an enabled schedule', () => {
  beforeEach(async () => {
    await deployed();
    scheduledSince('2026-10-01T00:00:00Z');
  });

  it('that has started nothing for more than two of its periods is not well', async () => {
    await ran({ runId: 'scheduled-2026-11-20', startedAt: '2026-11-20T02:00:03.000Z', status: 'succeeded' });
    await ran({ runId: 'manual-1', trigger: 'manual', startedAt: '2026-11-23T07:00:00.000Z', status: 'succeeded' });
    const found = await check('last night');
    expect(found).toMatchObject({ ok: false, todo: expect.stringContaining('night-did-not-start') });
    expect(found?.['says']).toContain('should have started 3 nights and started none');
  });

  it('that never started a night is not well', async () => {
    expect(await check('last night')).toMatchObject({ ok: false, says: expect.stringMatching(/^no run yet; since/) });
  });

  it('that missed one start may still be well', async () => {
    await ran({ startedAt: '2026-11-22T02:00:03.000Z', status: 'succeeded' });
    expect(await check('last night')).toMatchObject({ ok: true });
  });
});

it('does not miss nights of a schedule that is switched off', async () => {
  await deployed();
  scheduledSince('2026-10-01T00:00:00Z', 'DISABLED');
  await ran({ startedAt: '2026-11-01T02:00:03.000Z', status: 'succeeded' });
  expect(await check('last night')).toMatchObject({ ok: true });
});

it('sees a night that is stuck', async () => {
  await deployed();
  await ran({ startedAt: '2026-11-22T05:00:00.000Z', status: 'running' });
  expect(await check('last night')).toMatchObject({
    ok: false,
    says: expect.stringContaining('running, started 27 h ago'),
    todo: expect.stringContaining('night-timed-out'),
  });
});

it('sees how the last night failed', async () => {
  await deployed();
  await ran({ status: 'failed', failure: 'AWS denied lambda:ListFunctions' });
  const found = await check('last night');
  expect(found).toMatchObject({ ok: false, says: expect.stringContaining('AWS denied lambda:ListFunctions') });
});

it('names the sources that last night did without', async () => {
  await deployed();
  await ended({ unavailableSources: [{ source: 'Tags', reason: 'AWS denied tag:GetResources' }] });
  expect(await check('sources of evidence')).toMatchObject({ ok: false, says: expect.stringContaining('Tags') });
});

it('says for how many nights a source has been away', async () => {
  await deployed();
  await ended({ unavailableSources: [{ source: 'Tags', reason: 'AWS denied tag:GetResources', nightsAway: 3 }] });
  expect((await check('sources of evidence'))?.['says']).toContain('for 3 nights');
});

it('takes a report that it cannot read for a finding', async () => {
  await deployed();
  await ended({ unavailableSources: 'all of them' });
  const found = await check('sources of evidence');
  expect(found).toMatchObject({ ok: false, says: expect.stringMatching(/report is invalid: unavailableSources/) });
});

it('counts confirmed subscriptions on every page', async () => {
  await deployed();
  const page = (SubscriptionArn: string, NextToken?: string) => ({ Subscriptions: [{ SubscriptionArn }], NextToken });
  const subscriptions = { service: 'SNS', operation: 'ListSubscriptionsByTopic' };
  const isFirst = ({ NextToken }: Record<string, unknown>) => NextToken === undefined;
  world.account.faults.add({ ...subscriptions, when: isFirst, output: page('PendingConfirmation', 'more') });
  const isNext = (input: Record<string, unknown>) => !isFirst(input);
  world.account.faults.add({ ...subscriptions, when: isNext, output: page('arn:aws:sns:us-east-1:1:digest:2') });
  expect(await check('subscription')).toMatchObject({ ok: true, says: '1 confirmed, 1 not' });
});

it('names every alarm of the stack that rings, and none of another stack', async () => {
  await deployed();
  const many = Array.from({ length: 60 }, (_, index) => `Rightsizer-low-Alarm${index}`);
  await world.run(async () => {
    const cloudwatch = createClient(CloudWatchClient);
    for (const AlarmName of [...many, 'Rightsizer-high-NightFailed', 'Rightsizer-test-high-NightFailed']) {
      const alarm = { MetricName: 'm', Namespace: 'n', Statistic: 'Sum' as const, Period: 60, EvaluationPeriods: 1 };
      const rule = { Threshold: 1, ComparisonOperator: 'GreaterThanThreshold' as const };
      await cloudwatch.send(new PutMetricAlarmCommand({ AlarmName, ...alarm, ...rule }));
      await cloudwatch.send(new SetAlarmStateCommand({ AlarmName, StateValue: 'ALARM', StateReason: 'test' }));
    }
  });
  const found = await check('alarms');
  expect(found).toMatchObject({ ok: false, todo: expect.stringContaining('docs/runbook.md') });
  expect(found?.['says']?.match(/Rightsizer-/g)).toHaveLength(61);
  expect(found?.['says']).not.toContain('test');
});

it('sees that reservations leave a night too little concurrency', async () => {
  await deployed();
  world.account.faults.add({
    service: 'Lambda',
    operation: 'GetAccountSettings',
    output: { AccountLimit: { ConcurrentExecutions: 1000, UnreservedConcurrentExecutions: 100 } },
  });
  expect(await check('quotas')).toMatchObject({
    ok: false,
    says: '100 of 1000 concurrent executions are unreserved',
    todo: expect.stringContaining('higher quota'),
  });
});

it('takes a look that is denied for a finding, and goes on with the others', async () => {
  await deployed();
  world.account.faults.add({
    service: 'Scheduler',
    error: () => Object.assign(new Error('not authorized'), { name: 'AccessDeniedException' }),
  });
  const found = await checks();
  expect(found.find((each) => each['check'] === 'schedule')).toMatchObject({
    ok: false,
    says: expect.stringContaining('scheduler:GetSchedule'),
    todo: expect.stringContaining('permission'),
  });
  expect(found).toHaveLength(10);
});

describe('permissions', () => {
  const denied = (operation: string, service: string) =>
    world.account.faults.add({
      ...{ service, operation },
      error: () => Object.assign(new Error('not authorized'), { name: 'AccessDeniedException' }),
    });

  it('are asked for by calls that leave nothing behind', async () => {
    await deployed();
    const found = await check('permissions');
    expect(found).toMatchObject({ ok: true, says: expect.stringContaining('dynamodb:UpdateItem') });
    expect(await world.run(() => world.ledger.listProposals('doctor-asks-whether-it-may'))).toEqual([]);
    expect(world.account.calls.get('SFN.StartExecution')).toBeUndefined();
  });

  it('that are missing are named with the commands that need them', async () => {
    await deployed();
    denied('UpdateItem', 'DynamoDB');
    expect(await check('permissions')).toMatchObject({
      ok: false,
      says: 'your identity lacks dynamodb:UpdateItem (approve, reject, rollback)',
      todo: expect.stringContaining('docs/cli.md'),
    });
  });

  it('to read objects are not said to be missing where S3 cannot tell', async () => {
    await deployed();
    denied('ListObjectsV2', 'S3');
    denied('GetObject', 'S3');
    expect((await check('permissions'))?.['says']).toBe(
      'your identity lacks s3:ListBucket (pending, runs, history, explain)',
    );
  });

  it('are no verdict where AWS does not answer', async () => {
    await deployed();
    world.account.faults.add({
      service: 'DynamoDB',
      operation: 'Query',
      error: () => Object.assign(new Error('no such table'), { name: 'ResourceNotFoundException' }),
    });
    expect(await check('permissions')).toMatchObject({ ok: false, says: 'no such table' });
  });
});

describe('configuration', () => {
  let directory: string;

  beforeEach(async () => {
    directory = mkdtempSync(path.join(tmpdir(), 'doctor-'));
    jest.spyOn(process, 'cwd').mockReturnValue(directory);
    await deployed();
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  function checkedOut(rightsizer: object, version = '1.2.0'): void {
    writeFileSync(path.join(directory, 'package.json'), JSON.stringify({ name: 'lambda-rightsizer', version }));
    writeFileSync(path.join(directory, 'cdk.json'), JSON.stringify({ context: { rightsizer } }));
  }

  it('is as the checkout says', async () => {
    checkedOut({ coolDownDays: 14, region: 'eu-central-1' });
    expect(await check('configuration')).toMatchObject({ ok: true, says: 'release 1.2.0, as cdk.json says' });
  });

  it('that was changed in the checkout since the deployment is named, field by field', async () => {
    checkedOut({ coolDownDays: 30, policy: { strategy: 'speed' } });
    const found = await check('configuration');
    expect(found).toMatchObject({ ok: false, todo: expect.stringContaining('npx cdk deploy') });
    expect(found?.['says']).toMatch(/: coolDownDays, policy\.strategy$/);
  });

  it('of another release is told', async () => {
    checkedOut({}, '1.3.0');
    expect(await check('configuration')).toMatchObject({ ok: false, says: 'release 1.2.0, here is 1.3.0' });
  });

  it.each([
    ['there is no checkout', () => {}],
    ['the checkout is about another stack', () => checkedOut({ stackName: 'Elsewhere', coolDownDays: 1 })],
  ])('is compared with nothing where %s', async (_, prepare) => {
    prepare();
    expect(await check('configuration')).toMatchObject({ ok: true, says: expect.stringContaining('release 1.2.0; ') });
  });
});
