import { NightWorld, START_MS, synthesized } from '../../support/night-world.ts';
import { oversizedFleet } from '../../support/small-fleet.ts';
import { withoutGrant } from '../../support/without-grant.ts';

/** Nights of a stage whose ledger, artifacts and digest are encrypted with the customer's key, by the grants on it. */
const configuration = { kmsKeyArn: 'arn:aws:kms:us-east-1:123456789012:key/0123abcd-01ab-23cd-45ef-0123456789ab' };
const fleet = () => oversizedFleet({ functions: 6, startMs: START_MS });

let night: NightWorld;

const without = async (role: RegExp, action: string) => {
  const stack = withoutGrant(synthesized(configuration), role, action);
  night = await NightWorld.create({ fleet: fleet(), configuration, stack });
};

const refusals = () => [...night.account.iam.refusals].join('\n');

afterEach(() => night.deployment.dispose());

it('asks, applies and reports with no more leave on the key than it was granted', async () => {
  night = await NightWorld.create({ fleet: fleet(), configuration });
  const execution = await night.start();
  await night.untilMail();
  await night.decide({ decision: 'approved' });
  const report = await night.report(execution);
  expect(night.account.customerKeys.size).toBe(3);
  expect(report.counts['applied']).toBeGreaterThan(0);
  expect(report.counts['failed']).toBe(0);
  expect(refusals()).toBe('');
});

it.each([
  ['a task that may not have the ledger decrypted', /^TasksStartRunRole/, 'kms:Decrypt'],
  ['a task that may not have its artifacts encrypted', /^TasksDiscoverFunctionsRole/, 'kms:GenerateDataKey'],
  ['a map that may not have its items decrypted', /^NightStateMachineRole/, 'kms:Decrypt'],
])('fails by name at %s', async (_, role, action) => {
  await without(role, action);
  const ended = await night.end(await night.start());
  expect(ended.status).toBe('FAILED');
  expect(refusals()).toContain(`is not authorized to perform: ${action} on resource: ${configuration.kmsKeyArn}`);
});
