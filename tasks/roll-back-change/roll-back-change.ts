import { type WriteDependencies, writeConfiguration } from '../../shared/clients/lambda/write-configuration.ts';
import type { ChangeLedger } from '../../shared/clients/ledger/ledger.ts';
import { parseChangeTaskInput, type RollBackChangeOutput } from '../../shared/contracts/change.ts';
import type { ChangeRecord } from '../../shared/contracts/ledger.ts';
import { SCHEMA_VERSION } from '../../shared/contracts/schema-version.ts';
import { decideRollback } from '../../shared/domain/change/decide-application.ts';
import { ArtifactMissingError, UpdateInProgressError } from '../../shared/errors.ts';

export interface RollBackChangeDependencies extends WriteDependencies {
  ledger: Pick<ChangeLedger, 'getChange' | 'updateChange'>;
}

/**
 * Puts the configuration before a change back, but only over what that change wrote. It needs no permit: undoing
 * harm does not queue.
 *
 * @throws UpdateInProgressError, TransientError: try again later
 */
export async function rollBackChange(
  event: unknown,
  dependencies: RollBackChangeDependencies,
): Promise<RollBackChangeOutput> {
  const { runId, functionName } = parseChangeTaskInput('roll-back-change input', event);
  const change = await dependencies.ledger.getChange(functionName, runId);
  if (change === undefined)
    throw new ArtifactMissingError(`the ledger holds no change of run ${runId} to ${functionName}`);
  const live = await dependencies.configurations.read(functionName);
  const rollback = decideRollback(change, live);
  if (rollback.action === 'wait') throw new UpdateInProgressError(rollback.reason);
  if (rollback.action === 'refuse' || live === undefined) {
    return answer(false, rollback.action === 'refuse' ? rollback.reason : 'the function is gone');
  }
  if (rollback.action === 'none') return restored(change, dependencies);
  await dependencies.ledger.updateChange(functionName, runId, { status: 'rollingBack' });
  const { memorySizeMb, timeoutSeconds } = change.before;
  const result = await writeConfiguration(
    functionName,
    { memorySizeMb, timeoutSeconds },
    live.revisionId,
    dependencies,
  );
  return result.written ? restored(change, dependencies) : answer(false, result.reason);
}

async function restored(
  change: ChangeRecord,
  { ledger, clock }: RollBackChangeDependencies,
): Promise<RollBackChangeOutput> {
  await ledger.updateChange(change.functionName, change.runId, { rolledBackAt: new Date(clock.now()).toISOString() });
  const last = change.verifications.at(-1)?.reason ?? 'production got worse';
  return answer(true, `put back to ${change.before.memorySizeMb} MB and ${change.before.timeoutSeconds} s: ${last}`);
}

const answer = (rolledBack: boolean, reason: string): RollBackChangeOutput => ({
  schemaVersion: SCHEMA_VERSION,
  rolledBack,
  reason,
});
