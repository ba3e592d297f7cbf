import type { LedgerItem } from '../../../sandbox/demos/night/ledger-snapshot.ts';
import type { ProposalRecord } from '../../../shared/contracts/ledger.ts';
import { FIRST_NIGHT_MS, failure, HOUR_MS, NightWorld, START_MS } from '../../support/night-world.ts';
import { restoreLedger } from '../../support/restore-ledger.ts';
import { oversizedFleet } from '../../support/small-fleet.ts';

/** The ledger is put back to an earlier moment while a night is under way, or after it (docs/runbook.md, Disaster). */

let night: NightWorld;
let execution: string;

beforeEach(async () => {
  night = await NightWorld.create({ fleet: oversizedFleet({ functions: 6, startMs: START_MS }) });
  execution = await night.start();
});

afterEach(() => night.dispose());

const writes = () => night.account.calls.get('Lambda.UpdateFunctionConfiguration') ?? 0;
const kindsOf = (outcomes: readonly { kind: string }[]) => [...new Set(outcomes.map(({ kind }) => kind))];

/** People are asked and every child waits for them; answers whom they are asked about. */
async function untilAsked(): Promise<string[]> {
  await night.untilMail();
  const asked = await night.records<ProposalRecord>('PROPOSAL#');
  await night.until(() => night.invocations('request-approval') === asked.length);
  return asked.map(({ functionName }) => functionName);
}

const untilWritten = async (changes: number) => {
  await night.until(() => night.invocations('apply-change') === changes);
  await night.clock.advanceTo(night.clock.now() + HOUR_MS);
};

describe.each(['before the night', 'before the decisions', 'before the changes'])('to a moment %s', (moment) => {
  let asked: string[];

  beforeEach(async () => {
    const moments = new Map<string, LedgerItem[]>([['before the night', await night.ledger()]]);
    asked = await untilAsked();
    moments.set('before the decisions', await night.ledger());
    await night.decide({ decision: 'approved' });
    moments.set('before the changes', await night.ledger());
    await untilWritten(asked.length);
    await restoreLedger(night, moments.get(moment)!);
  });

  it('what runs in production is judged all the same, its consent on record, and written once', async () => {
    const before = night.sizes();
    const written = writes();
    const report = await night.report(execution);
    expect(kindsOf(report.changed)).toEqual(['Verified']);
    expect(report.counts).toMatchObject({ approved: asked.length, applied: asked.length, verified: asked.length });
    expect(await night.violations(before, report)).toEqual([]);
    const next = await night.report(await night.startNight(1));
    expect([next.settled, writes()]).toEqual([[], written]);
  });

  it('what got worse is rolled back, and left alone afterwards', async () => {
    const busiest = asked[0]!;
    night.fleet.regress(night.fleet.get(busiest), night.clock.now(), 5);
    const report = await night.report(execution);
    expect(night.outcome(report, busiest)).toMatchObject({ kind: 'RolledBack' });
    const next = await night.report(await night.startNight(1));
    expect(next.excluded).toContainEqual(expect.objectContaining({ functionName: busiest, reason: 'CoolingDown' }));
  });
});

describe('while people are asked', () => {
  it('a decision that was lost before its change was written changes nothing, and is asked for again', async () => {
    const asked = await untilAsked();
    const sizes = night.sizes();
    const earlier = await night.ledger();
    let isRestored = false;
    night.deployment.handlers.beforeInvocation = (task) => {
      if (task === 'apply-change' && !isRestored) throw failure('TransientFailure');
    };
    await night.decide({ decision: 'approved' });
    await night.until(() => night.account.calls.get('SFN.SendTaskSuccess') === asked.length);
    await restoreLedger(night, earlier);
    isRestored = true;
    const report = await night.report(execution);
    expect(kindsOf(report.changed)).toEqual(['Refused']);
    expect([night.sizes(), writes()]).toEqual([sizes, 0]);
    await night.startNight(1);
    await night.untilMail();
    const again = await night.records<ProposalRecord>('PROPOSAL#');
    const open = again.filter(({ outcome }) => outcome === undefined).map(({ functionName }) => functionName);
    expect(open.toSorted()).toEqual(asked.toSorted());
  });

  it('a moment before the tasks’ tokens costs time: decisions count when the wait is over', async () => {
    await night.untilMail();
    const earlier = await night.ledger();
    const asked = earlier.filter(({ sk }) => sk.startsWith('PROPOSAL#'));
    await night.until(() => night.invocations('request-approval') === asked.length);
    await restoreLedger(night, earlier);
    await night.decide({ decision: 'approved' });
    const report = await night.report(execution);
    expect(report.counts).toMatchObject({ applied: asked.length, failed: 0 });
    expect(writes()).toBe(asked.length);
  });

  it('a moment before the proposals leaves nothing to decide, and every change fails by name', async () => {
    const earlier = await night.ledger();
    const asked = await untilAsked();
    const before = night.sizes();
    await restoreLedger(night, earlier);
    await expect(night.page()).rejects.toThrow('answered 404');
    const report = await night.report(execution);
    expect(kindsOf(report.changed)).toEqual(['Failed']);
    expect(report.counts['failed']).toBe(asked.length);
    expect([await night.violations(before, report), writes()]).toEqual([[], 0]);
  });

  it('a moment before the lease lets a second execution in, and every change is written once', async () => {
    const asked = await untilAsked();
    await restoreLedger(night, []);
    const second = await night.start({ scheduledTime: new Date(FIRST_NIGHT_MS).toISOString() });
    await night.untilMail();
    await night.decide({ decision: 'approved' });
    const reports = [await night.report(second), await night.report(execution)];
    expect(reports.map(({ changed }) => kindsOf(changed))).toEqual([['Verified'], ['Verified']]);
    expect(writes()).toBe(asked.length);
  });
});

describe('after the night', () => {
  it('a rollback that was forgotten is not done again, and its function rests', async () => {
    const asked = await untilAsked();
    const name = asked[0]!;
    const before = night.sizes().get(name);
    night.fleet.regress(night.fleet.get(name), night.clock.now() + HOUR_MS, 5);
    await night.decide({ decision: 'approved', functionNames: [name] });
    await untilWritten(1);
    const earlier = await night.ledger();
    expect(night.outcome(await night.report(execution), name)).toMatchObject({ kind: 'RolledBack' });
    const written = writes();
    await restoreLedger(night, earlier);
    const next = await night.report(await night.startNight(1));
    expect(next.settled).toMatchObject([{ functionName: name, kind: 'Unverified' }]);
    expect(next.excluded).toContainEqual(expect.objectContaining({ functionName: name, reason: 'RevertedByDeploy' }));
    expect([night.sizes().get(name), writes()]).toEqual([before, written]);
  });

  it('a rejection that was forgotten is asked about again, and nothing else comes of it', async () => {
    const asked = await untilAsked();
    const earlier = await night.ledger();
    await night.decide({ decision: 'rejected' });
    await night.report(execution);
    await restoreLedger(night, earlier);
    await night.startNight(1);
    await night.untilMail();
    const tonight = (await night.records<ProposalRecord>('PROPOSAL#')).filter(({ runId }) => runId.endsWith('-03'));
    expect(tonight.map(({ functionName }) => functionName).toSorted()).toEqual(asked.toSorted());
    expect(writes()).toBe(0);
  });
});
