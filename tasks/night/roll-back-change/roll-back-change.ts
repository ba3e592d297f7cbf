import { type RestoreDependencies, restoreChange } from '../../../shared/clients/lambda/restore-change.ts';
import { type StandingChangeLedger, standingChange } from '../../../shared/clients/ledger/standing-change.ts';
import { parseChangeTaskInput, type RollBackChangeOutput } from '../../../shared/contracts/change.ts';
import { SCHEMA_VERSION } from '../../../shared/contracts/schema-version.ts';
import { ArtifactMissingError } from '../../../shared/errors.ts';

export interface RollBackChangeDependencies extends RestoreDependencies {
  ledger: StandingChangeLedger;
}

/**
 * Puts the configuration before a change back, but only over what that change wrote.
 *
 * @throws UpdateInProgressError, TransientError: try again later
 */
export async function rollBackChange(
  event: unknown,
  dependencies: RollBackChangeDependencies,
): Promise<RollBackChangeOutput> {
  const input = parseChangeTaskInput('roll-back-change input', event);
  const { runId, functionName } = input;
  const change = await standingChange(input, dependencies.ledger);
  if (change === undefined)
    throw new ArtifactMissingError(`the ledger holds no change of run ${runId} to ${functionName}`);
  const restoration = await restoreChange(change, dependencies);
  if (!restoration.restored) return answer(false, restoration.reason);
  const { memorySizeMb, timeoutSeconds } = change.before;
  const why = change.verifications.at(-1)?.reason ?? 'production got worse';
  const where =
    change.target && `alias ${change.target.aliasName} leads to version ${change.target.functionVersion} again, `;
  return answer(true, `${where ?? ''}put back to ${memorySizeMb} MB and ${timeoutSeconds} s: ${why}`);
}

const answer = (rolledBack: boolean, reason: string): RollBackChangeOutput => ({
  schemaVersion: SCHEMA_VERSION,
  rolledBack,
  reason,
});
