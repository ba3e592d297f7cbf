import { TooManyRequestsException } from '@aws-sdk/client-lambda';
import { HOUR_MS, NightWorld, START_MS } from '../../support/night-world.ts';
import { oversizedFleet } from '../../support/small-fleet.ts';

/** Changes between approval and verdict, and what may happen to a function meanwhile. */

const MINUTE_MS = 60_000;

let night: NightWorld;
let execution: string;

async function world() {
  night = await NightWorld.create({ fleet: oversizedFleet({ functions: 6, startMs: START_MS }) });
  execution = await night.start();
  await night.untilMail();
  const proposed = await night.proposed();
  return { proposed, busiest: proposed[0]!, sizes: night.sizes() };
}

afterEach(() => night.dispose());

const liveOf = (name: string) => night.account.lambda.functions.get(name).configuration;

it('applies everything once Lambda stops throttling', async () => {
  const { proposed } = await world();
  const untilMs = night.clock.now() + MINUTE_MS;
  let throttled = 0;
  night.account.faults.add({
    service: 'Lambda',
    operation: 'UpdateFunctionConfiguration',
    when: () => night.clock.now() < untilMs,
    error: () => {
      throttled += 1;
      return new TooManyRequestsException({ message: 'Rate exceeded', $metadata: { httpStatusCode: 429 } });
    },
  });
  await night.decide({ decision: 'approved' });
  const report = await night.report(execution);
  expect(throttled).toBeGreaterThan(proposed.length);
  expect(report.counts).toMatchObject({ applied: proposed.length, failed: 0 });
});

it('refuses a function that was deployed after the approval, and the page says so', async () => {
  const { busiest } = await world();
  night.account.lambda.deploy(busiest.name);
  const deployed = { ...liveOf(busiest.name) };
  await night.clock.advanceTo(night.clock.now() + HOUR_MS);
  await night.decide({ decision: 'approved' });
  const report = await night.report(execution);
  expect(night.outcome(report, busiest.name)).toMatchObject({
    kind: 'Refused',
    reason: expect.stringContaining('deployed anew'),
  });
  expect(liveOf(busiest.name).MemorySize).toBe(deployed.MemorySize);
  expect(await night.page(`?function=${busiest.name}`)).toMatch(/code was deployed anew after the approval/);
});

it('refuses a function whose memory somebody changed after the approval', async () => {
  const { busiest } = await world();
  night.account.lambda.deploy(busiest.name, { MemorySize: 3008 });
  await night.clock.advanceTo(night.clock.now() + HOUR_MS);
  await night.decide({ decision: 'approved' });
  const report = await night.report(execution);
  expect(night.outcome(report, busiest.name)).toMatchObject({
    kind: 'Refused',
    reason: expect.stringContaining('3008 MB'),
  });
  expect(liveOf(busiest.name).MemorySize).toBe(3008);
});

it('waits for a deployment that is at work, then refuses what it deployed', async () => {
  const { busiest } = await world();
  await night.decide({ decision: 'approved' });
  night.account.lambda.deploy(busiest.name);
  const report = await night.report(execution);
  expect(night.outcome(report, busiest.name)).toMatchObject({
    kind: 'Refused',
    reason: expect.stringContaining('deployed anew'),
  });
});

it('proposes nothing for a function that was deleted while the night assessed it', async () => {
  night = await NightWorld.create({ fleet: oversizedFleet({ functions: 6, startMs: START_MS }) });
  execution = await night.start();
  let deleted = '';
  night.deployment.handlers.beforeInvocation = (task, event) => {
    const { assessment } = event as { assessment?: { functionName: string } };
    if (task !== 'estimate-savings' || assessment === undefined || deleted !== '') return;
    deleted = assessment.functionName;
    night.account.lambda.deleteFunction(deleted);
  };
  await night.untilMail();
  const report = await night.report(execution);
  expect(report.assessed.find(({ functionName }) => functionName === deleted)).toMatchObject({
    kind: 'Excluded',
    exclusionReason: 'Changed',
    reason: expect.stringContaining('deleted'),
  });
});

it('refuses a function that was deleted after the approval', async () => {
  const { busiest, proposed } = await world();
  await night.decide({ decision: 'approved' });
  night.account.lambda.deleteFunction(busiest.name);
  const report = await night.report(execution);
  expect(night.outcome(report, busiest.name)).toMatchObject({
    kind: 'Refused',
    reason: expect.stringContaining('deleted'),
  });
  expect(report.counts['applied']).toBe(proposed.length - 1);
});

it('refuses a rollback where somebody changed the function at the last moment, and reports it', async () => {
  const { busiest } = await world();
  night.fleet.regress(busiest, night.clock.now() + MINUTE_MS, 5);
  await night.decide({ decision: 'approved', functionNames: [busiest.name] });
  night.deployment.handlers.beforeInvocation = (task) => {
    if (task === 'roll-back-change' && night.invocations(task) === 1)
      night.account.lambda.deploy(busiest.name, { MemorySize: 3008 });
  };
  const report = await night.report(execution);
  expect(night.outcome(report, busiest.name)).toMatchObject({
    kind: 'RollbackRefused',
    reason: expect.stringContaining('3008 MB'),
  });
  expect(liveOf(busiest.name).MemorySize).toBe(3008);
});

it('judges no change that a deployment has replaced', async () => {
  const { busiest } = await world();
  await night.decide({ decision: 'approved', functionNames: [busiest.name] });
  await night.until(() => night.invocations('apply-change') > 0);
  await night.clock.advanceTo(night.clock.now() + HOUR_MS);
  night.account.lambda.deploy(busiest.name, { MemorySize: 3008 });
  const report = await night.report(execution);
  expect(night.outcome(report, busiest.name)).toMatchObject({
    kind: 'Unverified',
    reason: expect.stringContaining('3008 MB'),
  });
  const next = await night.report(await night.startNight(1));
  expect(next.excluded).toContainEqual(
    expect.objectContaining({ functionName: busiest.name, reason: 'RevertedByDeploy' }),
  );
});
