import { CloudWatchClient, PutMetricAlarmCommand, SetAlarmStateCommand } from '@aws-sdk/client-cloudwatch';
import { createClient } from '../../../../shared/clients/sdk.ts';
import { createDoctorWorld, type DoctorWorld } from './doctor-world.ts';

let world: DoctorWorld;

beforeEach(async () => {
  world = await createDoctorWorld();
});

afterEach(() => world.dispose());

it('sees a subscription that nobody confirmed', async () => {
  await world.deployed({ confirmed: false });
  expect(await world.check('subscription')).toMatchObject({
    ok: false,
    todo: expect.stringContaining('subscribe --confirm'),
  });
});

it('counts confirmed subscriptions on every page', async () => {
  await world.deployed();
  const page = (SubscriptionArn: string, NextToken?: string) => ({ Subscriptions: [{ SubscriptionArn }], NextToken });
  const subscriptions = { service: 'SNS', operation: 'ListSubscriptionsByTopic' };
  const isFirst = ({ NextToken }: Record<string, unknown>) => NextToken === undefined;
  world.account.faults.add({ ...subscriptions, when: isFirst, output: page('PendingConfirmation', 'more') });
  const isNext = (input: Record<string, unknown>) => !isFirst(input);
  world.account.faults.add({ ...subscriptions, when: isNext, output: page('arn:aws:sns:us-east-1:1:digest:2') });
  expect(await world.check('subscription')).toMatchObject({ ok: true, says: '1 confirmed, 1 not' });
});

it('names every alarm of the stack that rings, and none of another stack', async () => {
  await world.deployed();
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
  const found = await world.check('alarms');
  expect(found).toMatchObject({ ok: false, todo: expect.stringContaining('docs/runbook.md') });
  expect(found?.['says']?.match(/Rightsizer-/g)).toHaveLength(61);
  expect(found?.['says']).not.toContain('test');
});

it('sees that reservations leave a night too little concurrency', async () => {
  await world.deployed();
  world.account.faults.add({
    service: 'Lambda',
    operation: 'GetAccountSettings',
    output: { AccountLimit: { ConcurrentExecutions: 1000, UnreservedConcurrentExecutions: 100 } },
  });
  expect(await world.check('quotas')).toMatchObject({
    ok: false,
    says: '100 of 1000 concurrent executions are unreserved',
    todo: expect.stringContaining('higher quota'),
  });
});
