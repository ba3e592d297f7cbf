import { CreateScheduleCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { createClient } from '../../../shared/clients/sdk.ts';
import { BUCKET, type CliWorld, createCliWorld, REPORT, RUN_ID, runRecord, STATE_MACHINE } from './cli-world.ts';

let world: CliWorld;

beforeEach(async () => {
  world = await createCliWorld();
});
afterEach(() => world.dispose());

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
  world.account.cloudFormation.addStack('Rightsizer', {
    LedgerTableName: 'ledger',
    RunBucketName: BUCKET,
    StateMachineArn: STATE_MACHINE,
    DigestTopicArn: topicArn,
    ScheduleName: 'night',
  });
  if (confirmed) {
    const token = world.account.sns.confirmationToken(topicArn, 'ada@example.com')!;
    const link = `https://sns.us-east-1.amazonaws.com/confirmation.html?TopicArn=${topicArn}&Token=${token}`;
    expect((await world.cli(['subscribe', '--confirm', link])).exitCode).toBe(0);
  }
}

async function ended(report: object): Promise<void> {
  await world.run(() => world.ledger.putRun(runRecord({ status: 'succeeded' })));
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
  expect(stdout.trim().split('\n')).toHaveLength(8);
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

it('sees how the last night failed', async () => {
  await deployed();
  await world.run(() =>
    world.ledger.putRun(runRecord({ status: 'failed', failure: 'AWS denied lambda:ListFunctions' })),
  );
  world.account.s3.write(BUCKET, `runs/${RUN_ID}/manifest.json`, '[]');
  const found = await check('last night');
  expect(found).toMatchObject({ ok: false, says: expect.stringContaining('AWS denied lambda:ListFunctions') });
});

it('names the sources that last night did without', async () => {
  await deployed();
  await ended({ unavailableSources: [{ source: 'Tags', reason: 'AWS denied tag:GetResources' }] });
  expect(await check('sources of evidence')).toMatchObject({ ok: false, says: expect.stringContaining('Tags') });
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
  expect(found).toHaveLength(8);
});
