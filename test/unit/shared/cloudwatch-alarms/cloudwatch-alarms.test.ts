import { useClock } from '../../../../shared/clock.ts';
import {
  createAlarmTopic,
  createDynamoDBAlarms,
  createPerformanceAlarms,
} from '../../../../shared/cloudwatch-alarms/index.ts';
import { fakeAws, type RecordedCall } from '../clients/fake-aws.ts';

const TOPIC = 'arn:aws:sns:eu-west-1:123456789012:alarms';

let aws: ReturnType<typeof fakeAws>;
let restore: () => void;
const alarms = new Map<string, RecordedCall['input']>();

beforeEach(() => {
  alarms.clear();
  restore = useClock({ now: () => 0, sleep: async () => undefined });
  const subscriptions: { Protocol: string; Endpoint: string; SubscriptionArn: string }[] = [];
  aws = fakeAws({
    PutMetricAlarm: (input) => {
      alarms.set(input.AlarmName, input);
      return {};
    },
    DescribeAlarms: ({ AlarmNames }) => ({
      MetricAlarms: AlarmNames.flatMap((name: string) => alarms.get(name) ?? []),
    }),
    CreateTopic: ({ Name }) => ({ TopicArn: `arn:aws:sns:eu-west-1:123456789012:${Name}` }),
    ListSubscriptionsByTopic: () => ({ Subscriptions: subscriptions }),
    Subscribe: ({ Protocol, Endpoint }) => {
      subscriptions.push({ Protocol, Endpoint, SubscriptionArn: 'PendingConfirmation' });
      return {};
    },
  });
});
afterEach(() => {
  aws.stop();
  restore();
});

const puts = () => aws.calls.filter((call) => call.command === 'PutMetricAlarm');

describe('createPerformanceAlarms', () => {
  const input = {
    topicArn: TOPIC,
    functions: [{ functionName: 'ask-question', timeoutSeconds: 10 }],
    services: ['campus'],
    queues: ['jobs'],
  };

  it('creates the brief’s alarms with its thresholds, each with an action', async () => {
    const report = await createPerformanceAlarms(input);
    const threshold = (part: string) => [...alarms.values()].find((alarm) => alarm.AlarmName.includes(part))?.Threshold;
    expect(report.created).toHaveLength(alarms.size);
    expect(threshold('HighResponseTime')).toBe(3_000);
    expect(threshold('HighErrorRate')).toBe(5);
    expect(threshold('LowCacheHitRate')).toBe(0.4);
    expect(threshold('HighCostPerUser')).toBe(15);
    expect(threshold('LambdaThrottling')).toBe(10);
    expect(threshold('HighConcurrentUsers')).toBe(1_000);
    expect(threshold('HighQueueDepth')).toBe(100);
    for (const alarm of alarms.values()) expect(alarm.AlarmActions).toEqual([TOPIC]);
  });

  it('changes nothing when called again, and only what differs when the timeout changed', async () => {
    await createPerformanceAlarms(input);
    const first = puts().length;
    const again = await createPerformanceAlarms(input);
    expect(puts()).toHaveLength(first);
    expect(again.unchanged).toBe(first);
    const raised = await createPerformanceAlarms({
      ...input,
      functions: [{ functionName: 'ask-question', timeoutSeconds: 20 }],
    });
    expect(raised.updated).toEqual(['Application.high.DurationNearTimeout.function.ask-question']);
  });

  it('only says what it would do in a dry run', async () => {
    const report = await createPerformanceAlarms({ ...input, dryRun: true });
    expect(report.plan.costUsdPerMonth).toBeGreaterThan(0);
    expect(puts()).toEqual([]);
  });

  it('rejects a name that could be taken for another’s', async () => {
    await expect(createPerformanceAlarms({ ...input, name: 'a.b' })).rejects.toThrow('must match');
  });
});

describe('createDynamoDBAlarms', () => {
  it('creates an alarm on reads and writes refused, for each table', async () => {
    const report = await createDynamoDBAlarms({ topicArn: TOPIC, tableNames: ['orders', 'users'] });
    expect(report.created).toEqual([
      'Application.high.DynamoDbThrottling.table.orders',
      'Application.high.DynamoDbThrottling.table.users',
    ]);
  });
});

describe('createAlarmTopic', () => {
  it('subscribes each address once, and says that it must still confirm', async () => {
    const topic = await createAlarmTopic({ emails: ['alerts@example.com', 'alerts@example.com'] });
    expect(topic).toEqual({
      topicArn: 'arn:aws:sns:eu-west-1:123456789012:rightsizer-alarms',
      subscriptions: [{ email: 'alerts@example.com', status: 'pending' }],
    });
    await createAlarmTopic({ emails: ['alerts@example.com'] });
    expect(aws.calls.filter((call) => call.command === 'Subscribe')).toHaveLength(1);
  });
});
