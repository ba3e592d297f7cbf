import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createClient } from '../../../shared/clients/sdk.ts';
import { ourChange } from './our-change.ts';
import { createFunction, minute, type Scenario } from './scenario.ts';

const OWN_ALARMS = { 'rightsizer:alarms': 'true' };

const memoryLeak: Scenario = {
  name: 'memory-leak',
  tells: 'A cache without an end grows by 4 MB a minute until environments are killed at 512 MB; it ends at 700.',
  alarm: 'HighErrorRate',
  resource: 'report-builder',
  minutes: 90,
  setUp: (simulation) => {
    createFunction(simulation, { name: 'report-builder', memorySizeMb: 512 });
    simulation.production.addFunction('report-builder', ({ sinceFault, memorySizeMb }) => {
      const wantedMb = Math.min(700, 300 + 4 * Math.max(0, sinceFault));
      const isKilled = wantedMb >= memorySizeMb;
      return minute({
        invocations: 60,
        errors: isKilled ? 24 : 0,
        maxMemoryUsedMb: Math.min(wantedMb, memorySizeMb),
      });
    });
  },
  expected: { action: 'RaiseMemory', outcome: 'Cleared', changes: 1, clears: true },
};

const trafficSurge: Scenario = {
  name: 'traffic-surge',
  tells: 'A sale sends 720 one-second requests a minute to a function that may run ten at once.',
  alarm: 'LambdaThrottling',
  resource: 'checkout',
  minutes: 45,
  setUp: (simulation) => {
    createFunction(simulation, { name: 'checkout', reserved: 10 });
    simulation.production.addFunction('checkout', ({ sinceFault, reserved = 0 }) => {
      const demand = sinceFault >= 0 ? 720 : 300;
      const served = Math.min(demand, reserved * 60);
      return minute({ invocations: served, throttles: demand - served, meanDurationMs: 1_000 });
    });
  },
  expected: { action: 'RaiseReservedConcurrency', outcome: 'Cleared', changes: 1, clears: true },
};

const slowDependency: Scenario = {
  name: 'slow-dependency',
  tells: 'A partner’s API takes 9.8 s at worst, and the function that calls it gives up after 10.',
  alarm: 'DurationNearTimeout',
  resource: 'invoice-sync',
  minutes: 45,
  setUp: (simulation) => {
    createFunction(simulation, { name: 'invoice-sync', timeoutSeconds: 10, tags: OWN_ALARMS });
    simulation.production.addFunction('invoice-sync', ({ sinceFault }) =>
      sinceFault >= 0
        ? minute({ invocations: 40, meanDurationMs: 1_900, p95DurationMs: 2_800, maxDurationMs: 9_800 })
        : minute({ invocations: 40 }),
    );
  },
  expected: { action: 'RaiseTimeout', outcome: 'Cleared', changes: 1, clears: true },
};

const badDeployment: Scenario = {
  name: 'bad-deployment',
  tells: 'The team deploys code that fails for a third of the requests, and deploys again 50 minutes later.',
  alarm: 'HighErrorRate',
  resource: 'orders-api',
  minutes: 90,
  setUp: (simulation) => {
    createFunction(simulation, { name: 'orders-api' });
    simulation.production.addFunction('orders-api', ({ sinceFault }) =>
      minute({ invocations: 120, errors: sinceFault >= 0 && sinceFault < 50 ? 40 : 0 }),
    );
  },
  strike: ({ account }) => {
    account.lambda.deploy('orders-api');
  },
  expected: { action: 'none', outcome: 'Notified', changes: 0, clears: true },
};

const ourChangeWentWrong: Scenario = {
  name: 'our-change-went-wrong',
  tells: 'Last night’s change halved the memory of a function that now and then needs 600 MB.',
  alarm: 'HighErrorRate',
  resource: 'pdf-export',
  minutes: 45,
  setUp: (simulation) => {
    createFunction(simulation, { name: 'pdf-export', memorySizeMb: 1_024 });
    simulation.production.addFunction('pdf-export', ({ memorySizeMb }) =>
      minute({
        invocations: 80,
        errors: memorySizeMb < 600 ? 20 : 0,
        maxMemoryUsedMb: Math.min(600, memorySizeMb),
      }),
    );
  },
  strike: (simulation) => ourChange(simulation, 'pdf-export', { from: 1_024, to: 512 }),
  expected: { action: 'RollBackChange', outcome: 'Cleared', changes: 1, clears: true },
};

