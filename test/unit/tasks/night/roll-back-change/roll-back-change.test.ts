import { rollBackChange } from '../../../../../tasks/night/roll-back-change/roll-back-change.ts';
import { change, changeTaskInput, FUNCTION_NAME } from '../../../../support/builders.ts';
import { type FakeLambda, fakeLambda } from '../../../../support/fake-lambda.ts';
import { memoryLedger } from '../../../../support/memory-ledger.ts';

const ID = `scheduled-2026-11-23/${FUNCTION_NAME}`;

function world(lambda: FakeLambda) {
  const ledger = memoryLedger({ changes: new Map([[ID, change()]]) });
  const clock = { now: () => Date.parse('2026-11-23T14:00:00Z'), sleep: async () => {} };
  return { ledger, lambda, dependencies: { ledger, configurations: lambda, clock } };
}

describe('rollBackChange', () => {
  it('puts memory and timeout back over what the change wrote', async () => {
    const { ledger, lambda, dependencies } = world(fakeLambda({ memorySizeMb: 512 }));
    expect(await rollBackChange(changeTaskInput(), dependencies)).toMatchObject({ rolledBack: true });
    expect(lambda.writes.map((each) => each.configuration)).toEqual([{ memorySizeMb: 1024, timeoutSeconds: 30 }]);
    expect(ledger.contents.changes.get(ID)?.rolledBackAt).toBe('2026-11-23T14:00:00.000Z');
  });

  it.each([
    ['somebody changed the function since', fakeLambda({ memorySizeMb: 2048 }), /somebody changed/],
    ['the function is gone', Object.assign(fakeLambda(), { live: undefined }), /deleted/],
  ])('refuses where %s, touching nothing', async (_, lambda, reason) => {
    const { dependencies } = world(lambda);
    expect(await rollBackChange(changeTaskInput(), dependencies)).toMatchObject({
      rolledBack: false,
      reason: expect.stringMatching(reason),
    });
    expect(lambda.writes).toEqual([]);
  });

  it('counts a rollback that an earlier try had written as done', async () => {
    const { lambda, dependencies } = world(fakeLambda());
    expect(await rollBackChange(changeTaskInput(), dependencies)).toMatchObject({ rolledBack: true });
    expect(lambda.writes).toEqual([]);
  });

  it('asks to be tried again while an update is in progress', async () => {
    const { dependencies } = world(fakeLambda({ memorySizeMb: 512, lastUpdateStatus: 'InProgress' }));
    await expect(rollBackChange(changeTaskInput(), dependencies)).rejects.toMatchObject({ name: 'UpdateInProgress' });
  });
});
