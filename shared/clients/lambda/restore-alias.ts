import { type AliasChange, shiftState } from '../../domain/night/change/alias-shift.ts';
import type { AliasReader } from './alias-reader.ts';
import type { AliasRouter } from './alias-router.ts';

export type AliasClients = AliasReader & AliasRouter;

/**
 * Leads an alias back to the version it led to before a change. Of an alias that somebody moved meanwhile only our own
 * share is taken away; weights of somebody else are never touched.
 *
 * @throws UpdateInProgressError: somebody moved it this very moment; look again
 */
export async function restoreAlias(
  functionName: string,
  change: AliasChange,
  aliases: AliasClients,
): Promise<{ restored: true } | { restored: false; reason: string }> {
  const alias = await aliases.read(functionName, change.target.aliasName);
  const state = shiftState(change, alias);
  if (alias === undefined || state.kind === 'gone') return { restored: false, reason: 'the alias was deleted' };
  if (state.kind === 'untouched') return { restored: true };
  if (state.kind === 'foreign') return { restored: false, reason: state.reason };
  if (state.kind === 'moved') {
    await aliases.route(functionName, alias, { functionVersion: alias.functionVersion, weights: {} });
    return { restored: false, reason: `${state.reason}; our share of its traffic was taken off it` };
  }
  await aliases.route(functionName, alias, { functionVersion: change.target.functionVersion, weights: {} });
  return { restored: true };
}
