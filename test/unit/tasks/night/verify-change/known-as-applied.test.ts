import { recordOutcome } from '../../../../../tasks/night/record-outcome/record-outcome.ts';
import { knownAsApplied } from '../../../../../tasks/night/verify-change/known-as-applied.ts';
import { change, changeTaskInput, FUNCTION_NAME, functionArn } from '../../../../support/builders.ts';
import { memoryLedger } from '../../../../support/memory-ledger.ts';

/** Its task ended between Lambda's answer and the ledger. */
function unheardOf() {
  const { appliedAt: _, verifyAt: __, ...record } = change({ status: 'Watching' });
  return { record, ledger: memoryLedger({ changes: new Map([[`${record.runId}/${FUNCTION_NAME}`, record]]) }) };
}

it('a change that was found live counts as applied when it began, and leaves what it wrote in the function’s record', async () => {
  const { record, ledger } = unheardOf();
  const at = record.startedAt;
  await ledger.claim({
    functionName: FUNCTION_NAME,
    functionArn: functionArn(),
    baselineMemorySizeMb: 1024,
    runId: record.runId,
    at,
  });
  expect(await knownAsApplied(record, ledger)).toEqual({ ...record, appliedAt: record.startedAt });
  const input = { ...changeTaskInput(), kind: 'Verified', reason: 'better' };
  await recordOutcome(input, { ledger, coolDownDays: 14, now: () => Date.parse(at) });
  const known = (await ledger.getFunctions([FUNCTION_NAME])).get(FUNCTION_NAME);
  expect(known?.lastWritten).toMatchObject(record.after);
});

it('a change that the ledger knows as applied stays as it is', async () => {
  const { ledger } = unheardOf();
  const applied = change();
  expect(await knownAsApplied(applied, ledger)).toBe(applied);
});
