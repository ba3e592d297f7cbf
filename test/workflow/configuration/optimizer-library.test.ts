import { analyzeFunction, applyOptimization, optimizeAllFunctions } from '../../../shared/lambda-optimizer/index.ts';
import { NightWorld } from '../../support/night-world.ts';

/** The library's three functions, as a script of the customer's would call them, on the deployed workflow. */

let night: NightWorld;

beforeEach(async () => {
  night = await NightWorld.create();
}, 60_000);

afterEach(() => night.dispose());

const BY = { kind: 'iam', name: 'arn:aws:iam::123456789012:user/ada' } as const;

function start(options: Partial<Parameters<typeof optimizeAllFunctions>[0]> = {}) {
  const { stateMachineArn } = night.deployment;
  return night.clock.complete(() => optimizeAllFunctions({ stateMachineArn, ...options }));
}

test('optimizeAllFunctions proposes, applyOptimization approves one, and only that one is changed', async () => {
  const before = night.sizes();
  const { executionArn } = await start();
  await night.untilMail();
  const proposals = await night.records<{ functionName: string; runId: string }>('PROPOSAL#');
  expect(proposals.length).toBeGreaterThan(1);
  const { functionName, runId } = proposals[0]!;
  const ledgerTableName = night.deployment.tableName;
  const approve = () => night.clock.complete(() => applyOptimization({ ledgerTableName, runId, functionName, by: BY }));
  expect(await approve()).toMatchObject({ accepted: true });
  expect(night.sizes()).toEqual(before);
  expect(await approve()).toMatchObject({ accepted: false, why: 'already-decided' });

  const report = await night.report(executionArn);
  expect(night.outcome(report, functionName)?.kind).not.toBe('Expired');
  const changed = [...night.sizes()].filter(
    ([name, size]) => JSON.stringify(before.get(name)) !== JSON.stringify(size),
  );
  expect(changed.map(([name]) => name)).toEqual([functionName]);
  expect(await night.violations(before, report)).toEqual([]);
});

test('applyOptimization approves nothing that was not proposed', async () => {
  const approve = () =>
    applyOptimization({ ledgerTableName: night.deployment.tableName, runId: 'none', functionName: 'none', by: BY });
  expect(await night.clock.complete(approve)).toEqual({ accepted: false, why: 'not-found' });
});

test('a dry run of some functions reports on these alone, and asks nobody', async () => {
  const before = night.sizes();
  const functionNames = night.fleet.functions.slice(0, 3).map(({ name }) => name);
  const { executionArn } = await start({ functionNames, dryRun: true, autoApply: true });
  const report = await night.report(executionArn);
  const assessed = report.assessed.map(({ functionName }) => functionName);
  expect(assessed.length).toBeGreaterThan(0);
  expect(functionNames).toEqual(expect.arrayContaining(assessed));
  expect(night.account.sns.inbox).toEqual([]);
  expect(night.sizes()).toEqual(before);
});

test('a stage without rules refuses a run that asks for them, and changes nothing', async () => {
  const before = night.sizes();
  const { executionArn } = await start({ autoApply: true });
  const ended = await night.end(executionArn);
  expect(ended).toMatchObject({ status: 'FAILED', cause: expect.stringContaining('autoApprovalRules') });
  expect(night.sizes()).toEqual(before);
});

test('analyzeFunction recommends what the same night proposes to look at, and writes nothing', async () => {
  const before = night.sizes();
  const busiest = night.fleet.functions.toSorted(
    (a, b) => b.traffic.invocationsPerHour - a.traffic.invocationsPerHour,
  )[0]!;
  const analysis = await night.clock.complete(() => analyzeFunction({ functionName: busiest.name }));
  expect(analysis.metrics?.invocations).toBeGreaterThan(0);
  expect(analysis.memorySizeMb).toBe(before.get(busiest.name)?.memorySizeMb);
  expect(analysis.recommendation.recommendedMemorySizeMb).toBeGreaterThanOrEqual(128);
  expect(night.sizes()).toEqual(before);
});
