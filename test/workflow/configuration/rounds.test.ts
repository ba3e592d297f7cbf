import '../../support/quiet.ts';
import { addTables } from '../../../sandbox/demos/configuration/mixed-account.ts';
import { createWorld, type World } from '../../../sandbox/demos/night/world.ts';
import type { ExecutionDescription } from '../../../sandbox/engine/index.ts';
import type { ConfigureAlarmsOutput } from '../../../shared/contracts/alarms.ts';
import type { ApplyColdStartMitigationOutput } from '../../../shared/contracts/cold-start.ts';
import { HOUR_MS, START_MS, synthesized } from '../../support/night-world.ts';

/** The synthesized configuration workflows over more functions than one invocation has time for. */

const ALARMS = 'ConfigureAlarmsArn';
const STATE_MAX_BYTES = 262_144;
let world: World;

afterEach(() => world.deployment.dispose());

async function open(functions: number, latencyMs = 0): Promise<void> {
  const stack = synthesized({ alarms: { maximumMetricAlarms: 20_000 } });
  world = await createWorld({ functions, seed: 1, startMs: START_MS, stack, latencyMs: () => latencyMs });
  const tags = { 'rightsizer:class': 'critical', 'rightsizer:auto-scaling': '1', 'rightsizer:warm-up': 'true' };
  for (const { name } of world.fleet.functions) {
    const record = world.account.lambda.functions.get(name);
    for (const [key, value] of Object.entries(tags)) record.tags.set(key, value);
  }
}

const begin = (machine: string, input: object): Promise<string> =>
  world.clock.complete(async () => {
    const stateMachineArn = world.deployment.output(machine);
    return (await world.deployment.engine.startExecution({ stateMachineArn, input: JSON.stringify(input) }))
      .executionArn;
  });

async function end(executionArn: string): Promise<ExecutionDescription> {
  const { ended } = world.deployment;
  await world.clock.runUntilIdle(() => ended.has(executionArn));
  return ended.get(executionArn)!;
}

async function answerOf<Output>(executionArn: string): Promise<Output> {
  const { status, output, error, cause } = await end(executionArn);
  expect([status, error, cause]).toEqual(['SUCCEEDED', undefined, undefined]);
  expect(Buffer.byteLength(String(output))).toBeLessThan(STATE_MAX_BYTES * 0.7);
  return JSON.parse(String(output)) as Output;
}

const execute = async <Output>(machine: string, input: object) => answerOf<Output>(await begin(machine, input));
const alarmNames = () => world.account.cloudWatch.alarms.all().map(({ AlarmName = '' }) => AlarmName);
const refusedPuts = () =>
  world.account.cloudWatch.rates.use().find(({ limit }) => limit === 'CloudWatch.PutMetricAlarm')!.refused;

