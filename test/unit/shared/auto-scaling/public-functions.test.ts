import {
  configureAutoScaling,
  configureLambdaConcurrency,
  configureProvisionedScaling,
  createDynamoDBScalingPolicy,
  registerDynamoDBScaling,
} from '../../../../shared/auto-scaling/index.ts';
import { lookback, lookbackToNow } from '../../../../shared/auto-scaling/lookback.ts';
import { registerClientPlugin } from '../../../../shared/clients/sdk.ts';
import { configuredAccount, START_MS } from '../../../support/configured-account.ts';

let scene: ReturnType<typeof configuredAccount>;
beforeEach(() => {
  scene = configuredAccount({ concurrentExecutions: 1_000 });
});
afterEach(() => scene.dispose());

/** Whether CloudWatch answers as when it could not read all of a metric. Clients outlive a test, so plugged in once. */
let isPartial = false;
afterEach(() => {
  isPartial = false;
});
registerClientPlugin((client) => {
  if (client.constructor.name !== 'CloudWatchClient') return;
  // biome-ignore lint/suspicious/noExplicitAny: middleware of every client
  const partialAnswers = (next: any) => async (call: any) => {
    const answer = await next(call);
    if (isPartial) for (const result of answer.output.MetricDataResults ?? []) result.StatusCode = 'PartialData';
    return answer;
  };
  client.middlewareStack.add(partialAnswers, { step: 'initialize', name: 'partialAnswers' });
});

const reserve = (input: Parameters<typeof configureLambdaConcurrency>[0]) =>
  scene.run(() => configureLambdaConcurrency(input));

describe('configureLambdaConcurrency', () => {
  it('reserves 100 for a critical function and 50 for a standard one', async () => {
    scene.addFunction('a', {}, { invocationsPerHour: 100, concurrency: 4 });
    expect(await reserve({ functionName: 'a', functionClass: 'critical' })).toMatchObject({
      outcome: 'created',
      reservedConcurrency: 100,
    });
    expect(await reserve({ functionName: 'a' })).toMatchObject({
      outcome: 'updated',
      reservedConcurrency: 50,
      before: 100,
    });
    expect(await reserve({ functionName: 'a' })).toMatchObject({ outcome: 'unchanged' });
  });

  it('never reserves less than ran at once', async () => {
    scene.addFunction('a', {}, { invocationsPerHour: 9_000, concurrency: 70 });
    expect(await reserve({ functionName: 'a', reservedConcurrency: 10 })).toMatchObject({ reservedConcurrency: 70 });
  });

  it('leaves the account 100 unreserved executions', async () => {
    scene.addFunction('a');
    const outcome = await reserve({ functionName: 'a', reservedConcurrency: 901 });
    expect(outcome).toMatchObject({ outcome: 'skipped', reason: expect.stringContaining('99 unreserved') });
    expect(scene.account.lambda.functions.get('a').reservedConcurrency).toBeUndefined();
  });

  it.each([
    [{ reservedConcurrency: Number.NaN }, 'got NaN'],
    [{ reservedConcurrency: 0 }, 'at least 1, got 0'],
    [{ reservedConcurrency: -1 }, 'got -1'],
    [{ reservedConcurrency: 1.5 }, 'got 1.5'],
    [{ functionClass: 'batch' as 'standard' }, 'critical or standard, got batch'],
  ])('rejects %j and writes nothing', async (input, message) => {
    scene.addFunction('a', {}, { invocationsPerHour: 100, concurrency: 4 });
    await expect(reserve({ functionName: 'a', ...input })).rejects.toThrow(message);
    expect(scene.account.lambda.functions.get('a').reservedConcurrency).toBeUndefined();
  });

  it('counts the hour that has begun among what ran at once', () => {
    expect(lookbackToNow(START_MS + 60_000, 14).endMs).toBe(START_MS + 3_600_000);
    expect(lookbackToNow(START_MS, 14)).toEqual(lookback(START_MS, 14));
  });

  it('writes nothing where CloudWatch gave only a part of the metrics', async () => {
    scene.addFunction('a', { 'rightsizer:auto-scaling': '5' }, { invocationsPerHour: 100, concurrency: 4 });
    isPartial = true;
    const [direct, all] = await scene.run(async () => [
      await configureLambdaConcurrency({ functionName: 'a' }),
      await configureAutoScaling(),
    ]);
    expect(direct).toMatchObject({ outcome: 'skipped', reason: expect.stringContaining('only a part') });
    expect(all.skipped).toContainEqual({ resource: 'function/a', reason: expect.stringContaining('only a part') });
    expect(scene.account.lambda.functions.get('a').reservedConcurrency).toBeUndefined();
  });

  it('writes nothing in a dry run', async () => {
    scene.addFunction('a');
    expect(await reserve({ functionName: 'a', dryRun: true })).toMatchObject({ outcome: 'created' });
    expect(scene.account.lambda.functions.get('a').reservedConcurrency).toBeUndefined();
  });
});

