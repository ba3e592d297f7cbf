import type { AliasTraffic } from '../../../shared/clients/cloudwatch/alias-traffic.ts';
import type { AliasCatalog } from '../../../shared/clients/lambda/alias-catalog.ts';
import type { FunctionConfigurations } from '../../../shared/clients/lambda/function-configuration.ts';
import type { Pace } from '../../../shared/clients/pace.ts';
import type { ChangeTarget } from '../../../shared/contracts/assessment.ts';
import type { LiveFunction } from '../../../shared/domain/night/change/live-function.ts';
import { aliasTarget, carryingAlias, type NoTarget } from '../../../shared/domain/night/eligibility/alias-target.ts';

export interface FindAliasTarget {
  configurations: Pick<FunctionConfigurations, 'read'>;
  aliasCatalog: AliasCatalog;
  aliasTraffic: AliasTraffic;
  /** Waits before a call of the control plane's 15 a second, of which we take a share. */
  pace: Pace;
}

/** The alias through which a pinned function can be changed all the same, or why there is none. */
export async function findAliasTarget(
  functionName: string,
  live: LiveFunction,
  window: { startMs: number; endMs: number },
  { configurations, aliasCatalog, aliasTraffic, pace }: FindAliasTarget,
): Promise<ChangeTarget | NoTarget> {
  await pace();
  const aliases = await aliasCatalog.listAliases(functionName);
  if (aliases.length === 0) return { why: 'it is called by version number' };
  const names = aliases.map(({ name }) => name);
  const alias = carryingAlias(aliases, await aliasTraffic.readShares(functionName, names, window));
  if ('why' in alias) return alias;
  const version = await configurations.read(`${functionName}:${alias.functionVersion}`);
  await pace();
  const hasProvisionedConcurrency = await aliasCatalog.hasProvisionedConcurrency(functionName);
  return aliasTarget({ alias, live, version, hasProvisionedConcurrency });
}
