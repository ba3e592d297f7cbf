import { restoreChange } from '../../../../shared/clients/lambda/restore-change.ts';
import { change } from '../../../support/builders.ts';

it('leaves a change to the newer release that made it, whoever asks to have it taken back', async () => {
  const untouched = () => {
    throw new Error('touched');
  };
  const nothing = { configurations: { read: untouched, write: untouched }, ledger: { updateChange: untouched } };
  const clock = { now: () => 0, sleep: async () => {} };
  // Whatever it would call throws.
  const answer = await restoreChange(change({ schemaVersion: 2 }), { ...nothing, clock } as never);
  expect(answer).toEqual({ restored: false, reason: expect.stringContaining('a newer release') });
});
