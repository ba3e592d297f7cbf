import { decideOnPage, readPage } from '../../../sandbox/demos/night/approver.ts';
import { readLedger } from '../../../sandbox/demos/night/ledger-snapshot.ts';
import { type Night, runNight } from '../../../sandbox/demos/night/run-night.ts';
import { createWorld, type World } from '../../../sandbox/demos/night/world.ts';
import type { ProposalRecord } from '../../../shared/contracts/ledger.ts';

/** Nights after one approval that covers further steps, executed with the real handlers over the account in memory. */

const START_MS = Date.parse('2026-11-02T00:00:00Z');
let world: World;

async function freshWorld(): Promise<void> {
  world = await createWorld({ functions: 40, seed: 1, startMs: START_MS });
}

beforeEach(freshWorld, 60_000);

afterEach(() => {
  world.deployment.dispose();
  expect([...world.account.iam.refusals]).toEqual([]);
});

const night = async (at: number, approve: 'all' | 'none' = 'all'): Promise<Night> => {
  const ended = await runNight(world, { approve, faults: false, night: at, progress: () => undefined });
  expect(ended.violations).toEqual([]);
  return ended;
};

async function proposals(): Promise<ProposalRecord[]> {
  const items = await readLedger(world);
  return items.filter(({ sk }) => sk.startsWith('PROPOSAL#')) as unknown as ProposalRecord[];
}

const byConsent = async () => (await proposals()).filter(({ decision }) => decision?.by.kind === 'consent');

test('steps within an approval go on without another question, in the name of who gave it, and are named as that', async () => {
  await night(0);
  const { report } = await night(1, 'none');
  const covered = await byConsent();
  expect(covered.length).toBeGreaterThan(0);
  for (const { functionName, decision } of covered) {
    expect(decision).toMatchObject({ by: { name: 'Demo approver' }, note: expect.stringMatching(/approval in run/) });
    const outcome = report!.changed.find((each) => each.functionName === functionName);
    expect(outcome).toMatchObject({ kind: 'Verified', decidedBy: 'Demo approver, by an earlier approval' });
  }
  expect(world.account.sns.inbox.at(-1)!.message).toContain(`Consent   given earlier covers ${covered.length} change`);
  expect(await readPage(world)).toContain('(earlier, covering this step)');
});

test('whoever approved a timeout is not asked about the memory that is known once calls are seen to their end', async () => {
  await night(0);
  const raised = (await proposals()).filter(({ assessment: { current, recommended } }) => {
    return recommended.timeoutSeconds > current.timeoutSeconds && recommended.memorySizeMb === current.memorySizeMb;
  });
  expect(raised.length).toBeGreaterThan(0);
  for (const { covers, assessment } of raised)
    expect(covers?.mostTimeoutSeconds).toBeGreaterThanOrEqual(assessment.recommended.timeoutSeconds);
  await night(1, 'none');
  const names = raised.map(({ functionName }) => functionName);
  const further = (await byConsent()).filter(({ functionName }) => names.includes(functionName));
  expect(further.length).toBeGreaterThan(0);
  for (const { assessment, functionName } of further) {
    const { covers } = raised.find((each) => each.functionName === functionName)!;
    expect(assessment.recommended.memorySizeMb).toBeGreaterThanOrEqual(covers!.leastMemorySizeMb);
  }
});

test('a deployment of other code ends the approval: people are asked again', async () => {
  await night(0);
  await night(1, 'none');
  const [{ functionName }] = (await byConsent()) as [ProposalRecord];
  await worldAgainWithDeploymentOf(functionName);
  expect((await byConsent()).map((each) => each.functionName)).not.toContain(functionName);
});

async function worldAgainWithDeploymentOf(functionName: string): Promise<void> {
  world.deployment.dispose();
  await freshWorld();
  await night(0);
  world.fleet.deploy(functionName, world.clock.now() + 1);
  await night(1, 'none');
}

test('whoever approves only the steps shown is asked about the next', async () => {
  const { clock, deployment, account } = world;
  const scheduledTime = '2026-11-02T02:00:00Z';
  await clock.advanceTo(Date.parse(scheduledTime));
  const { engine, stateMachineArn } = deployment;
  const { executionArn } = await clock.complete(() =>
    engine.startExecution({ stateMachineArn, input: JSON.stringify({ scheduledTime }) }),
  );
  await clock.runUntilIdle(() => account.sns.inbox.length > 0);
  await clock.complete(() => decideOnPage(world, { decision: 'approved', onlyThisStep: true }));
  await clock.runUntilIdle(() => deployment.ended.has(executionArn));
  const { report } = await night(1, 'none');
  expect(await byConsent()).toEqual([]);
  expect(report!.counts['expired']).toBeGreaterThan(0);
});
