import type { NightWorld } from '../../support/night-world.ts';
import {
  arnOf,
  awayIn,
  HUB,
  OTHER_REGION,
  organizationWorld,
  PAYMENTS_ID,
  spokeAt,
  spokesOf,
} from '../../support/organization-world.ts';

/** A spoke that was there in the evening is in trouble by the morning. */
let night: NightWorld;

const isAt = (region: string, accountId: string) => (each: { functionName: string }) =>
  each.functionName.startsWith(`arn:aws:lambda:${region}:${accountId}:`);

async function untilProposed(): Promise<string> {
  night = await organizationWorld(spokesOf().map((spoke) => ({ ...spoke, refuses: false })));
  const execution = await night.start();
  await night.untilMail();
  return execution;
}

const SESSION_MS = 15 * 60_000;

it('loses only the changes of a spoke that takes its roles away before they are made', async () => {
  const execution = await untilProposed();
  const payments = spokeAt(night, PAYMENTS_ID, OTHER_REGION);
  for (const roleArn of payments.roles.keys()) night.account.organization.deleteRole(roleArn);
  await night.clock.advanceTo(night.clock.now() + SESSION_MS);
  await night.decide({ decision: 'approved' });
  const report = await night.report(execution);
  const lost = report.changed.filter(isAt(OTHER_REGION, PAYMENTS_ID));
  expect(lost.length).toBeGreaterThan(0);
  for (const { kind } of lost) expect(kind).toBe('Failed');
  const others = report.changed.filter((each) => !isAt(OTHER_REGION, PAYMENTS_ID)(each));
  expect(others.length).toBeGreaterThan(5);
  for (const { kind } of others) expect(kind).toMatch(/Verified|Watching/);
  expect(payments.account.calls.get('Lambda.UpdateFunctionConfiguration')).toBeUndefined();
  night.dispose();
}, 120_000);

it('changes what was approved in a spoke that deployed its stack anew a moment ago, with a new session', async () => {
  const execution = await untilProposed();
  const payments = spokeAt(night, PAYMENTS_ID, OTHER_REGION);
  await night.decide({ decision: 'approved' });
  await night.until(() => (payments.account.calls.get('Lambda.UpdateFunctionConfiguration') ?? 0) > 0);
  for (const roleArn of payments.roles.keys()) night.account.organization.remakeRole(roleArn);
  const report = await night.report(execution);
  const there = report.changed.filter(isAt(OTHER_REGION, PAYMENTS_ID));
  expect(there.length).toBeGreaterThan(1);
  for (const { kind } of there) expect(kind).toMatch(/Verified|Watching/);
  night.dispose();
}, 120_000);

it('goes on without a spoke whose metrics are down, and excludes its functions by name', async () => {
  night = await organizationWorld(spokesOf().map((spoke) => ({ ...spoke, refuses: false })));
  const payments = spokeAt(night, PAYMENTS_ID, HUB.region);
  payments.account.faults.add({
    service: 'CloudWatch',
    operation: 'GetMetricData',
    error: () => Object.assign(new Error('down'), { name: 'InternalServiceFault', $fault: 'server' }),
  });
  const execution = await night.start();
  await night.untilMail();
  const report = await night.report(execution);
  const there = report.assessed.filter(isAt(HUB.region, PAYMENTS_ID));
  expect(there.length).toBeGreaterThan(0);
  for (const each of there) expect(each).toMatchObject({ kind: 'Excluded', exclusionReason: 'SourceUnavailable' });
  const others = report.assessed.filter((each) => !isAt(HUB.region, PAYMENTS_ID)(each));
  expect(others.filter(({ kind }) => kind === 'Excluded' || kind === 'Failed')).toEqual([]);
  expect(awayIn(report).map(({ source }) => source)).toContain(`Metrics of Payments (${PAYMENTS_ID}) in ${HUB.region}`);
  night.dispose();
}, 120_000);

it('rolls back through the spoke’s own role what got worse there', async () => {
  const execution = await untilProposed();
  const payments = spokeAt(night, PAYMENTS_ID, OTHER_REGION);
  const proposals = await night.records<{ functionName: string; assessment: { current: { memorySizeMb: number } } }>(
    'PROPOSAL#',
  );
  const own = proposals.filter(isAt(OTHER_REGION, PAYMENTS_ID));
  await night.decide({ decision: 'approved' });
  await night.until(() => (payments.account.calls.get('Lambda.UpdateFunctionConfiguration') ?? 0) >= own.length);
  for (const { name } of payments.fleet.functions) payments.fleet.regress(name, night.clock.now(), 4, 0.5);
  const report = await night.report(execution);
  const rolledBack = report.changed.filter(isAt(OTHER_REGION, PAYMENTS_ID)).filter(({ kind }) => kind === 'RolledBack');
  expect(rolledBack.length).toBeGreaterThan(0);
  for (const { functionName } of rolledBack) {
    const { memorySizeMb } = own.find((each) => each.functionName === functionName)!.assessment.current;
    const [, name = ''] = functionName.split(':function:');
    expect(payments.account.lambda.functions.get(name).configuration.MemorySize).toBe(memorySizeMb);
    expect(arnOf(payments, name)).toBe(functionName);
  }
  expect(report.changed.filter((each) => !isAt(OTHER_REGION, PAYMENTS_ID)(each)).map(({ kind }) => kind)).not.toContain(
    'RolledBack',
  );
  night.dispose();
}, 120_000);

it('is refused by the spoke’s IAM where an owner opted out after the approval', async () => {
  const execution = await untilProposed();
  const payments = spokeAt(night, PAYMENTS_ID, OTHER_REGION);
  const proposed = await night.records<{ functionName: string }>('PROPOSAL#');
  const [first] = proposed.filter(isAt(OTHER_REGION, PAYMENTS_ID));
  const name = first!.functionName.split(':function:')[1]!;
  payments.account.lambda.functions.get(name).tags.set('rightsizer:exclude', 'true');
  await night.decide({ decision: 'approved' });
  const report = await night.report(execution);
  expect(night.outcome(report, first!.functionName)).toMatchObject({ kind: 'Failed' });
  expect([...payments.account.iam.refusals].join('\n')).toContain('with an explicit deny in an identity-based policy');
  payments.account.iam.refusals.clear();
  night.dispose();
}, 120_000);
