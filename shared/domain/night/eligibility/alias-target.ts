import type { ChangeTarget } from '../../../contracts/assessment.ts';
import type { LiveAlias, LiveFunction } from '../change/live-function.ts';

/** One alias must carry this share of the traffic, so that shifting it shifts practically all. */
const MINIMUM_ALIAS_SHARE = 0.95;

/** Something that can't be shifted, and why; completes "its traffic calls an alias, and …". */
export interface NoTarget {
  why: string;
}

/** The one alias that carries the traffic and leads to one version only. */
export function carryingAlias(
  aliases: readonly LiveAlias[],
  shares: ReadonlyMap<string, number>,
): LiveAlias | NoTarget {
  const carrying = aliases.find(({ name }) => (shares.get(name) ?? 0) >= MINIMUM_ALIAS_SHARE);
  if (carrying === undefined) return { why: 'no single alias carries it' };
  if (Object.keys(carrying.weights).length > 0) return { why: `alias ${carrying.name} already has weights` };
  if (carrying.functionVersion === '$LATEST') return { why: `alias ${carrying.name} leads to $LATEST` };
  return carrying;
}

export interface AliasFacts {
  alias: LiveAlias;
  /** `$LATEST`. */
  live: LiveFunction;
  /** The version the alias leads to. */
  version: LiveFunction | undefined;
  hasProvisionedConcurrency: boolean;
}

/**
 * Whether a new version may be published from `$LATEST` and put beside the one the alias leads to: only where the two
 * are the same but for our change, since publishing would otherwise release what nobody has released.
 */
export function aliasTarget({ alias, live, version, hasProvisionedConcurrency }: AliasFacts): ChangeTarget | NoTarget {
  const { functionVersion } = alias;
  if (hasProvisionedConcurrency) return { why: 'provisioned concurrency would have to warm up anew' };
  if (version === undefined) return { why: `version ${functionVersion} is gone` };
  if (version.snapStart || live.snapStart) return { why: 'SnapStart would have to take a new snapshot' };
  if (version.codeSha256 !== live.codeSha256) {
    return { why: `$LATEST holds other code than version ${functionVersion}, which nobody has released yet` };
  }
  if (version.memorySizeMb !== live.memorySizeMb || version.timeoutSeconds !== live.timeoutSeconds) {
    return { why: `$LATEST has another memory size or timeout than version ${functionVersion}` };
  }
  return { kind: 'alias', aliasName: alias.name, functionVersion };
}
