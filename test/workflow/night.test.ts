import { decideOnPage, type PageDecision } from '../../sandbox/demo/approver.ts';
import { findViolations, sizesNow } from '../../sandbox/demo/invariants.ts';
import { readLedger } from '../../sandbox/demo/ledger-snapshot.ts';
import type { Report } from '../../sandbox/demo/run-night.ts';
import { createWorld, type World } from '../../sandbox/demo/world.ts';

/** The synthesized state machine, executed with the real handlers over the account in memory. */

const START_MS = Date.parse('2026-11-02T00:00:00Z');
const NIGHT_MS = Date.parse('2026-11-02T02:00:00Z');
const FUNCTIONS = 40;

let world: World;

beforeEach(async () => {
  world = await createWorld({ functions: FUNCTIONS, seed: 1, startMs: START_MS });
  await world.clock.advanceTo(NIGHT_MS);
}, 60_000);

afterEach(() => world.deployment.dispose());

async function start(input: unknown = { scheduledTime: new Date(NIGHT_MS).toISOString() }): Promise<string> {
  const { engine, stateMachineArn } = world.deployment;
  const started = await world.clock.complete(() =>
    engine.startExecution({ stateMachineArn, input: JSON.stringify(input) }),
  );
  return started.executionArn;
}

const untilMail = () => world.clock.runUntilIdle(() => world.account.sns.inbox.length > 0);

async function end(executionArn: string) {
  await world.clock.runUntilIdle(() => world.deployment.ended.has(executionArn));
  return world.deployment.ended.get(executionArn)!;
}

const decide = (decision: PageDecision) => world.clock.complete(() => decideOnPage(world, decision));

function reportOf(execution: { output?: unknown }): Report {
  const { reportKey } = JSON.parse(String(execution.output)) as { reportKey: string };
  return JSON.parse(world.account.s3.read(world.deployment.bucketName, reportKey)) as Report;
}

async function violations(before: ReturnType<typeof sizesNow>, report: Report) {
  return findViolations(world, { ledger: await readLedger(world), before, report });
}

async function proposedNames(): Promise<string[]> {
  const ledger = await readLedger(world);
  return ledger.filter(({ sk }) => sk.startsWith('PROPOSAL#')).map((item) => String(item['functionName']));
}

test('a night applies and verifies what was approved, and nothing else', async () => {
  const before = sizesNow(world);
  const execution = await start();
  await untilMail();
  await decide({ decision: 'approved' });
  const ended = await end(execution);
  expect(ended.status).toBe('SUCCEEDED');
  const report = reportOf(ended);
  expect(report.counts['applied']).toBeGreaterThan(0);
  expect(report.counts['verified']).toBeGreaterThan(0);
  expect(report.counts['failed']).toBe(0);
  const changed = new Set(report.changed.map(({ functionName }) => functionName));
  for (const [name, size] of sizesNow(world)) {
    if (!changed.has(name)) expect([name, size]).toEqual([name, before.get(name)]);
  }
  expect(await violations(before, report)).toEqual([]);
});

test('one function that cannot be analyzed fails by name and the others go on', async () => {
  const execution = await start();
  const broken = world.fleet.functions.find(({ kind }) => kind === 'plain')!.name;
  world.deployment.handlers.beforeInvocation = (task, event) => {
    const { item } = event as { item?: { functionName?: string } };
    if (task === 'analyze' && item?.functionName === broken) throw new TypeError('simulated bug');
  };
  await untilMail();
  await decide({ decision: 'approved' });
  const ended = await end(execution);
  const report = reportOf(ended);
  expect(ended.status).toBe('SUCCEEDED');
  expect(report.assessed.filter(({ kind }) => kind === 'Failed')).toMatchObject([
    {
      functionName: broken,
      failure: { stage: 'Analyze', name: 'TypeError', message: expect.stringContaining('simulated bug') },
    },
  ]);
  expect(report.counts['applied']).toBeGreaterThan(0);
});

test('a batch whose metrics cannot be read fails function by function, and the run still ends with a report', async () => {
  const execution = await start();
  world.deployment.handlers.beforeInvocation = (task) => {
    if (task === 'collect-metrics') throw new TypeError('simulated outage');
  };
  const ended = await end(execution);
  const report = reportOf(ended);
  expect(ended.status).toBe('SUCCEEDED');
  expect(report.assessed.length).toBeGreaterThan(0);
  expect(new Set(report.assessed.map(({ kind }) => kind))).toEqual(new Set(['Failed']));
});

