import { restoreLedger as copyLedger } from '../../../cli/commands/restore-ledger.ts';
import type { ProposalRecord } from '../../../shared/contracts/ledger.ts';
import { emptyBucket } from '../../support/empty-bucket.ts';
import { HOUR_MS, NightWorld, START_MS } from '../../support/night-world.ts';
import { createFormerLedger, restoreLedger } from '../../support/restore-ledger.ts';
import { oversizedFleet } from '../../support/small-fleet.ts';

/**
 * The stack is deleted and deployed again: executions end where they are, table and bucket are new ones, and the former
 * ledger stays behind (docs/runbook.md, Disaster). What the new stack's parts are called makes no difference to it.
 */

const FORMER = 'Rightsizer-LedgerTable-former';

let night: NightWorld;
let execution: string;
let asked: string[];

beforeEach(async () => {
  night = await NightWorld.create({ fleet: oversizedFleet({ functions: 6, startMs: START_MS }) });
  execution = await night.start();
  await night.untilMail();
  asked = (await night.records<ProposalRecord>('PROPOSAL#')).map(({ functionName }) => functionName);
});

afterEach(() => night.dispose());

const writes = () => night.account.calls.get('Lambda.UpdateFunctionConfiguration') ?? 0;

async function deployAgain(): Promise<void> {
  await night.clock.complete(() => night.deployment.engine.stopExecution({ executionArn: execution }));
  await createFormerLedger(night, FORMER, await night.ledger());
  await restoreLedger(night, []);
  await emptyBucket(night);
}

const bringLedgerBack = () =>
  night.clock.complete(() => {
    const environment = { RIGHTSIZER_LEDGER_TABLE: night.deployment.tableName };
    return copyLedger({ from: FORMER }, { environment }, night.clock.now());
  });

describe('while production runs on changes that nobody has judged', () => {
  let worse: string;

  beforeEach(async () => {
    worse = asked[0]!;
    await night.decide({ decision: 'approved' });
    await night.until(() => night.invocations('apply-change') === asked.length);
    night.fleet.regress(night.fleet.get(worse), night.clock.now() + HOUR_MS, 5);
    await night.clock.advanceTo(night.clock.now() + 2 * HOUR_MS);
    await deployAgain();
  });

  it('the next night settles them once the former ledger was brought back', async () => {
    await bringLedgerBack();
    const next = await night.report(await night.startNight(1));
    const kinds = next.settled.map(({ functionName, kind }) => [functionName, kind]);
    const expected = asked.map((name) => [name, name === worse ? 'RolledBack' : 'Verified']);
    expect(kinds.toSorted()).toEqual(expected.toSorted());
    expect(writes()).toBe(asked.length + 1);
  });

  it('settles them even when it is brought back a night late, and changes nothing meanwhile', async () => {
    const sizes = night.sizes();
    await night.report(await night.startNight(1));
    expect([night.sizes(), writes()]).toEqual([sizes, asked.length]);
    await bringLedgerBack();
    const next = await night.report(await night.startNight(2));
    expect(night.outcome(next, worse)).toMatchObject({ kind: 'RolledBack' });
    expect(next.settled).toHaveLength(asked.length);
    expect(writes()).toBe(asked.length + 1);
  });
});

it('a person’s no still counts once the former ledger was brought back', async () => {
  await night.decide({ decision: 'rejected' });
  await night.report(execution);
  await deployAgain();
  await bringLedgerBack();
  const next = await night.report(await night.startNight(1));
  const cooling = next.excluded
    .filter(({ reason }) => reason === 'CoolingDown')
    .map(({ functionName }) => functionName);
  expect(cooling.toSorted()).toEqual(asked.toSorted());
  expect(next.counts['proposed']).toBe(0);
});

it('brings back no question that nobody can answer any more: what was open is asked anew', async () => {
  await deployAgain();
  await bringLedgerBack();
  await night.startNight(1);
  await night.untilMail();
  const tonight = (await night.records<ProposalRecord>('PROPOSAL#')).filter(({ runId }) => runId.endsWith('-03'));
  expect(tonight.map(({ functionName }) => functionName).toSorted()).toEqual(asked.toSorted());
  expect(writes()).toBe(0);
});
