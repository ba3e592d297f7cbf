import { type RestoreDependencies, restoreChange } from '../../shared/clients/lambda/restore-change.ts';
import type { Ledger } from '../../shared/clients/ledger/ledger.ts';
import type { RemediationLedger } from '../../shared/clients/ledger/remediations.ts';
import type { Identity } from '../../shared/contracts/decision.ts';
import type { ChangeRecord } from '../../shared/contracts/ledger.ts';

export interface RollBackDependencies extends RestoreDependencies {
  ledger: Pick<Ledger, 'getFunctions' | 'updateChange'>;
  functions: Pick<RemediationLedger, 'restFunction'>;
}

export interface RollBackRequest {
  by: Identity;
  note: string | undefined;
  coolDownDays: number;
}

export type RolledBack = { rolledBack: true; reason: string } | { rolledBack: false; reason: string };

const DAY_MS = 86_400_000;

/**
 * Puts back what was before a change, by the night's own code: only over what the change wrote, against the revision that
 * was read. The ledger then holds who did it and why, and the night leaves the function alone for a while.
 *
 * @throws UpdateInProgressError, TransientError: try again later
 */
export async function rollBackByHand(
  change: ChangeRecord,
  { by, note, coolDownDays }: RollBackRequest,
  dependencies: RollBackDependencies,
): Promise<RolledBack> {
  const { ledger, functions, clock } = dependencies;
  const { functionName, functionArn, runId, status } = change;
  const { memorySizeMb, timeoutSeconds } = change.before;
  // The state machine of a change that is still open closes it, and takes its rollback from the record.
  const isOpen = (await ledger.getFunctions([functionName])).get(functionName)?.open?.runId === runId;
  const restoration = await restoreChange(change, dependencies);
  if (!restoration.restored) {
    await ledger.updateChange(functionName, runId, { status });
    return { rolledBack: false, reason: restoration.reason };
  }
  const nowMs = clock.now();
  const reason = `rolled back by ${by.name}${note === undefined ? '' : `: ${note.trim()}`}`;
  await functions.restFunction({
    functionName,
    functionArn,
    baselineMemorySizeMb: memorySizeMb,
    lastWritten: { memorySizeMb, timeoutSeconds, at: new Date(nowMs).toISOString(), runId },
    coolDownUntil: new Date(nowMs + coolDownDays * DAY_MS).toISOString(),
  });
  await ledger.updateChange(functionName, runId, { outcomeReason: reason, ...(!isOpen && { status: 'RolledBack' }) });
  return { rolledBack: true, reason: `put back to ${memorySizeMb} MB and ${timeoutSeconds} s; ${reason}` };
}
