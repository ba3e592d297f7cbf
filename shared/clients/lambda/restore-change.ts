import { type ChangeRecord, isOfNewerRelease } from '../../contracts/ledger.ts';
import { decideRollback } from '../../domain/night/change/decide-application.ts';
import { UpdateInProgressError } from '../../errors.ts';
import type { ChangeLedger } from '../ledger/ledger.ts';
import { type AliasClients, restoreAlias } from './restore-alias.ts';
import { type WriteDependencies, writeConfiguration } from './write-configuration.ts';

export interface RestoreDependencies extends WriteDependencies {
  ledger: Pick<ChangeLedger, 'updateChange'>;
  /** Without it changes of aliases are refused, not half undone. */
  aliases?: AliasClients;
}

export type Restoration = { restored: true } | { restored: false; reason: string };

/**
 * Puts the configuration before a change back, but only over what that change wrote. It takes no turn: undoing
 * harm does not queue. The night's RollBackChange and the alarms' remediation both go this way.
 *
 * @throws UpdateInProgressError, TransientError: try again later
 */
export async function restoreChange(change: ChangeRecord, dependencies: RestoreDependencies): Promise<Restoration> {
  if (isOfNewerRelease(change))
    return {
      restored: false,
      reason: 'a newer release of Rightsizer than this one made the change, and takes it back',
    };
  if (change.delivery === 'patch') return { restored: false, reason: takeBackInSource(change) };
  return change.target === undefined
    ? restoreLatest(change, dependencies)
    : restoreShift({ ...change, target: change.target }, dependencies);
}

/** Its owner decided that its size is written by deployments alone, and the next one would put ours back anyway. */
function takeBackInSource({ before, assessment: { owner } }: ChangeRecord): string {
  const where = owner.stackName === undefined ? 'its source' : `the source of stack ${owner.stackName}`;
  return `a deployment made this change: put ${before.memorySizeMb} MB and ${before.timeoutSeconds} s back in ${where} and deploy it`;
}

/** Traffic first; then `$LATEST`, so that no later version is made of a size that did harm. */
async function restoreShift(
  change: ChangeRecord & { target: NonNullable<ChangeRecord['target']> },
  dependencies: RestoreDependencies,
): Promise<Restoration> {
  const { aliases, ledger } = dependencies;
  if (aliases === undefined) {
    return { restored: false, reason: `alias ${change.target.aliasName} is led back by the night's rollback only` };
  }
  await ledger.updateChange(change.functionName, change.runId, { status: 'rollingBack' });
  const alias = await restoreAlias(change.functionName, change, aliases);
  if (!alias.restored) return alias;
  const latest = await restoreLatest(change, dependencies);
  // Production runs as before already; `$LATEST` belongs to whoever changed it since.
  return latest.restored ? latest : markRestored(change, dependencies);
}

async function restoreLatest(change: ChangeRecord, dependencies: RestoreDependencies): Promise<Restoration> {
  const { functionName, runId } = change;
  const live = await dependencies.configurations.read(functionName);
  const rollback = decideRollback(change, live);
  if (rollback.action === 'wait') throw new UpdateInProgressError(rollback.reason);
  if (rollback.action === 'refuse' || live === undefined) {
    return { restored: false, reason: rollback.action === 'refuse' ? rollback.reason : 'the function is gone' };
  }
  if (rollback.action === 'none') return markRestored(change, dependencies);
  await dependencies.ledger.updateChange(functionName, runId, { status: 'rollingBack' });
  const { memorySizeMb, timeoutSeconds } = change.before;
  const before = { memorySizeMb, timeoutSeconds };
  const result = await writeConfiguration(functionName, before, live.revisionId, dependencies);
  return result.written ? markRestored(change, dependencies) : { restored: false, reason: result.reason };
}

async function markRestored(change: ChangeRecord, { ledger, clock }: RestoreDependencies): Promise<Restoration> {
  await ledger.updateChange(change.functionName, change.runId, { rolledBackAt: new Date(clock.now()).toISOString() });
  return { restored: true };
}