/** Lists of one execution in the run bucket, round after round. */
function wholeLists({ wholeLists: at = '' }: { wholeLists?: string | undefined }): Record<string, unknown[]>[] {
  const { bucketName } = world.deployment;
  expect(at).toMatch(new RegExp(`^s3://${bucketName}/configuration/`));
  const { s3 } = world.account;
  const keys = s3.keys(bucketName, `${at.replace(`s3://${bucketName}/`, '')}round-`).sort();
  return keys.map((key) => JSON.parse(String(s3.read(bucketName, key))));
}

describe('ConfigureAlarms', () => {
  beforeEach(() => open(400));

  it('makes in rounds what one invocation has no time for, keeps to its rate, and counts as one', async () => {
    const planned = await execute<ConfigureAlarmsOutput>(ALARMS, { action: 'plan' });
    expect(planned.changes.created).toBeGreaterThan(2_000);
    expect(alarmNames()).toEqual([]);

    const made = await execute<ConfigureAlarmsOutput>(ALARMS, { action: 'setup' });
    expect(made.continuation.rounds).toBeGreaterThan(2);
    expect(made).toMatchObject({ changes: planned.changes, unchanged: 0, problems: [], counts: planned.counts });
    expect(alarmNames()).toHaveLength(made.changes.created);
    expect(made.unlisted).toEqual({ created: made.changes.created - made.created.length });
    const listed = wholeLists(made).flatMap(({ created }) => created);
    expect(listed.toSorted()).toEqual(alarmNames().toSorted());
    expect(refusedPuts()).toBe(0);

    const again = await execute<ConfigureAlarmsOutput>(ALARMS, { action: 'reconcile' });
    expect(again).toMatchObject({ changes: { created: 0, updated: 0, removed: 0 }, unlisted: {} });
    expect(again).toMatchObject({ unchanged: made.changes.created, continuation: { next: 'done', rounds: 1 } });
  });

  it('goes on where it was when a round is killed before it begins, and counts the same', async () => {
    const { handlers } = world.deployment;
    let invoked = 0;
    handlers.beforeInvocation = (task) => {
      invoked += task === 'configure-alarms' ? 1 : 0;
      if (task === 'configure-alarms' && invoked === 2)
        throw Object.assign(new Error('killed'), { name: 'Sandbox.Timedout' });
    };
    const made = await execute<ConfigureAlarmsOutput>(ALARMS, { action: 'setup' });
    expect(invoked).toBe(made.continuation.rounds + 1);
    expect(alarmNames()).toHaveLength(made.changes.created);
    expect(made.unchanged).toBe(0);
  });

  it('answers with what it did when AWS breaks a round off, and finishes with the next', async () => {
    const error = () => Object.assign(new Error('Rate exceeded'), { name: 'ThrottlingException', $fault: 'client' });
    const when = (_: unknown, matches: number) => matches > 100 && matches <= 110;
    world.account.faults.add({ service: 'CloudWatch', operation: 'PutMetricAlarm', when, error });
    const made = await execute<ConfigureAlarmsOutput>(ALARMS, { action: 'setup' });
    expect(alarmNames()).toHaveLength(made.changes.created);
    expect(wholeLists(made)[0]!['created']).toHaveLength(100);
  });

  it('removes to the end what AWS broke off, though there is nothing to look at', async () => {
    await execute<ConfigureAlarmsOutput>(ALARMS, { action: 'setup' });
    const standing = alarmNames().length;
    const error = () => Object.assign(new Error('Rate exceeded'), { name: 'ThrottlingException', $fault: 'client' });
    const when = (_: unknown, matches: number) => matches > 2 && matches <= 12;
    world.account.faults.add({ service: 'CloudWatch', operation: 'DeleteAlarms', when, error });
    const removed = await execute<ConfigureAlarmsOutput>(ALARMS, { action: 'remove' });
    expect(removed).toMatchObject({ changes: { removed: standing }, continuation: { next: 'done', rounds: 2 } });
    expect(alarmNames()).toEqual([]);
  });

  it('says with a failure what the rounds before it did', async () => {
    const { handlers } = world.deployment;
    let invoked = 0;
    handlers.beforeInvocation = () => {
      invoked += 1;
      if (invoked === 3) throw Object.assign(new Error('AWS denied'), { name: 'InvalidConfiguration' });
    };
    const failed = await end(await begin(ALARMS, { action: 'setup' }));
    expect(failed).toMatchObject({ status: 'FAILED', error: 'InvalidConfiguration' });
    expect(failed.cause).toMatch(
      new RegExp(`^after 2 rounds: ${alarmNames().length} created, 0 updated, .* remain\\. Then: .*AWS denied`),
    );
  });

  it('fails by name where AWS keeps nothing of what it takes', async () => {
    world.account.faults.add({ service: 'CloudWatch', operation: 'PutMetricAlarm', output: {} });
    const failed = await end(await begin(ALARMS, { action: 'setup' }));
    expect(failed).toMatchObject({ status: 'FAILED', error: 'NoProgress' });
    expect(failed.cause).toMatch(/^a round got no further, after \d rounds: \d+ created, .*; \d+ remain$/);
  });

  it('waits for an execution that is at work, and finds nothing to do after it', async () => {
    const first = await begin(ALARMS, { action: 'setup' });
    await world.clock.advanceTo(world.clock.now() + HOUR_MS / 4);
    const night = await begin(ALARMS, { action: 'reconcile' });
    await world.clock.advanceTo(world.clock.now() + HOUR_MS / 4);
    expect([...world.deployment.ended]).toEqual([]);
    const made = await answerOf<ConfigureAlarmsOutput>(first);
    const reconciled = await answerOf<ConfigureAlarmsOutput>(night);
    expect(reconciled).toMatchObject({ changes: { created: 0, updated: 0 }, unchanged: made.changes.created });
    expect(refusedPuts()).toBe(0);
  });

  it('waits no longer than a round for an execution that was stopped', async () => {
    const stopped = await begin(ALARMS, { action: 'setup' });
    await world.clock.advanceTo(world.clock.now() + HOUR_MS / 6);
    await world.clock.complete(() => world.deployment.engine.stopExecution({ executionArn: stopped }));
    const made = await execute<ConfigureAlarmsOutput>(ALARMS, { action: 'reconcile' });
    expect(made.continuation.next).toBe('done');
    expect(alarmNames()).toHaveLength(made.changes.created + made.unchanged);
  });
});

it('refuses input that is none, with every problem', async () => {
  await open(5);
  for (const input of [[], { action: 'setup', continuation: { next: 'done' } }, { action: 'setup', extra: 1 }]) {
    expect(await end(await begin(ALARMS, input))).toMatchObject({ status: 'FAILED', error: 'InvalidInput' });
  }
  expect(alarmNames()).toEqual([]);
});

describe.each([
  ['ApplyColdStartMitigationArn', { action: 'applyAll', mode: 'measured' }],
  ['ApplyColdStartMitigationArn', { action: 'applyAll', mode: 'classes' }],
  ['ConfigureAutoScalingArn', { action: 'configure' }],
])('%s with %j', (machine, input) => {
  type Output = ApplyColdStartMitigationOutput;

  it('does in rounds what one would do, plans it before, and takes it back', async () => {
    await open(120);
    await addTables(world);
    const whole = await execute<Output>(machine, { ...input, action: 'plan' });
    expect(whole.continuation.rounds).toBe(1);
    world.deployment.dispose();

    await open(120, 10_000);
    await addTables(world);
    const planned = await execute<Output>(machine, { ...input, action: 'plan' });
    const made = await execute<Output>(machine, input);
    expect(Math.min(planned.continuation.rounds, made.continuation.rounds)).toBeGreaterThan(1);
    expect(planned.counts).toEqual(whole.counts);
    expect(made.counts).toEqual(whole.counts);
    expect(made.counts.created).toBeGreaterThan(0);
    expect(made.advised).toEqual(whole.advised);
    const lists = wholeLists(made);
    for (const list of ['created', 'skipped', 'unchanged'] as const)
      expect(lists.flatMap((round) => round[list])).toHaveLength(made.counts[list]);

    const undone = await execute<Output>(machine, { action: 'undo' });
    expect(undone.counts).toMatchObject({ removed: made.counts.created, failed: 0 });
  });
});
