import { CloudWatchClient, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { ConfirmSubscriptionCommand, PublishCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { RateLimit } from '../../../../sandbox/account/core/rate-limit.ts';
import { inAccount, START_MS } from './in-account.ts';

const HOUR_MS = 3_600_000;
/** Of a function that is not there: estimated like any other. */
const METRIC = {
  Namespace: 'AWS/Lambda',
  MetricName: 'Errors',
  Dimensions: [{ Name: 'FunctionName', Value: 'gone' }],
};
const ONE_ATTEMPT = { maxAttempts: 1 };

describe('a bucket', () => {
  const at = (bucket: (now: () => number) => RateLimit) => {
    let nowMs = 0;
    return { limit: bucket(() => nowMs), wait: (ms: number) => (nowMs += ms) };
  };

  it('gives what it holds at once, then the rate', () => {
    const { limit, wait } = at((now) => new RateLimit(now, 10, 20));
    expect(limit.tryTake(20)).toBe(true);
    expect(limit.tryTake()).toBe(false);
    wait(500);
    expect(limit.tryTake(5)).toBe(true);
    expect(limit.tryTake()).toBe(false);
    expect(limit).toMatchObject({ refused: 2, busiestSecond: 25 });
  });

  it('lets who needs more than it holds through when it is full, and others wait for it', () => {
    const { limit, wait } = at((now) => new RateLimit(now, 10));
    expect(limit.tryTake(30)).toBe(true);
    wait(2_900);
    expect(limit.tryTake(10)).toBe(false);
    wait(100);
    expect(limit.tryTake(10)).toBe(true);
  });
});

describe('data points of GetMetricData', () => {
  const input = (hours: number, queries: number) => ({
    MetricDataQueries: Array.from({ length: queries }, (_, at) => ({
      Id: `q${at}`,
      MetricStat: { Metric: METRIC, Period: 60, Stat: 'Sum' },
    })),
    StartTime: new Date(START_MS - hours * HOUR_MS),
    EndTime: new Date(START_MS),
  });
  const callsThatPass = async (hours: number, queries: number, ratesLeft = 1) => {
    const { client, run } = inAccount({ ratesLeft });
    const cloudwatch = client(CloudWatchClient, ONE_ATTEMPT);
    let passed = 0;
    await expect(
      run(async () => {
        for (; passed < 40; passed += 1) await cloudwatch.send(new GetMetricDataCommand(input(hours, queries)));
      }),
    ).rejects.toMatchObject({ name: 'Throttling' });
    return passed;
  };

  it('are counted by what is asked, with data or without: 396,000 a second of what is older than three hours', async () => {
    // 500 queries of 100 minutes more than three hours: 140,000 points.
    expect(await callsThatPass(3 + 100 / 60, 500)).toBe(2);
  });

  it('have a smaller quota of what is younger, 180,000 a second', async () => {
    expect(await callsThatPass(3, 500)).toBe(2);
    expect(await callsThatPass(2, 500)).toBe(3);
  });

  it('are fewer where the account’s other users take a share', async () => {
    expect(await callsThatPass(3 + 100 / 60, 500, 0.5)).toBe(1);
  });
});

it('tells how near its limits the account was, and how often each refused', async () => {
  const { account, client, run } = inAccount();
  const lambda = client(LambdaClient, ONE_ATTEMPT);
  const calls = Array.from({ length: 17 }, () => lambda.send(new ListFunctionsCommand({})));
  const ended = await run(() => Promise.allSettled(calls));
  expect(ended.filter(({ status }) => status === 'rejected')).toHaveLength(2);
  expect(account.rateUse()).toContainEqual({
    limit: 'Lambda.ControlPlane',
    perSecond: 15,
    busiestSecond: 15,
    refused: 2,
  });
});

it('starts 1,300 executions at once, and no more than the rate from there on', async () => {
  const { account, client, run } = inAccount();
  const started: unknown[] = [];
  account.states.use({ startExecution: (input: unknown) => started.push(input) } as never);
  const states = client(SFNClient, ONE_ATTEMPT);
  const start = () => states.send(new StartExecutionCommand({ stateMachineArn: 'arn:aws:states:::stateMachine:m' }));
  const ended = await run(() => Promise.allSettled(Array.from({ length: 1_302 }, start)));
  expect(started).toHaveLength(1_300);
  const refused = ended.find(({ status }) => status === 'rejected') as PromiseRejectedResult;
  expect(refused.reason).toMatchObject({ name: 'ThrottlingException' });
});

it('brings a subscriber no more than ten mails a second', async () => {
  const { account, client, run } = inAccount();
  const sns = client(SNSClient);
  const { operations } = account.sns;
  const { TopicArn } = (await operations['CreateTopic']!.run({ Name: 'digest' })) as { TopicArn: string };
  await run(async () => {
    await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'email', Endpoint: 'ada@example.com' }));
    const Token = account.sns.confirmationToken(TopicArn, 'ada@example.com');
    await sns.send(new ConfirmSubscriptionCommand({ TopicArn, Token }));
    for (let at = 0; at < 12; at += 1) await sns.send(new PublishCommand({ TopicArn, Message: `mail ${at}` }));
  });
  expect(account.sns.inbox.filter(({ recipients }) => recipients.length > 0)).toHaveLength(10);
});
