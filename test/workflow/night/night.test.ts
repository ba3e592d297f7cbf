import type { ProposalRecord } from '../../../shared/contracts/ledger.ts';
import { NightWorld } from '../../support/night-world.ts';

/** The synthesized state machine, executed with the real handlers over the account in memory. */

let night: NightWorld;

beforeEach(async () => {
  night = await NightWorld.create();
}, 60_000);

afterEach(() => night.dispose());

test('a night applies and verifies what was approved, and nothing else', async () => {
  const before = night.sizes();
  const execution = await night.start();
  await night.untilMail();
  await night.decide({ decision: 'approved' });
  const ended = await night.end(execution);
  expect(ended.status).toBe('SUCCEEDED');
  const report = night.reportOf(ended);
  expect(report.counts['applied']).toBeGreaterThan(0);
  expect(report.counts['verified']).toBeGreaterThan(0);
  expect(report.counts['failed']).toBe(0);
  const changed = new Set(report.changed.map(({ functionName }) => functionName));
  for (const [name, size] of night.sizes()) {
    if (!changed.has(name)) expect([name, size]).toEqual([name, before.get(name)]);
  }
  expect(await night.violations(before, report)).toEqual([]);
});

test('one function that cannot be analyzed fails by name and the others go on', async () => {
  const execution = await night.start();
  const broken = night.fleet.functions.find(({ kind }) => kind === 'plain')!.name;
  night.deployment.handlers.beforeInvocation = (task, event) => {
    const { item } = event as { item?: { functionName?: string } };
    if (task === 'analyze' && item?.functionName === broken) throw new TypeError('simulated bug');
  };
  await night.untilMail();
  await night.decide({ decision: 'approved' });
  const ended = await night.end(execution);
  const report = night.reportOf(ended);
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
  const execution = await night.start();
  night.deployment.handlers.beforeInvocation = (task) => {
    if (task === 'collect-metrics') throw new TypeError('simulated outage');
  };
  const ended = await night.end(execution);
  const report = night.reportOf(ended);
  expect(ended.status).toBe('SUCCEEDED');
  expect(report.assessed.length).toBeGreaterThan(0);
  expect(new Set(report.assessed.map(({ kind }) => kind))).toEqual(new Set(['Failed']));
});

test('what was rejected is not changed, and is not proposed again the next night', async () => {
  const before = night.sizes();
  const execution = await night.start();
  await night.untilMail();
  await night.decide({ decision: 'rejected', name: 'Grace' });
  const report = await night.report(execution);
  expect(report.changed.length).toBeGreaterThan(0);
  expect(new Set(report.changed.map(({ kind }) => kind))).toEqual(new Set(['Rejected']));
  expect(night.sizes()).toEqual(before);
  const rejected = (await night.proposed()).map(({ name }) => name);

  const second = await night.startNight(1);
  const excluded = (await night.report(second)).excluded.filter(({ reason }) => reason === 'CoolingDown');
  expect(excluded.map(({ functionName }) => functionName)).toEqual(expect.arrayContaining(rejected));
});

test('what nobody answers expires and changes nothing', async () => {
  const before = night.sizes();
  const ended = await night.end(await night.start());
  const report = night.reportOf(ended);
  expect(new Set(report.changed.map(({ kind }) => kind))).toEqual(new Set(['Expired']));
  expect(report.counts['expired']).toBe(report.changed.length);
  expect(night.sizes()).toEqual(before);
  expect(await night.violations(before, report)).toEqual([]);
});

test('a decision that comes before its task token is delivered when the token comes', async () => {
  const execution = await night.start();
  await night.untilMail();
  const decidedAt = night.clock.now();
  let refusals = 0;
  night.deployment.handlers.beforeInvocation = (task) => {
    if (task !== 'request-approval' || night.clock.now() >= decidedAt + 5_000) return;
    refusals += 1;
    throw Object.assign(new Error('simulated'), { name: 'TransientFailure' });
  };
  await night.decide({ decision: 'approved' });
  const report = await night.report(execution);
  expect(refusals).toBeGreaterThan(0);
  expect(report.counts['approved']).toBe(report.changed.length);
  expect(report.counts['applied']).toBeGreaterThan(0);
});

test('a change after which production got worse is rolled back', async () => {
  const before = night.sizes();
  const execution = await night.start();
  await night.untilMail();
  const proposals = await night.records<ProposalRecord>('PROPOSAL#');
  const resized = proposals.filter(
    ({ assessment: { current, recommended } }) => current.memorySizeMb !== recommended.memorySizeMb,
  );
  const busiest = (await night.proposed()).find(({ name }) => resized.some((each) => each.functionName === name));
  night.fleet.regress(busiest!, night.clock.now() + 60_000, 5);
  await night.decide({ decision: 'approved', functionNames: [busiest!.name] });
  const report = await night.report(execution);
  expect(report.changed.find(({ functionName }) => functionName === busiest!.name)).toMatchObject({
    kind: 'RolledBack',
  });
  expect(night.sizes().get(busiest!.name)).toEqual(before.get(busiest!.name));
  expect(await night.violations(before, report)).toEqual([]);
});

test('a wrong console input fails in the first state, naming every problem, with nothing changed', async () => {
  const before = night.sizes();
  const ended = await night.end(await night.start({ strategy: 'cheapest', maxSlowdown: -1, dryrun: true }));
  expect(ended).toMatchObject({ status: 'FAILED', error: 'InvalidInput' });
  expect(ended.cause).toMatch(/strategy/);
  expect(ended.cause).toMatch(/maxSlowdown/);
  expect(ended.cause).toMatch(/dryrun/);
  expect(await night.ledger()).toEqual([]);
  expect(night.sizes()).toEqual(before);
});

test('a dry run reports what it would propose, registers nothing and asks nobody', async () => {
  const ended = await night.end(await night.start({ dryRun: true }));
  const report = night.reportOf(ended);
  expect(report.assessed.some(({ kind }) => kind === 'Proposable')).toBe(true);
  expect(report.changed).toEqual([]);
  expect(night.account.sns.inbox).toEqual([]);
  expect((await night.ledger()).map(({ sk }) => sk)).toEqual(['RUN']);
});

test('a second delivery of the same night does nothing and says so', async () => {
  const first = await night.start();
  await night.untilMail();
  const second = await night.end(await night.start());
  expect(second.status).toBe('SUCCEEDED');
  expect(JSON.parse(String(second.output))).toMatchObject({
    proceed: false,
    reason: 'AlreadyRunning',
    holderExecutionArn: first,
  });
});