test('what was rejected is not changed, and is not proposed again the next night', async () => {
  const before = sizesNow(world);
  const execution = await start();
  await untilMail();
  await decide({ decision: 'rejected', name: 'Grace' });
  const report = reportOf(await end(execution));
  expect(report.changed.length).toBeGreaterThan(0);
  expect(new Set(report.changed.map(({ kind }) => kind))).toEqual(new Set(['Rejected']));
  expect(sizesNow(world)).toEqual(before);
  const rejected = await proposedNames();

  await world.clock.advanceTo(NIGHT_MS + 24 * 3_600_000);
  const second = await start({ scheduledTime: new Date(world.clock.now()).toISOString() });
  const excluded = reportOf(await end(second)).excluded.filter(({ reason }) => reason === 'CoolingDown');
  expect(excluded.map(({ functionName }) => functionName)).toEqual(expect.arrayContaining(rejected));
});

test('what nobody answers expires and changes nothing', async () => {
  const before = sizesNow(world);
  const ended = await end(await start());
  const report = reportOf(ended);
  expect(new Set(report.changed.map(({ kind }) => kind))).toEqual(new Set(['Expired']));
  expect(report.counts['expired']).toBe(report.changed.length);
  expect(sizesNow(world)).toEqual(before);
  expect(await violations(before, report)).toEqual([]);
});

test('a decision that comes before its task token is delivered when the token comes', async () => {
  const execution = await start();
  await untilMail();
  const decidedAt = world.clock.now();
  let refusals = 0;
  world.deployment.handlers.beforeInvocation = (task) => {
    if (task !== 'request-approval' || world.clock.now() >= decidedAt + 5_000) return;
    refusals += 1;
    throw Object.assign(new Error('simulated'), { name: 'TransientFailure' });
  };
  await decide({ decision: 'approved' });
  const report = reportOf(await end(execution));
  expect(refusals).toBeGreaterThan(0);
  expect(report.counts['approved']).toBe(report.changed.length);
  expect(report.counts['applied']).toBeGreaterThan(0);
});

test('a change after which production got worse is rolled back', async () => {
  const before = sizesNow(world);
  const execution = await start();
  await untilMail();
  const [busiest] = (await proposedNames())
    .map((name) => world.fleet.get(name))
    .toSorted((a, b) => b.traffic.invocationsPerHour - a.traffic.invocationsPerHour);
  world.fleet.regress(busiest!, world.clock.now() + 60_000, 5);
  await decide({ decision: 'approved', functionNames: [busiest!.name] });
  const report = reportOf(await end(execution));
  expect(report.changed.find(({ functionName }) => functionName === busiest!.name)).toMatchObject({
    kind: 'RolledBack',
  });
  expect(sizesNow(world).get(busiest!.name)).toEqual(before.get(busiest!.name));
  expect(await violations(before, report)).toEqual([]);
});

test('a wrong console input fails in the first state, naming every problem, with nothing changed', async () => {
  const before = sizesNow(world);
  const ended = await end(await start({ strategy: 'cheapest', maxSlowdown: -1, dryrun: true }));
  expect(ended).toMatchObject({ status: 'FAILED', error: 'InvalidInput' });
  expect(ended.cause).toMatch(/strategy/);
  expect(ended.cause).toMatch(/maxSlowdown/);
  expect(ended.cause).toMatch(/dryrun/);
  expect(await readLedger(world)).toEqual([]);
  expect(sizesNow(world)).toEqual(before);
});

test('a dry run reports what it would propose, registers nothing and asks nobody', async () => {
  const ended = await end(await start({ dryRun: true }));
  const report = reportOf(ended);
  expect(report.assessed.some(({ kind }) => kind === 'Proposable')).toBe(true);
  expect(report.changed).toEqual([]);
  expect(world.account.sns.inbox).toEqual([]);
  expect((await readLedger(world)).map(({ sk }) => sk)).toEqual(['RUN']);
});

test('a second delivery of the same night does nothing and says so', async () => {
  const first = await start();
  await untilMail();
  const second = await end(await start());
  expect(second.status).toBe('SUCCEEDED');
  expect(JSON.parse(String(second.output))).toMatchObject({
    proceed: false,
    reason: 'AlreadyRunning',
    holderExecutionArn: first,
  });
});
