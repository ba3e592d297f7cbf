import { DynamoDBClient, UpdateTableCommand } from '@aws-sdk/client-dynamodb';
import { configureAutoScaling } from '../../../../shared/auto-scaling/index.ts';
import { createClient } from '../../../../shared/clients/sdk.ts';
import { addAlias, configuredAccount, LEDGER } from '../../../support/configured-account.ts';

/** Everything by tag, over an account in memory. */
let scene: ReturnType<typeof configuredAccount>;
const busy = { invocationsPerHour: 500, concurrency: 3 };
const AUTO = { 'rightsizer:auto-scaling': 'true' };

beforeEach(async () => {
  scene = configuredAccount();
  await scene.addLedger();
});
afterEach(() => scene.dispose());

const configure = (input: Parameters<typeof configureAutoScaling>[0] = {}) =>
  scene.run(() => configureAutoScaling({ ledgerTableName: LEDGER, ...input }));
const reservedOf = (name: string) => scene.account.lambda.functions.get(name).reservedConcurrency;

async function mixedAccount() {
  scene.addFunction('checkout', { ...AUTO, 'rightsizer:class': 'critical' }, busy);
  scene.addFunction('orders', AUTO, busy);
  scene.addFunction('untagged', {}, busy);
  await scene.addTable('Orders', {
    Tags: [{ Key: 'rightsizer:auto-scaling', Value: 'true' }],
    AttributeDefinitions: [
      { AttributeName: 'id', AttributeType: 'S' },
      { AttributeName: 'customer', AttributeType: 'S' },
    ],
    GlobalSecondaryIndexes: [
      {
        IndexName: 'by-customer',
        KeySchema: [{ AttributeName: 'customer', KeyType: 'HASH' }],
        Projection: { ProjectionType: 'ALL' },
        ProvisionedThroughput: { ReadCapacityUnits: 8, WriteCapacityUnits: 4 },
      },
    ],
  });
  await scene.addTable('Sessions', { BillingMode: 'PAY_PER_REQUEST' });
}