describe('DynamoDB scaling', () => {
  it('registers limits, then a policy, for a table and for an index', async () => {
    await scene.addTable('Orders');
    const target = { tableName: 'Orders', dimension: 'read' } as const;
    const outcomes = await scene.run(async () => [
      await registerDynamoDBScaling({ ...target, minCapacity: 5, maxCapacity: 50 }),
      await registerDynamoDBScaling({ ...target, minCapacity: 5, maxCapacity: 50 }),
      await registerDynamoDBScaling({ ...target, minCapacity: 5, maxCapacity: 60 }),
      await createDynamoDBScalingPolicy(target),
      await createDynamoDBScalingPolicy(target),
      await registerDynamoDBScaling({ ...target, indexName: 'by-customer' }),
    ]);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual([
      'created',
      'unchanged',
      'updated',
      'created',
      'unchanged',
      'created',
    ]);
  });

  it('skips an on-demand table, a missing one, and a policy without limits', async () => {
    await scene.addTable('Sessions', { BillingMode: 'PAY_PER_REQUEST' });
    await scene.addTable('Orders');
    const outcomes = await scene.run(async () => [
      await registerDynamoDBScaling({ tableName: 'Sessions', dimension: 'read' }),
      await registerDynamoDBScaling({ tableName: 'Nowhere', dimension: 'read' }),
      await createDynamoDBScalingPolicy({ tableName: 'Orders', dimension: 'write' }),
    ]);
    expect(outcomes.map(({ outcome, reason }) => [outcome, reason])).toEqual([
      ['skipped', 'on-demand: DynamoDB scales it by itself'],
      ['skipped', 'there is no such table'],
      ['skipped', expect.stringContaining('No scalable target registered')],
    ]);
  });

  it('rejects limits and targets that cannot be', async () => {
    const target = { tableName: 'Orders', dimension: 'read' } as const;
    await expect(registerDynamoDBScaling({ ...target, minCapacity: 9, maxCapacity: 8 })).rejects.toThrow('got 9 and 8');
    await expect(registerDynamoDBScaling({ ...target, maxCapacity: Number.NaN })).rejects.toThrow('got 5 and NaN');
    await expect(createDynamoDBScalingPolicy({ ...target, targetUtilizationPercent: 95 })).rejects.toThrow('got 95');
  });
});

describe('configureProvisionedScaling', () => {
  it('writes limits, a policy on the maximum in use, and other limits by schedule', async () => {
    const schedule = [
      { name: 'night', schedule: 'cron(0 22 * * ? *)', timeZone: 'Europe/Berlin', minCapacity: 0, maxCapacity: 1 },
    ];
    const outcome = await scene.run(() =>
      configureProvisionedScaling({ functionName: 'api', qualifier: 'live', maxCapacity: 10, schedule }),
    );
    expect(outcome).toMatchObject({ resource: 'function:api:live', written: true });
    const { targets, policies, actions } = scene.account.applicationAutoScaling.all();
    expect(targets).toMatchObject([{ MinCapacity: 1, MaxCapacity: 10 }]);
    expect(policies[0]!.TargetTrackingScalingPolicyConfiguration!.TargetValue).toBe(0.7);
    expect(actions).toMatchObject([
      { ScheduledActionName: 'night', ScalableTargetAction: { MinCapacity: 0, MaxCapacity: 1 } },
    ]);
  });

  it.each([
    [{ maxCapacity: Number.NaN }, 'got 1 and NaN'],
    [{ maxCapacity: 1.5 }, 'got 1 and 1.5'],
    [{ maxCapacity: 4, targetUtilizationPercent: 95 }, '10 to 90, got 95'],
  ])('rejects %j and writes nothing', async (input, message) => {
    const configure = () => configureProvisionedScaling({ functionName: 'api', qualifier: 'live', ...input });
    await expect(scene.run(configure)).rejects.toThrow(message);
    expect(scene.account.applicationAutoScaling.all().targets).toEqual([]);
  });
});
