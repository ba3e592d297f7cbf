import { type AliasClients, restoreAlias } from '../../../shared/clients/lambda/restore-alias.ts';
import { type StandingChangeLedger, standingChange } from '../../../shared/clients/ledger/standing-change.ts';
import { type FinishShiftOutput, parseChangeTaskInput } from '../../../shared/contracts/change.ts';
import { SCHEMA_VERSION } from '../../../shared/contracts/schema-version.ts';
import { shiftState } from '../../../shared/domain/night/change/alias-shift.ts';
import { ArtifactMissingError } from '../../../shared/errors.ts';

export interface FinishShiftDependencies {
  ledger: StandingChangeLedger;
  aliases: AliasClients;
  now(): number;
}

/**
 * Leads an alias wholly to the version that proved itself on a share of the traffic. Another try finds it done. An
 * alias that somebody moved meanwhile is left where it is; only our share of it is taken away.
 *
 * @throws UpdateInProgressError: somebody moved the alias this very moment; look again
 */
export async function finishShift(event: unknown, dependencies: FinishShiftDependencies): Promise<FinishShiftOutput> {
  const input = parseChangeTaskInput('finish-shift input', event);
  const { runId, functionName } = input;
  const { ledger, aliases, now } = dependencies;
  const change = await standingChange(input, ledger);
  if (change?.target === undefined || change.shift === undefined)
    throw new ArtifactMissingError(`the ledger holds no shift of run ${runId} on ${functionName}`);
  const { target, shift } = change;
  const alias = await aliases.read(functionName, target.aliasName);
  const state = shiftState({ target, shift }, alias);
  if (state.kind === 'shifting' && alias !== undefined) {
    await aliases.route(functionName, alias, { functionVersion: shift.version, weights: {} });
  } else if (state.kind !== 'finished') {
    const left = await restoreAlias(functionName, { target, shift }, aliases);
    return answer(false, left.restored ? `alias ${target.aliasName} was put back by somebody else` : left.reason);
  }
  await ledger.updateChange(functionName, runId, {
    shift: { ...shift, finishedAt: shift.finishedAt ?? new Date(now()).toISOString() },
  });
  const proven = change.verifications.at(-1)?.reason ?? 'better than the former version';
  return answer(
    true,
    `alias ${target.aliasName} leads to version ${shift.version} (${proven}); all traffic is watched`,
  );
}

const answer = (finished: boolean, reason: string): FinishShiftOutput => ({
  schemaVersion: SCHEMA_VERSION,
  finished,
  reason,
});
