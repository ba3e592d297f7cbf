import type { ChangeLedger } from '../../../shared/clients/ledger/ledger.ts';
import type { ChangeRecord } from '../../../shared/contracts/ledger.ts';

/**
 * A change that was found live. A task that ended between AWS's answer and the ledger left one of which the ledger knows
 * only the beginning; ended without `appliedAt` it would be nothing that we wrote, and the next night took our own size
 * for a deployment.
 */
export async function knownAsApplied<Change extends ChangeRecord>(
  change: Change,
  ledger: Pick<ChangeLedger, 'updateChange'>,
): Promise<Change> {
  if (change.appliedAt !== undefined) return change;
  const applied = { appliedAt: change.startedAt };
  await ledger.updateChange(change.functionName, change.runId, applied);
  return { ...change, ...applied };
}
