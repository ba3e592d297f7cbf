import { standingChange } from '../../../../../shared/clients/ledger/standing-change.ts';
import { change, changeTaskInput, FUNCTION_NAME, functionArn, proposal } from '../../../../support/builders.ts';
import { createLedgerWorld, type LedgerWorld } from '../../../../support/ledger-table.ts';

const WRITTEN = change();
const { runId } = WRITTEN;

let world: LedgerWorld;

beforeEach(async () => {
  world = await createLedgerWorld(Date.parse('2026-11-23T14:00:15Z'));
});

afterEach(() => world.dispose());

const standing = (written = WRITTEN) => standingChange({ ...changeTaskInput(), written }, world.ledger);

it('leaves what the ledger knows better than the execution as it is', () =>
  world.run(async () => {
    await world.ledger.beginChange(change({ status: 'Watching', outcomeReason: 'too little traffic' }));
    expect(await standing()).toMatchObject({ status: 'Watching', outcomeReason: 'too little traffic' });
    expect(await world.ledger.getProposal(runId, FUNCTION_NAME)).toBeUndefined();
  }));

it('adds how the change was applied to one that the ledger holds as begun, the shifted version among it', () =>
  world.run(async () => {
    const { appliedAt: _, verifyAt: __, ...begun } = change({ status: 'applying' });
    await world.ledger.beginChange(begun);
    const answer = await standing({ ...WRITTEN, shift: { version: '2' } });
    const expected = { status: 'applied', appliedAt: WRITTEN.appliedAt, shift: { version: '2' } };
    expect(answer).toMatchObject(expected);
    expect(await world.ledger.getChange(FUNCTION_NAME, runId)).toMatchObject(expected);
  }));

it('puts a proposal that stands as open back to what was decided on it', () =>
  world.run(async () => {
    await world.ledger.putProposal(proposal({ runId, expiresAt: '2026-11-23T12:00:00.000Z' }));
    await standing();
    const { status, decision } = (await world.ledger.getProposal(runId, FUNCTION_NAME))!;
    expect([status, decision]).toEqual(['approved', WRITTEN.decision]);
  }));

it('leaves the function to another run that has something open on it', () =>
  world.run(async () => {
    const other = { runId: 'manual-other', at: WRITTEN.startedAt, baselineMemorySizeMb: 1024 };
    await world.ledger.claim({ functionName: FUNCTION_NAME, functionArn: functionArn(), ...other });
    await standing();
    const record = (await world.ledger.getFunctions([FUNCTION_NAME])).get(FUNCTION_NAME);
    expect(record?.open).toMatchObject({ kind: 'proposal', runId: 'manual-other' });
    expect(await world.ledger.listOpenChanges()).toHaveLength(1);
  }));

it('knows nothing of a change that neither the ledger nor the execution knows', () =>
  world.run(async () => {
    expect(await standingChange(changeTaskInput(), world.ledger)).toBeUndefined();
  }));
