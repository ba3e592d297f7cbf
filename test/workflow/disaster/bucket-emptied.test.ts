import type { ChangeRecord, ProposalRecord } from '../../../shared/contracts/ledger.ts';
import { emptyBucket } from '../../support/empty-bucket.ts';
import { NightWorld, START_MS } from '../../support/night-world.ts';
import { oversizedFleet } from '../../support/small-fleet.ts';

/** The run bucket loses every object while a night is under way, or between two (docs/runbook.md, Disaster). */

let night: NightWorld;
let execution: string;

beforeEach(async () => {
  night = await NightWorld.create({ fleet: oversizedFleet({ functions: 6, startMs: START_MS }) });
  execution = await night.start();
});

afterEach(() => night.dispose());

const writes = () => night.account.calls.get('Lambda.UpdateFunctionConfiguration') ?? 0;

it('fails the night by name before anybody is asked, and the next one starts from fresh evidence', async () => {
  const before = night.sizes();
  await night.until(() => night.invocations('collect-memory-evidence') > 0);
  await emptyBucket(night);
  expect(await night.end(execution)).toMatchObject({ status: 'FAILED', error: 'ArtifactMissing' });
  expect([night.account.sns.inbox.length, await night.records('PROPOSAL#'), night.sizes()]).toEqual([0, [], before]);
  const next = await night.report(await night.startNight(1));
  expect(next.counts['proposed']).toBeGreaterThan(0);
});

describe('while people are asked', () => {
  let asked: string[];

  beforeEach(async () => {
    await night.untilMail();
    asked = (await night.records<ProposalRecord>('PROPOSAL#')).map(({ functionName }) => functionName);
    await night.until(() => night.invocations('request-approval') === asked.length);
    await emptyBucket(night);
  });

  it('loses the report, and nothing that the ledger holds: changes are written once, proven and closed', async () => {
    await night.decide({ decision: 'approved' });
    expect(await night.end(execution)).toMatchObject({ status: 'FAILED', error: 'ArtifactMissing' });
    const changes = await night.records<ChangeRecord>('CHANGE#');
    expect(changes.map(({ status }) => status)).toEqual(asked.map(() => 'Verified'));
    const next = await night.report(await night.startNight(1));
    expect(next.settled).toEqual([]);
    expect(next.excluded.filter(({ reason }) => /^Open|Reverted/.test(reason))).toEqual([]);
    expect(writes()).toBe(asked.length);
  });

  it('rolls back what got worse and leaves it alone afterwards', async () => {
    const name = asked[0]!;
    const before = night.sizes().get(name);
    night.fleet.regress(night.fleet.get(name), night.clock.now(), 5);
    await night.decide({ decision: 'approved', functionNames: [name] });
    await night.end(execution);
    expect(night.sizes().get(name)).toEqual(before);
    const next = await night.report(await night.startNight(1));
    expect(next.excluded).toContainEqual(expect.objectContaining({ functionName: name, reason: 'CoolingDown' }));
  });
});

it('costs the next night nothing: what is still watched is settled from the ledger', async () => {
  await night.untilMail();
  night.fleet.delayMetricsByMinutes(24 * 60);
  await night.decide({ decision: 'approved' });
  const report = await night.report(execution);
  expect(report.counts['watching']).toBeGreaterThan(0);
  night.fleet.delayMetricsByMinutes(0);
  await emptyBucket(night);
  const next = await night.report(await night.startNight(1));
  expect(next.settled.map(({ kind }) => kind)).toEqual(report.changed.map(() => 'Verified'));
});