const hotTable: Scenario = {
  name: 'hot-table',
  tells: 'Writes to a table rise to 60 a second, ten more than it has units for.',
  alarm: 'DynamoDbThrottling',
  resource: 'sessions',
  minutes: 45,
  setUp: async (simulation) => {
    const dynamodb = createClient(DynamoDBClient);
    await simulation.clock.complete(() =>
      dynamodb.send(
        new CreateTableCommand({
          TableName: 'sessions',
          AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
          KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
          ProvisionedThroughput: { ReadCapacityUnits: 50, WriteCapacityUnits: 50 },
        }),
      ),
    );
    simulation.production.addFeed((sinceFault) => {
      const wanted = sinceFault >= 0 ? 60 : 30;
      const served = Math.min(wanted, writeUnitsOf(simulation));
      const feed = (name: string, value: number) =>
        ({ namespace: 'AWS/DynamoDB', name, dimensions: { TableName: 'sessions' }, value }) as const;
      // DynamoDB reports no refusals where there were none.
      const refused = wanted > served ? [feed('WriteThrottleEvents', (wanted - served) * 60)] : [];
      return [feed('ConsumedWriteCapacityUnits', served * 60), feed('ConsumedReadCapacityUnits', 600), ...refused];
    });
  },
  expected: { action: 'RaiseTableCapacity', outcome: 'Cleared', changes: 1, clears: true },
};

/** dynalite does not hold traffic to its units, so production asks what the product last gave the table. */
function writeUnitsOf({
  writes,
}: {
  writes: readonly { command: string; input: Readonly<Record<string, unknown>> }[];
}) {
  const last = writes.filter(({ command }) => command === 'UpdateTableCommand').at(-1);
  const { WriteCapacityUnits } = (last?.input['ProvisionedThroughput'] ?? {}) as { WriteCapacityUnits?: number };
  return WriteCapacityUnits ?? 50;
}

const flapping: Scenario = {
  name: 'flapping',
  tells: 'Every ten minutes a batch of 600 uploads arrives at once, far above what the function may run.',
  alarm: 'LambdaThrottling',
  resource: 'thumbnailer',
  minutes: 60,
  setUp: (simulation) => {
    createFunction(simulation, { name: 'thumbnailer', reserved: 4 });
    simulation.production.addFunction('thumbnailer', ({ sinceFault, reserved = 0 }) => {
      const isBatch = sinceFault >= 0 && sinceFault < 26 && sinceFault % 10 < 4;
      const demand = isBatch ? 600 : 60;
      const served = Math.min(demand, reserved * 60);
      return minute({ invocations: served, throttles: demand - served, meanDurationMs: 1_000 });
    });
  },
  expected: { action: 'RaiseReservedConcurrency', outcome: 'Cleared', changes: 1, clears: true },
};

const QUEUE_ARN = 'arn:aws:sqs:us-east-1:123456789012:jobs';

const stuckQueue: Scenario = {
  name: 'stuck-queue',
  tells: 'Jobs arrive at 290 a minute; four workers at once manage 240.',
  alarm: 'HighQueueDepth',
  resource: 'jobs',
  minutes: 60,
  setUp: (simulation) => {
    createFunction(simulation, { name: 'job-worker', reserved: 4 });
    const { account, production } = simulation;
    account.lambda.eventSourceMappings.push({
      UUID: '00000000-0000-4000-8000-000000000001',
      EventSourceArn: QUEUE_ARN,
      FunctionArn: `arn:aws:lambda:us-east-1:123456789012:function:job-worker`,
      State: 'Enabled',
    });
    let waiting = 0;
    production.addFunction('job-worker', ({ sinceFault, reserved = 0 }) => {
      const available = waiting + (sinceFault >= 0 ? 290 : 100);
      const served = Math.min(available, reserved * 60);
      waiting = available - served;
      return minute({ invocations: served, meanDurationMs: 1_000 });
    });
    production.addFeed(() => [
      {
        namespace: 'AWS/SQS',
        name: 'ApproximateNumberOfMessagesVisible',
        dimensions: { QueueName: 'jobs' },
        value: waiting,
      },
    ]);
  },
  expected: { action: 'RaiseReservedConcurrency', outcome: 'Cleared', changes: 1, clears: true },
};

const costSpike: Scenario = {
  name: 'cost-spike',
  tells: 'A student suddenly costs 19 rupees a month; one function eats most of it.',
  alarm: 'HighCostPerUser',
  resource: 'ai-tutor',
  minutes: 180,
  setUp: (simulation) => {
    const { production } = simulation;
    createFunction(simulation, { name: 'ai-tutor', memorySizeMb: 2_048 });
    createFunction(simulation, { name: 'login' });
    production.addFunction('ai-tutor', ({ sinceFault }) =>
      minute({ invocations: 60, meanDurationMs: sinceFault >= 0 ? 4_000 : 1_500 }),
    );
    production.addFunction('login', () => minute({ invocations: 200, meanDurationMs: 50 }));
    production.addFeed((sinceFault) => [
      {
        namespace: 'Rightsizer/Application',
        name: 'CostPerUserPerMonth',
        dimensions: { Service: 'campus' },
        value: sinceFault >= 0 ? 19 : 11,
      },
    ]);
  },
  expected: { action: 'OptimizeOnDemand', outcome: 'Optimizing', changes: 0, clears: false },
};

export const SCENARIOS: readonly Scenario[] = [
  memoryLeak,
  trafficSurge,
  slowDependency,
  badDeployment,
  ourChangeWentWrong,
  hotTable,
  flapping,
  stuckQueue,
  costSpike,
];
