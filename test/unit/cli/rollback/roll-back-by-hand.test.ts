import { rollBackByHand } from '../../../../cli/rollback/roll-back-by-hand.ts';
import type { FunctionRest } from '../../../../shared/clients/ledger/remediations.ts';
import type { ChangeRecord } from '../../../../shared/contracts/ledger.ts';
import { change, FUNCTION_NAME, functionRecord } from '../../../support/builders.ts';
import { type FakeLambda, fakeLambda } from '../../../support/fake-lambda.ts';
import { memoryLedger } from '../../../support/memory-ledger.ts';

const ID = `scheduled-2026-11-23/${FUNCTION_NAME}`;
const NOW_MS = Date.parse('2026-11-25T09:00:00Z');

function world(record: ChangeRecord, lambda: FakeLambda, open = false) {
  const since = '2026-11-23T08:00:00.000Z';
  const fn = functionRecord(open ? { open: { kind: 'watching', runId: record.runId, since } } : {});
  const ledger = memoryLedger({ changes: new Map([[ID, record]]), functions: new Map([[FUNCTION_NAME, fn]]) });
  const rests: FunctionRest[] = [];
  const functions = { restFunction: async (rest: FunctionRest) => void rests.push(rest) };
  const clock = { now: () => NOW_MS, sleep: async () => {} };
  const request = { by: { kind: 'iam', name: 'Ada (arn)' }, note: 'slow batch', coolDownDays: 14 } as const;
  const roll = () => rollBackByHand(record, request, { ledger, functions, configurations: lambda, clock });
  return { roll, rests, standing: () => ledger.contents.changes.get(ID) };
}

describe('a rollback by hand', () => {
  it('puts back what was before, and keeps in the ledger who did it and why', async () => {
    const lambda = fakeLambda({ memorySizeMb: 512 });
    const { roll, standing } = world(change({ status: 'Verified' }), lambda);
    expect(await roll()).toMatchObject({ rolledBack: true });
    expect(lambda.writes).toEqual([
      { configuration: { memorySizeMb: 1024, timeoutSeconds: 30 }, revisionId: 'revision-1' },
    ]);
    expect(standing()).toMatchObject({ status: 'RolledBack', outcomeReason: 'rolled back by Ada (arn): slow batch' });
  });

  it('keeps the night away for the cool-down, and lets it know what was written last', async () => {
    const { roll, rests } = world(change({ status: 'Verified' }), fakeLambda({ memorySizeMb: 512 }));
    await roll();
    expect(rests).toMatchObject([
      { coolDownUntil: '2026-12-09T09:00:00.000Z', lastWritten: { memorySizeMb: 1024, timeoutSeconds: 30 } },
    ]);
  });

  it('writes nothing over what somebody else wrote, and leaves the record as it stood', async () => {
    const lambda = fakeLambda({ memorySizeMb: 2048 });
    const { roll, rests, standing } = world(change({ status: 'Verified' }), lambda);
    expect(await roll()).toMatchObject({ rolledBack: false, reason: expect.stringContaining('somebody changed') });
    expect([lambda.writes, rests, standing()?.status]).toEqual([[], [], 'Verified']);
  });

  it('leaves the closing of a change that is still watched to its night', async () => {
    const { roll, standing } = world(change({ status: 'Watching' }), fakeLambda({ memorySizeMb: 512 }), true);
    await roll();
    expect(standing()).toMatchObject({ rolledBackAt: '2026-11-25T09:00:00.000Z' });
    expect(standing()?.status).not.toBe('RolledBack');
  });
});
