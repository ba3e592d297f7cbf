import type { ChangeTaskInput } from '../../contracts/change.ts';
import type { ChangeRecord } from '../../contracts/ledger.ts';
import type { Ledger } from './ledger.ts';

export type StandingChangeLedger = Pick<
  Ledger,
  'getChange' | 'beginChange' | 'updateChange' | 'claim' | 'setOpen' | 'putProposal' | 'decide'
>;

/**
 * The change as the ledger holds it. A ledger that was put back to a time before the change was written gets it back
 * from the execution that wrote it, with the approval behind it: what runs in production is not forgotten, whatever
 * happened to the table. Undefined where neither knows of a change.
 */
export async function standingChange(
  { run, runId, functionName, written }: ChangeTaskInput,
  ledger: StandingChangeLedger,
): Promise<ChangeRecord | undefined> {
  const change = await ledger.getChange(functionName, runId);
  if (written === undefined || change?.appliedAt !== undefined) return change;
  return writeDownAgain(written, run.approvalExpiresAt, ledger);
}

/** The change itself comes last, so that another try does what is missing. */
async function writeDownAgain(written: ChangeRecord, expiresAt: string, ledger: StandingChangeLedger) {
  const { runId, functionName, functionArn, assessment, savings, decision, startedAt } = written;
  const proposal = { runId, functionName, functionArn, assessment, savings, decision };
  await ledger.putProposal({ ...proposal, status: 'approved', createdAt: startedAt, expiresAt });
  // Where the proposal stands as still open, nobody is to be asked about it again.
  await ledger.decide(runId, functionName, decision);
  const { baselineMemorySizeMb } = assessment;
  await ledger.claim({ functionName, functionArn, baselineMemorySizeMb, runId, at: startedAt });
  await ledger.setOpen(functionName, runId, 'change', startedAt);
  const standing = await ledger.beginChange(written);
  if (standing.appliedAt !== undefined) return standing;
  await ledger.updateChange(functionName, runId, howItWasApplied(written));
  return { ...standing, ...howItWasApplied(written) };
}

/** What the record of a change lacks between its beginning and its end. */
const howItWasApplied = ({ appliedAt, appliedRevisionId, verifyAt, shift }: ChangeRecord): Partial<ChangeRecord> => ({
  status: 'applied',
  ...(appliedAt !== undefined && { appliedAt }),
  ...(appliedRevisionId !== undefined && { appliedRevisionId }),
  ...(verifyAt !== undefined && { verifyAt }),
  ...(shift && { shift }),
});
