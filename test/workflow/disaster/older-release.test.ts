import type { LedgerItem } from '../../../sandbox/demos/night/ledger-snapshot.ts';
import type { ProposalRecord } from '../../../shared/contracts/ledger.ts';
import { NightWorld, START_MS } from '../../support/night-world.ts';
import { restoreLedger } from '../../support/restore-ledger.ts';
import { oversizedFleet } from '../../support/small-fleet.ts';

/**
 * This release is deployed over a ledger that a newer one has written (docs/runbook.md, Disaster). The records are this
 * release's own, changed as a newer one's may differ; the night leaves changes behind that are still watched.
 */

let night: NightWorld;
let asked: string[];

beforeEach(async () => {
  night = await NightWorld.create({ fleet: oversizedFleet({ functions: 6, startMs: START_MS }) });
  const execution = await night.start();
  await night.untilMail();
  asked = (await night.records<ProposalRecord>('PROPOSAL#')).map(({ functionName }) => functionName);
  night.fleet.delayMetricsByMinutes(24 * 60);
  await night.decide({ decision: 'approved' });
  const report = await night.report(execution);
  expect(report.counts['watching']).toBe(asked.length);
  night.fleet.delayMetricsByMinutes(0);
});

afterEach(() => night.dispose());

const writes = () => night.account.calls.get('Lambda.UpdateFunctionConfiguration') ?? 0;
const rewrite = async (asNewer: (item: LedgerItem) => LedgerItem) =>
  restoreLedger(night, (await night.ledger()).map(asNewer));
const recordsOfFunctions = async () => (await night.ledger()).filter(({ pk }) => pk.startsWith('FUNCTION#'));
const inOrder = (items: readonly LedgerItem[]) => items.toSorted((a, b) => (a.pk + a.sk < b.pk + b.sk ? -1 : 1));
const kindsOf = (outcomes: readonly { kind: string }[]) => outcomes.map(({ kind }) => kind);

it('goes on with records that say more than it knows, and keeps what they say', async () => {
  const more = { addedLater: { levels: [1, 2] }, carbonGrams: 4 };
  await rewrite((item) => ({ ...item, ...more }));
  const next = await night.report(await night.startNight(1));
  expect(kindsOf(next.settled)).toEqual(asked.map(() => 'Verified'));
  for (const record of await recordsOfFunctions()) expect(record).toMatchObject(more);
});

it('passes over records of kinds that it does not know', async () => {
  const unknown = { pk: `FUNCTION#${asked[0]}`, sk: 'ARCHITECTURE#1', openPartition2: 'OPEN', status: 'trying' };
  await restoreLedger(night, [...(await night.ledger()), unknown]);
  const next = await night.report(await night.startNight(1));
  expect(kindsOf(next.settled)).toEqual(asked.map(() => 'Verified'));
  expect(await night.ledger()).toContainEqual(unknown);
});

it('leaves a function alone on which something is open that it does not know', async () => {
  await rewrite(({ openPartition: _, ...item }) => {
    const open = { kind: 'trying', runId: 'trial-1', since: '2026-11-02T23:00:00.000Z' };
    return (item['sk'] === 'STATE' ? { ...item, open } : item) as LedgerItem;
  });
  const next = await night.report(await night.startNight(1));
  for (const name of asked)
    expect(next.excluded).toContainEqual(expect.objectContaining({ functionName: name, reason: 'OpenChange' }));
  expect(writes()).toBe(asked.length);
});

describe('whose meaning has changed', () => {
  const withVersion = (item: LedgerItem): LedgerItem =>
    item.pk.startsWith('FUNCTION#') ? { ...item, schemaVersion: 2 } : item;
  let newer: LedgerItem[];

  beforeEach(async () => {
    await rewrite(withVersion);
    newer = inOrder(await recordsOfFunctions());
    night.fleet.regress(night.fleet.get(asked[0]!), night.clock.now(), 5);
  });

  it('touches neither the records nor their functions, and says so', async () => {
    const sizes = night.sizes();
    const next = await night.report(await night.startNight(1));
    expect(next.settled).toEqual([]);
    const reason = expect.objectContaining({ reason: 'SourceUnavailable', message: expect.stringContaining('newer') });
    for (const name of asked) expect(next.excluded).toContainEqual(expect.objectContaining({ functionName: name }));
    expect(next.excluded.filter(({ functionName }) => asked.includes(functionName))).toEqual(asked.map(() => reason));
    expect(next).toMatchObject({
      unavailableSources: [
        {
          source: 'OpenChanges',
          reason: `${asked.length} were made by a newer release of Rightsizer than is deployed`,
        },
      ],
    });
    expect([night.sizes(), writes()]).toEqual([sizes, asked.length]);
    expect(inOrder(await recordsOfFunctions())).toEqual(newer);
  });

  it('has them settled when the newer release is back', async () => {
    await night.report(await night.startNight(1));
    await rewrite(({ schemaVersion: _, ...item }) => item as LedgerItem);
    const next = await night.report(await night.startNight(2));
    expect(night.outcome(next, asked[0]!)).toMatchObject({ kind: 'RolledBack' });
    expect(next.settled).toHaveLength(asked.length);
  });
});
