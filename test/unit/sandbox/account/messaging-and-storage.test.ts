import { EventBridgeClient, ListRulesCommand, PutEventsCommand, PutRuleCommand } from '@aws-sdk/client-eventbridge';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  NoSuchKey,
  PutObjectCommand,
  paginateListObjectsV2,
  S3Client,
} from '@aws-sdk/client-s3';
import {
  CreateScheduleCommand,
  GetScheduleCommand,
  SchedulerClient,
  UpdateScheduleCommand,
} from '@aws-sdk/client-scheduler';
import {
  ConfirmSubscriptionCommand,
  CreateTopicCommand,
  GetTopicAttributesCommand,
  ListSubscriptionsByTopicCommand,
  PublishCommand,
  SNSClient,
  SubscribeCommand,
} from '@aws-sdk/client-sns';
import { inAccount } from './in-account.ts';

describe('SNS', () => {
  async function withTopic() {
    const setting = inAccount();
    const sns = setting.client(SNSClient);
    const { TopicArn } = await setting.run(() => sns.send(new CreateTopicCommand({ Name: 'digest' })));
    return { ...setting, sns, TopicArn: TopicArn! };
  }

  it('reaches an email subscriber only once the subscription is confirmed', async () => {
    const { sns, run, account, TopicArn } = await withTopic();
    await run(async () => {
      const Endpoint = 'ops@example.com';
      expect((await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'email', Endpoint }))).SubscriptionArn).toBe(
        'pending confirmation',
      );
      await sns.send(new PublishCommand({ TopicArn, Message: 'one' }));
      const Token = account.sns.confirmationToken(TopicArn, Endpoint);
      await sns.send(new ConfirmSubscriptionCommand({ TopicArn, Token, AuthenticateOnUnsubscribe: 'true' }));
      await sns.send(new PublishCommand({ TopicArn, Message: 'two', Subject: 'Nightly run' }));
      const { Attributes } = await sns.send(new GetTopicAttributesCommand({ TopicArn }));
      expect(Attributes).toMatchObject({ SubscriptionsConfirmed: '1', SubscriptionsPending: '0' });
      expect((await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn }))).Subscriptions![0]).toMatchObject({
        Endpoint,
        Protocol: 'email',
      });
    });
    expect(account.sns.inbox.map(({ message, recipients }) => [message, recipients.length])).toEqual([
      ['one', 0],
      ['two', 1],
    ]);
  });

  it('accepts 256 KiB and not a byte more, and no subject with a line break', async () => {
    const { sns, run, TopicArn } = await withTopic();
    await run(() => sns.send(new PublishCommand({ TopicArn, Message: 'é'.repeat(131_072) })));
    await expect(
      run(() => sns.send(new PublishCommand({ TopicArn, Message: `${'é'.repeat(131_072)}.` }))),
    ).rejects.toMatchObject({ name: 'InvalidParameterException' });
    await expect(
      run(() => sns.send(new PublishCommand({ TopicArn, Message: 'x', Subject: 'a\nb' }))),
    ).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });

  it('raises NotFoundException for a topic that does not exist', async () => {
    const { sns, run } = await withTopic();
    await expect(
      run(() => sns.send(new PublishCommand({ TopicArn: 'arn:aws:sns:us-east-1:123456789012:none', Message: 'x' }))),
    ).rejects.toMatchObject({ name: 'NotFoundException' });
  });
});

describe('EventBridge', () => {
  const entry = { Source: 'rightsizer', DetailType: 'Run Finished', Detail: '{"ok":true}' };

  it('captures events and reports each bad entry by itself', async () => {
    const { client, run, account } = inAccount();
    const events = client(EventBridgeClient);
    const Entries = [entry, { ...entry, Detail: 'no json' }, { ...entry, Source: 'aws.lambda' }];
    const output = await run(() => events.send(new PutEventsCommand({ Entries })));
    expect(output.FailedEntryCount).toBe(2);
    expect(output.Entries!.map(({ ErrorCode }) => ErrorCode)).toEqual([
      undefined,
      'MalformedDetail',
      'NotAuthorizedForSourceException',
    ]);
    expect(account.eventBridge.events).toMatchObject([
      { source: 'rightsizer', detailType: 'Run Finished', detail: { ok: true } },
    ]);
  });

  it('rejects eleven entries, and entries beyond 256 KiB together', async () => {
    const { client, run } = inAccount();
    const events = client(EventBridgeClient);
    const big = { ...entry, Detail: JSON.stringify({ text: 'x'.repeat(140_000) }) };
    for (const Entries of [Array.from({ length: 11 }, () => entry), [big, big]]) {
      await expect(run(() => events.send(new PutEventsCommand({ Entries })))).rejects.toMatchObject({
        name: 'ValidationException',
      });
    }
  });

  it('stores rules', async () => {
    const { client, run } = inAccount();
    const events = client(EventBridgeClient);
    const rules = await run(async () => {
      await events.send(new PutRuleCommand({ Name: 'alarms', EventPattern: '{"source":["aws.cloudwatch"]}' }));
      return events.send(new ListRulesCommand({}));
    });
    expect(rules.Rules).toMatchObject([{ Name: 'alarms', State: 'ENABLED' }]);
  });
});

