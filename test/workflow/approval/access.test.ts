import type { SandboxAccount } from '../../../sandbox/account/sandbox-account.ts';
import { createWorld } from '../../../sandbox/demos/night/world.ts';
import { NightWorld, START_MS, synthesized } from '../../support/night-world.ts';
import { withoutGrant } from '../../support/without-grant.ts';

/** Tasks, state machines and deliveries of the synthesized stack may do what its policies allow and nothing else. */

let night: NightWorld | undefined;

afterEach(() => {
  night?.deployment.dispose();
  night = undefined;
});

/** A night of a stack that somebody forgot to grant an action in. */
async function nightWithout(role: RegExp, action: string): Promise<NightWorld> {
  night = await NightWorld.create({ stack: withoutGrant(synthesized({}), role, action) });
  return night;
}

const refusals = ({ account }: { account: SandboxAccount }) => [...account.iam.refusals].join('\n');

it('refuses a task what was taken from its role, which ends its function’s change by name and changes nothing', async () => {
  const world = await nightWithout(/^TasksApplyChangeRole/, 'lambda:UpdateFunctionConfiguration');
  const before = world.sizes();
  const execution = await world.start();
  await world.untilMail();
  await world.decide({ decision: 'approved' });
  const report = await world.report(execution);
  expect(report.counts['applied']).toBe(0);
  expect(report.counts['failed']).toBeGreaterThan(0);
  expect(JSON.stringify(report.changed)).toContain('AWS denied lambda:UpdateFunctionConfiguration');
  expect(world.sizes()).toEqual(before);
  expect(refusals(world)).toMatch(
    /assumed-role\/Rightsizer-TasksApplyChangeRole\w+ is not authorized to perform: lambda:UpdateFunctionConfiguration/,
  );
  expect(await world.violations(before, report)).toContainEqual(expect.stringContaining('is not authorized'));
});

it('tells of a refusal that a night gets over: unanswered tasks find their decisions when their wait ends', async () => {
  const world = await nightWithout(/^TasksDeliverDecisionRole/, 'states:SendTaskSuccess');
  const execution = await world.start();
  await world.untilMail();
  await world.decide({ decision: 'approved' });
  const report = await world.report(execution);
  expect(report.counts['applied']).toBeGreaterThan(0);
  expect(refusals(world)).toMatch(/states:SendTaskSuccess on resource: \S+:stateMachine:\S+\/\w+ because/);
});

it('fails a state machine that may not invoke a task', async () => {
  const world = await nightWithout(/^NightStateMachineRole/, 'lambda:InvokeFunction');
  const { status, cause } = await world.end(await world.start());
  expect({ status, cause }).toEqual({ status: 'FAILED', cause: expect.stringContaining('lambda:InvokeFunction') });
});

it('fails a Distributed Map whose state machine may not read its items', async () => {
  const world = await nightWithout(/^NightStateMachineRole/, 's3:GetObject');
  const ended = await world.end(await world.start());
  expect(ended.status).toBe('FAILED');
  expect(refusals(world)).toMatch(/NightStateMachineRole\w+ is not authorized to perform: s3:GetObject/);
});

it.each([
  [/^SchedulerRole/, 'states:StartExecution', /scheduler/i],
  [/^FunctionAlarmsRemediationStateMachineEventsRole/, 'states:StartExecution', /AlarmFired/],
  [/^TasksDeliverDecisionRole/, 'dynamodb:GetRecords', /TasksDeliverDecisionDynamoDBEventSource/],
  [/^TasksDeliverDecisionRole/, 'sqs:SendMessage', /sqs:SendMessage/],
  [/^NightStateMachineRole/, 'states:StartExecution', /NightStateMachine/],
])('does not deploy a stack whose %s lacks %s, which would fail in silence', async (role, action, where) => {
  const stack = withoutGrant(synthesized({}), role, action);
  const deploying = createWorld({ functions: 1, seed: 1, startMs: START_MS, stack });
  await expect(deploying).rejects.toThrow(/the stack's roles lack permissions/);
  await expect(deploying).rejects.toThrow(where);
});

describe('what executed nights never ask for', () => {
  it('the warmer may call a function that is tagged for it, and no other', async () => {
    night = await NightWorld.create({ functions: 2 });
    const { account, deployment, clock } = night;
    const calls: string[] = [];
    const addFunction = (FunctionName: string, tags: Record<string, string>) =>
      account.lambda.createFunction(
        { FunctionName, Runtime: 'nodejs24.x' },
        { tags, handler: async () => calls.push(FunctionName) },
      );
    addFunction('warm', { 'rightsizer:warm-up': 'true' });
    addFunction('cold', {});
    const order = (functionName: string) => ({ functionName, qualifier: '$LATEST', environments: 1, holdMs: 0 });
    const invoke = (name: string) => clock.complete(() => deployment.invoke('warm-up', order(name)));
    expect(await invoke('warm')).toEqual({ warmed: 1, failed: 0 });
    expect(await invoke('cold')).toEqual({ warmed: 0, failed: 1 });
    expect(calls).toEqual(['warm']);
    expect(refusals(night)).toMatch(
      /WarmUpRole\w+ is not authorized to perform: lambda:InvokeFunction on resource: \S+:cold/,
    );
  });

  it('the operator API may start each of its workflows and look at what it started', async () => {
    night = await NightWorld.create({ functions: 2 });
    const { deployment, clock } = night;
    const post = (route: string, body: object) => {
      const headers = { 'idempotency-key': 'again' };
      const event = { routeKey: `POST ${route}`, headers, body: JSON.stringify(body), isBase64Encoded: false };
      return clock.complete(() => deployment.invoke('operate', event)) as Promise<{ statusCode: number }>;
    };
    const bodies = {
      '/alarms': { action: 'reconcile' },
      '/auto-scaling': { action: 'configure' },
      '/optimizer': { action: 'optimizeAll' },
      '/cold-start': { action: 'applyAll' },
    };
    for (const [route, body] of Object.entries(bodies)) {
      for (let time = 0; time < 2; time += 1)
        expect([route, (await post(route, body)).statusCode]).toEqual([route, 202]);
    }
    expect(refusals(night)).toBe('');
  });
});