describe('configuring auto-scaling', () => {
  it('reserves by class, registers reads and writes of tables and indexes, and says what it skipped', async () => {
    await mixedAccount();
    const report = await configure();
    expect([reservedOf('checkout'), reservedOf('orders'), reservedOf('untagged')]).toEqual([100, 50, undefined]);
    const { targets, policies } = scene.account.applicationAutoScaling.all();
    expect(
      targets.map((each) => [each.ResourceId, each.ScalableDimension, each.MinCapacity, each.MaxCapacity]),
    ).toEqual([
      ['table/Orders', 'dynamodb:table:ReadCapacityUnits', 10, 80],
      ['table/Orders', 'dynamodb:table:WriteCapacityUnits', 5, 40],
      ['table/Orders/index/by-customer', 'dynamodb:index:ReadCapacityUnits', 4, 32],
      ['table/Orders/index/by-customer', 'dynamodb:index:WriteCapacityUnits', 2, 16],
    ]);
    expect(policies).toHaveLength(4);
    expect(policies[0]!.TargetTrackingScalingPolicyConfiguration).toMatchObject({
      TargetValue: 70,
      PredefinedMetricSpecification: { PredefinedMetricType: 'DynamoDBReadCapacityUtilization' },
    });
    expect(report.counts).toMatchObject({ created: 10, updated: 0, failed: 0 });
    expect(report.skipped).toEqual(
      expect.arrayContaining([
        { resource: 'function/untagged', reason: 'not tagged rightsizer:auto-scaling' },
        { resource: 'table/Sessions', reason: 'on-demand: DynamoDB scales it by itself' },
      ]),
    );
  });

  it('changes nothing the second time, although capacity and traffic moved within bounds', async () => {
    await mixedAccount();
    const first = await configure();
    scene.setTraffic('orders', { invocationsPerHour: 900, concurrency: 40 });
    await scene.run(() =>
      createClient(DynamoDBClient).send(
        new UpdateTableCommand({
          TableName: 'Orders',
          ProvisionedThroughput: { ReadCapacityUnits: 60, WriteCapacityUnits: 30 },
        }),
      ),
    );
    const second = await configure();
    expect(second.counts).toMatchObject({ created: 0, updated: 0, removed: 0, unchanged: first.counts.created });
  });

  it('raises a reservation that traffic outgrew', async () => {
    await mixedAccount();
    await configure();
    scene.setTraffic('orders', { invocationsPerHour: 9_000, concurrency: 60 });
    const report = await configure();
    expect(report.updated).toEqual([
      expect.objectContaining({ resource: 'function/orders', setting: 'reserved-concurrency' }),
    ]);
    expect(reservedOf('orders')).toBe(72);
  });

  it('only says what it would do in a dry run', async () => {
    await mixedAccount();
    const report = await configure({ dryRun: true });
    expect(report.counts.created).toBe(10);
    expect(reservedOf('checkout')).toBeUndefined();
    expect(scene.account.applicationAutoScaling.all().targets).toEqual([]);
    expect((await configure()).counts.created).toBe(10);
  });

  it('leaves limits that the owner registered, and puts no policy on them', async () => {
    await mixedAccount();
    await configure();
    await configure({ undo: true });
    const { operations } = scene.account.applicationAutoScaling;
    operations['RegisterScalableTarget']!.run({
      ServiceNamespace: 'dynamodb',
      ResourceId: 'table/Orders',
      ScalableDimension: 'dynamodb:table:ReadCapacityUnits',
      MinCapacity: 1,
      MaxCapacity: 9,
    });
    const report = await configure();
    expect(report.skipped).toContainEqual({
      resource: 'table/Orders',
      reason: 'read/limits: minimum 1, maximum 9 was set by its owner; left as it is',
    });
    const { policies } = scene.account.applicationAutoScaling.all();
    expect(policies.map((each) => `${each.ResourceId} ${each.ScalableDimension}`)).not.toContain(
      'table/Orders dynamodb:table:ReadCapacityUnits',
    );
  });

  it('leaves a reservation that somebody changed since', async () => {
    await mixedAccount();
    await configure();
    scene.account.lambda.functions.get('checkout').reservedConcurrency = 33;
    const report = await configure();
    expect(reservedOf('checkout')).toBe(33);
    expect(report.skipped).toContainEqual({
      resource: 'function/checkout',
      reason: expect.stringMatching(
        /^reserved-concurrency: executions 33 since executions 100 was written on .*; left$/,
      ),
    });
  });

  it('undoes everything it set, and nothing that was there before', async () => {
    await mixedAccount();
    await configure();
    const report = await configure({ undo: true });
    expect(report.counts).toMatchObject({ removed: 10, failed: 0 });
    expect([reservedOf('checkout'), reservedOf('orders')]).toEqual([undefined, undefined]);
    expect(scene.account.applicationAutoScaling.all()).toEqual({ targets: [], policies: [], actions: [] });
    expect((await configure({ undo: true })).counts.removed).toBe(0);
  });

  it('takes its reservation back when the tag is taken away', async () => {
    await mixedAccount();
    await configure();
    scene.account.lambda.functions.get('orders').tags.delete('rightsizer:auto-scaling');
    const report = await configure();
    expect(report.removed).toEqual([expect.objectContaining({ resource: 'function/orders' })]);
    expect(reservedOf('orders')).toBeUndefined();
  });

  it('scales provisioned concurrency by the maximum in use, 0 when idle', async () => {
    scene.addFunction('api', AUTO, { ...busy, alias: 'live' });
    scene.account.lambda.functions.get('api').provisioned.set('live', {
      RequestedProvisionedConcurrentExecutions: 4,
      LastModified: '2026-11-01T00:00:00.000+0000',
    });
    await configure();
    const { targets, policies } = scene.account.applicationAutoScaling.all();
    expect(targets).toMatchObject([{ ResourceId: 'function:api:live', MinCapacity: 1, MaxCapacity: 8 }]);
    const metrics = policies[0]!.TargetTrackingScalingPolicyConfiguration!.CustomizedMetricSpecification!.Metrics!;
    expect(metrics).toMatchObject([
      { MetricStat: { Stat: 'Maximum' } },
      { Expression: 'FILL(inUse, 0)', ReturnData: true },
    ]);
    expect((await configure()).counts).toMatchObject({ created: 0, updated: 0 });
  });

  it('leaves the scaling of aliases as it is where their function opted out', async () => {
    const api = scene.addFunction('api', AUTO, { ...busy, alias: 'live' });
    api.provisioned.set('live', {
      RequestedProvisionedConcurrentExecutions: 4,
      LastModified: '2026-11-01T00:00:00.000+0000',
    });
    await configure();
    api.tags.set('rightsizer:exclude', 'true');
    const { removed, skipped } = await configure();
    expect(removed).toEqual([]);
    expect(skipped).toContainEqual({ resource: 'function/api', reason: 'tagged rightsizer:exclude' });
    expect(scene.account.applicationAutoScaling.all().targets).toHaveLength(1);
  });

  it('reports what AWS refused and goes on with the others', async () => {
    await mixedAccount();
    scene.account.faults.add({
      service: 'Lambda',
      operation: 'PutFunctionConcurrency',
      when: (input) => input['FunctionName'] === 'checkout',
      error: Object.assign(new Error('not this one'), { name: 'InvalidParameterValueException' }),
    });
    const report = await configure();
    expect(report.failed).toEqual([{ resource: 'function/checkout', reason: expect.stringContaining('not this one') }]);
    expect(reservedOf('orders')).toBe(50);
    scene.account.faults.clear();
    expect((await configure()).created).toEqual([expect.objectContaining({ resource: 'function/checkout' })]);
  });

  it('refuses to undo without a ledger', async () => {
    await expect(configureAutoScaling({ undo: true })).rejects.toThrow('undo needs ledgerTableName, got none');
  });

  it('leaves excluded functions alone, alias or not', async () => {
    scene.addFunction('secret', { ...AUTO, 'rightsizer:exclude': 'true' }, busy);
    addAlias(scene.account, 'secret', 'live');
    const report = await configure();
    expect(report.skipped).toContainEqual({ resource: 'function/secret', reason: 'tagged rightsizer:exclude' });
  });
});
