import { createFleet } from '../../../sandbox/fleet/fleet.ts';
import type { Assessment } from '../../../shared/contracts/assessment.ts';
import { NightWorld, START_MS } from '../../support/night-world.ts';

/** A timeout is raised no further than those who call the function wait for it. */

let night: NightWorld;
/** A function whose calls are cut off after ten seconds, and one cut off after three that needs more memory as well. */
let slow: string;
let slowAndSmall: string;

const create = () => NightWorld.create({ fleet: createFleet({ seed: 2, functions: 60, startDate: START_MS }) });

async function assessed(): Promise<Map<string, { kind: string; exclusionReason?: string; assessment?: Assessment }>> {
  const report = await night.report(await night.start({ dryRun: true }));
  return new Map(report.assessed.map((each) => [each.functionName, each]));
}

beforeAll(async () => {
  night = await create();
  const raised = [...(await assessed())].flatMap(([name, { kind, assessment }]) =>
    kind === 'Proposable' && assessment && assessment.recommended.timeoutSeconds > assessment.current.timeoutSeconds
      ? [{ name, ...assessment, needsMemory: assessment.recommended.memorySizeMb > assessment.current.memorySizeMb }]
      : [],
  );
  const from = (seconds: number, memory: boolean) =>
    raised.find(({ needsMemory, current }) => needsMemory === memory && current.timeoutSeconds === seconds)!.name;
  slow = from(10, false);
  slowAndSmall = from(3, true);
  night.dispose();
});

beforeEach(async () => {
  night = await create();
});

afterEach(() => night.dispose());

function feed(functionName: string, queueName: string): void {
  night.account.lambda.eventSourceMappings.push({
    UUID: '00000000-0000-4000-8000-000000000001',
    EventSourceArn: `arn:aws:sqs:us-east-1:123456789012:${queueName}`,
    FunctionArn: `arn:aws:lambda:us-east-1:123456789012:function:${functionName}`,
    State: 'Enabled',
  });
}

it('is raised as far as a queue’s visibility timeout goes', async () => {
  night.account.sqs.addQueue('jobs', 120);
  feed(slow, 'jobs');
  expect((await assessed()).get(slow)).toMatchObject({
    kind: 'Proposable',
    assessment: { recommended: { timeoutSeconds: 20 }, reason: expect.stringContaining('queue jobs hides') },
  });
});

it('is raised as far as API Gateway waits', async () => {
  const statement = { Effect: 'Allow', Principal: { Service: 'apigateway.amazonaws.com' } };
  night.account.lambda.policies.set(slow, JSON.stringify({ Statement: [statement] }));
  expect((await assessed()).get(slow)).toMatchObject({ assessment: { recommended: { timeoutSeconds: 29 } } });
});

it.each([
  ['waits too short a time', () => night.account.sqs.addQueue('jobs', 30)],
  ['cannot be read', () => {}],
])('is left, and the function with it, where its queue %s', async (_, addQueue) => {
  addQueue();
  feed(slow, 'jobs');
  expect((await assessed()).get(slow)).toMatchObject({
    kind: 'Excluded',
    exclusionReason: 'CallerLimitsTimeout',
    reason: expect.stringContaining('queue jobs'),
  });
});

it('is left where its queue waits too short a time, while memory is raised all the same', async () => {
  night.account.sqs.addQueue('jobs', 18);
  feed(slowAndSmall, 'jobs');
  const { kind, assessment } = (await assessed()).get(slowAndSmall)!;
  expect(kind).toBe('Proposable');
  expect(assessment!.recommended.timeoutSeconds).toBe(3);
  expect(assessment!.recommended.memorySizeMb).toBeGreaterThan(assessment!.current.memorySizeMb);
});