describe('S3', () => {
  function withBucket() {
    const setting = inAccount();
    setting.account.s3.createBucket('runs');
    return { ...setting, s3: setting.client(S3Client) };
  }

  it.each([
    ['a string', 'héllo'],
    ['bytes', Buffer.from('héllo')],
  ])('gives back %s as it was put', async (_title, Body) => {
    const { s3, run } = withBucket();
    const text = await run(async () => {
      await s3.send(new PutObjectCommand({ Bucket: 'runs', Key: 'a/b.json', Body, ContentType: 'application/json' }));
      const object = await s3.send(new GetObjectCommand({ Bucket: 'runs', Key: 'a/b.json' }));
      expect(object).toMatchObject({ ContentLength: 6, ContentType: 'application/json' });
      return object.Body!.transformToString();
    });
    expect(text).toBe('héllo');
  });

  it('raises NoSuchKey on get, NotFound on head, NoSuchBucket on a missing bucket', async () => {
    const { s3, run } = withBucket();
    await expect(run(() => s3.send(new GetObjectCommand({ Bucket: 'runs', Key: 'x' })))).rejects.toBeInstanceOf(
      NoSuchKey,
    );
    await expect(run(() => s3.send(new HeadObjectCommand({ Bucket: 'runs', Key: 'x' })))).rejects.toMatchObject({
      name: 'NotFound',
    });
    await expect(run(() => s3.send(new ListObjectsV2Command({ Bucket: 'none' })))).rejects.toMatchObject({
      name: 'NoSuchBucket',
    });
  });

  it('writes once with If-None-Match', async () => {
    const { s3, run } = withBucket();
    const put = () => s3.send(new PutObjectCommand({ Bucket: 'runs', Key: 'once', Body: 'x', IfNoneMatch: '*' }));
    await run(put);
    await expect(run(put)).rejects.toMatchObject({ name: 'PreconditionFailed' });
  });

  it('lists by prefix, in order, over pages, without what was deleted', async () => {
    const { s3, run, account } = withBucket();
    for (let index = 0; index < 7; index++) account.s3.write('runs', `p/${index}`, 'x');
    account.s3.write('runs', 'q/0', 'x');
    const keys = await run(async () => {
      await s3.send(new DeleteObjectCommand({ Bucket: 'runs', Key: 'p/3' }));
      const found: string[] = [];
      for await (const page of paginateListObjectsV2({ client: s3, pageSize: 2 }, { Bucket: 'runs', Prefix: 'p/' })) {
        found.push(...(page.Contents ?? []).map(({ Key }) => Key!));
      }
      return found;
    });
    expect(keys).toEqual(['p/0', 'p/1', 'p/2', 'p/4', 'p/5', 'p/6']);
  });
});

describe('Scheduler', () => {
  const schedule = {
    Name: 'nightly',
    ScheduleExpression: 'cron(0 2 * * ? *)',
    ScheduleExpressionTimezone: 'Europe/Berlin',
    FlexibleTimeWindow: { Mode: 'OFF' as const },
    Target: {
      Arn: 'arn:aws:states:us-east-1:123456789012:stateMachine:night',
      RoleArn: 'arn:aws:iam::123456789012:role/s',
    },
  };

  it('stores, updates and returns schedules, and rejects a name twice or a bad expression', async () => {
    const { client, run } = inAccount();
    const scheduler = client(SchedulerClient);
    await run(async () => {
      await scheduler.send(new CreateScheduleCommand(schedule));
      await expect(scheduler.send(new CreateScheduleCommand(schedule))).rejects.toMatchObject({
        name: 'ConflictException',
      });
      await scheduler.send(new UpdateScheduleCommand({ ...schedule, State: 'DISABLED' }));
      expect(await scheduler.send(new GetScheduleCommand({ Name: 'nightly' }))).toMatchObject({
        State: 'DISABLED',
        GroupName: 'default',
        ScheduleExpressionTimezone: 'Europe/Berlin',
      });
      const bad = new CreateScheduleCommand({ ...schedule, Name: 'b', ScheduleExpression: 'every night' });
      await expect(scheduler.send(bad)).rejects.toMatchObject({ name: 'ValidationException' });
    });
  });
});
