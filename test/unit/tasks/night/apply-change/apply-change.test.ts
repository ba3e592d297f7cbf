import type { ProposalRecord } from '../../../../../shared/contracts/ledger.ts';
import { applyChange } from '../../../../../tasks/night/apply-change/apply-change.ts';
import {
  APPROVED,
  change,
  changeTaskInput,
  FUNCTION_NAME,
  functionRecord,
  proposal,
} from '../../../../support/builders.ts';
import { type FakeLambda, fakeLambda } from '../../../../support/fake-lambda.ts';
import { memoryLedger } from '../../../../support/memory-ledger.ts';

const RUN = 'scheduled-2026-11-23';
const ID = `${RUN}/${FUNCTION_NAME}`;
const approved = proposal({ status: 'approved', decision: APPROVED });

function world(found: ProposalRecord | undefined, lambda: FakeLambda = fakeLambda()) {
  const ledger = memoryLedger({
    proposals: new Map(found ? [[ID, found]] : []),
    functions: new Map([
      [FUNCTION_NAME, functionRecord({ open: { kind: 'proposal', runId: RUN, since: approved.createdAt } })],
    ]),
  });
  let nowMs = Date.parse('2026-11-23T08:00:10Z');
  const clock = {
    now: () => nowMs,
    sleep: async (ms: number) => {
      nowMs += ms;
    },
  };
  const never = async () => {
    throw new Error('a change of $LATEST has no business with aliases');
  };
  const dependencies = {
    ledger,
    configurations: lambda,
    clock,
    aliases: { read: never, route: never },
    versions: { publish: never },
  };
  return { ledger, lambda, dependencies };
}

describe('applyChange', () => {
  it('writes memory and timeout only, against the revision it read, and says when to look again', async () => {
    const { ledger, lambda, dependencies } = world(approved);
    const output = await applyChange(changeTaskInput(), dependencies);
    expect(output).toMatchObject({ applied: true, verifyAt: '2026-11-23T14:00:11.000Z' });
    expect(lambda.writes).toEqual([
      { configuration: { memorySizeMb: 512, timeoutSeconds: 30 }, revisionId: 'revision-1' },
    ]);
    expect(ledger.contents.changes.get(ID)).toMatchObject({
      status: 'applied',
      before: { memorySizeMb: 1024, codeSha256: 'code-1' },
      decision: { by: { name: 'Ada' } },
      appliedRevisionId: 'revision-2',
    });
    expect(ledger.contents.functions.get(FUNCTION_NAME)?.open?.kind).toBe('change');
  });

  it.each([
    ['without a proposal', undefined],
    ['while nobody has decided', proposal()],
    ['after a rejection', proposal({ status: 'rejected', decision: { ...APPROVED, decision: 'rejected' } })],
    ['after the approval expired', proposal({ status: 'expired' })],
  ])('changes nothing %s', async (_, found) => {
    const { lambda, dependencies } = world(found);
    expect(await applyChange(changeTaskInput(), dependencies)).toMatchObject({ applied: false });
    expect(lambda.writes).toEqual([]);
  });

  it('refuses a function that was deployed after the approval, and says so in the ledger', async () => {
    const { ledger, lambda, dependencies } = world(approved, fakeLambda({ codeSha256: 'code-2' }));
    expect(await applyChange(changeTaskInput(), dependencies)).toMatchObject({
      applied: false,
      reason: expect.stringContaining('deployed anew'),
    });
    expect(lambda.writes).toEqual([]);
    expect(ledger.contents.changes.get(ID)).toMatchObject({ status: 'Refused' });
  });

  it.each(['RevisionMismatch', 'UpdateInProgress'] as const)('asks to be tried again on %s', async (why) => {
    const { dependencies } = world(approved, fakeLambda({}, { why, message: 'busy' }));
    await expect(applyChange(changeTaskInput(), dependencies)).rejects.toMatchObject({ name: 'UpdateInProgress' });
  });

  it('refuses what a newer release has proposed', async () => {
    const { lambda, dependencies } = world({ ...approved, schemaVersion: 2 });
    expect(await applyChange(changeTaskInput(), dependencies)).toMatchObject({
      applied: false,
      reason: expect.stringContaining('a newer release'),
    });
    expect(lambda.writes).toEqual([]);
  });

  it('refuses what Lambda refuses for good', async () => {
    const { dependencies } = world(
      approved,
      fakeLambda({}, { why: 'InvalidParameter', message: 'The runtime is deprecated' }),
    );
    expect(await applyChange(changeTaskInput(), dependencies)).toMatchObject({
      applied: false,
      reason: expect.stringContaining('deprecated'),
    });
  });

  it('finds that an earlier try had written the change before it broke, and writes nothing again', async () => {
    const { ledger, lambda, dependencies } = world(
      approved,
      fakeLambda({ memorySizeMb: 512, revisionId: 'revision-2' }),
    );
    ledger.contents.changes.set(
      ID,
      change({ status: 'applying', appliedAt: undefined as never, verifyAt: undefined as never }),
    );
    expect(await applyChange(changeTaskInput(), dependencies)).toMatchObject({ applied: true });
    expect(lambda.writes).toEqual([]);
    expect(ledger.contents.changes.get(ID)?.status).toBe('applied');
  });

  it('answers a second delivery as the first', async () => {
    const { lambda, dependencies } = world(approved);
    const first = await applyChange(changeTaskInput(), dependencies);
    expect(await applyChange(changeTaskInput(), dependencies)).toEqual(first);
    expect(lambda.writes).toHaveLength(1);
  });

  it('never verifies later than half an hour before the next night', async () => {
    const { dependencies } = world(approved);
    const late = { ...dependencies, clock: { ...dependencies.clock, now: () => Date.parse('2026-11-23T21:59:00Z') } };
    expect(await applyChange(changeTaskInput(), late)).toMatchObject({ verifyAt: '2026-11-24T01:30:00.000Z' });
  });
});
