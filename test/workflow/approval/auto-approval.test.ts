import { Readable, Writable } from 'node:stream';
import { runCli } from '../../../cli/program.ts';
import { findViolations, sizesNow } from '../../../sandbox/demos/night/invariants.ts';
import { readLedger } from '../../../sandbox/demos/night/ledger-snapshot.ts';
import type { Report } from '../../../sandbox/demos/night/run-night.ts';
import { createWorld, type World } from '../../../sandbox/demos/night/world.ts';
import type { ProposalRecord } from '../../../shared/contracts/ledger.ts';

/** Nights in which a policy decides first, executed with the real handlers over the account in memory. */

const START_MS = Date.parse('2026-11-02T00:00:00Z');
const NIGHT_MS = Date.parse('2026-11-02T02:00:00Z');
const RULE = {
  name: 'small steps',
  maximumRisk: 'Low',
  maximumMemoryChange: 0.5,
  onlyWithinGuard: false,
  maximumCostIncreaseUsdPerMonth: 1_000,
} as const;

let world: World;

beforeEach(async () => {
  world = await createWorld({
    functions: 40,
    seed: 1,
    startMs: START_MS,
    configuration: {
      approvalMode: 'policy',
      autoApprovalRules: [RULE],
      htmlDigest: { from: 'Rightsizer <night@example.com>', to: ['reader@example.com'] },
    },
  });
  world.account.ses.verifyIdentity('example.com');
  await world.clock.advanceTo(NIGHT_MS);
}, 60_000);

afterEach(() => {
  world.deployment.dispose();
  expect([...world.account.iam.refusals]).toEqual([]);
});

async function start(input: object = { scheduledTime: new Date(NIGHT_MS).toISOString() }): Promise<string> {
  const { engine, stateMachineArn } = world.deployment;
  const started = await world.clock.complete(() =>
    engine.startExecution({ stateMachineArn, input: JSON.stringify(input) }),
  );
  return started.executionArn;
}

const untilMail = () => world.clock.runUntilIdle(() => world.account.sns.inbox.length > 0);

async function reportAtEnd(executionArn: string): Promise<Report> {
  await world.clock.runUntilIdle(() => world.deployment.ended.has(executionArn));
  const { status, output } = world.deployment.ended.get(executionArn)!;
  expect(status).toBe('SUCCEEDED');
  const { reportKey } = JSON.parse(String(output)) as { reportKey: string };
  return JSON.parse(world.account.s3.read(world.deployment.bucketName, reportKey)) as Report;
}

async function proposals(): Promise<ProposalRecord[]> {
  const ledger = await readLedger(world);
  return ledger.filter(({ sk }) => sk.startsWith('PROPOSAL#')) as unknown as ProposalRecord[];
}

const namesOf = (records: readonly { functionName: string }[]) =>
  records.map(({ functionName }) => functionName).sort();

test('a policy’s approvals are applied and verified without anybody, and the rest is left to people', async () => {
  const before = sizesNow(world);
  const execution = await start();
  await untilMail();
  const proposed = await proposals();
  const byPolicy = proposed.filter(({ decision }) => decision !== undefined);
  const open = proposed.filter(({ status }) => status === 'pending');
  expect(byPolicy.length).toBeGreaterThan(0);
  expect(open.length).toBeGreaterThan(0);
  for (const { decision, assessment } of byPolicy) {
    expect(decision).toMatchObject({
      decision: 'approved',
      by: { kind: 'policy', name: RULE.name },
      note: expect.stringContaining('rule small steps'),
    });
    expect(['VeryLow', 'Low']).toContain(assessment.risk);
    expect(assessment.recommended.memorySizeMb).toBeGreaterThan(assessment.memory.maxMemoryUsedMb!);
  }
  const [mail] = world.account.sns.inbox;
  expect(mail!.message).toContain(`Policy    approved ${byPolicy.length} change`);

  const report = await reportAtEnd(execution);
  expect(namesOf(report.changed.filter(({ kind }) => kind === 'Expired'))).toEqual(namesOf(open));
  expect(report.counts['approved']).toBe(byPolicy.length);
  expect(report.counts['applied']).toBeGreaterThan(0);
  expect(await findViolations(world, { ledger: await readLedger(world), before, report })).toEqual([]);
});

test('what a policy approved is still refused when the function was deployed meanwhile', async () => {
  const execution = await start();
  await untilMail();
  const deployed = (await proposals()).find(({ decision }) => decision?.by.kind === 'policy')!.functionName;
  world.fleet.deploy(deployed, world.clock.now() + 1);
  const report = await reportAtEnd(execution);
  expect(report.changed.find(({ functionName }) => functionName === deployed)).toMatchObject({ kind: 'Refused' });
});

test('a run that asks people has nothing decided by the policy', async () => {
  await start({ approvalMode: 'ask' });
  await untilMail();
  expect((await proposals()).filter(({ decision }) => decision !== undefined)).toEqual([]);
  expect(world.account.sns.inbox[0]!.message).not.toContain('Policy');
});

test('the digest goes out as HTML as well, and the bus hears of it without the link', async () => {
  await start();
  await untilMail();
  await world.clock.runUntilIdle(() => world.account.eventBridge.events.length > 0);
  const { message } = world.account.sns.inbox[0]!;
  const [link] = /https?:\/\/\S+\/runs\/[\w-]+/.exec(message)!;
  expect(world.account.ses.sent).toMatchObject([
    { from: 'Rightsizer <night@example.com>', to: ['reader@example.com'], text: message },
  ]);
  expect(world.account.ses.sent[0]!.html).toContain(link);
  const [event] = world.account.eventBridge.events;
  expect(event).toMatchObject({ source: 'rightsizer', detailType: 'Rightsizer Approvals Requested' });
  expect(JSON.stringify(event)).not.toContain(link);
});

test('what people approve with the command line is applied like the rest', async () => {
  const execution = await start();
  await untilMail();
  const open = (await proposals()).filter(({ status }) => status === 'pending');
  const environment = {
    RIGHTSIZER_LEDGER_TABLE: world.deployment.tableName,
    RIGHTSIZER_RUN_BUCKET: world.deployment.bucketName,
  };
  const stdout: string[] = [];
  const cli = (...args: string[]) =>
    world.clock.complete(() =>
      runCli(args, {
        stdin: Readable.from([]),
        stdout: collect(stdout),
        stderr: collect([]),
        colors: false,
        environment,
      }),
    );
  await cli('pending', '--json');
  const waiting = JSON.parse(stdout.join('')) as { runs: { runId: string; proposals: { functionName: string }[] }[] };
  expect(namesOf(waiting.runs[0]!.proposals)).toEqual(namesOf(open));
  expect(await cli('approve', '--run', waiting.runs[0]!.runId, '--all')).toBe(0);

  const report = await reportAtEnd(execution);
  expect(report.counts['approved']).toBe(report.changed.length);
  const decided = (await proposals()).filter(({ decision }) => decision?.by.kind === 'iam');
  expect(namesOf(decided)).toEqual(namesOf(open));
});

function collect(into: string[]): Writable {
  return new Writable({
    write(chunk: Buffer, _encoding, done) {
      into.push(chunk.toString());
      done();
    },
  });
}
