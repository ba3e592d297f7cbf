import type { AutoScalingSettings } from '../../../contracts/auto-scaling.ts';
import type { WantedSetting } from './managed-setting.ts';
import { limitsKey, policyKey } from './plan-table-scaling.ts';

/** An alias with provisioned concurrency, of a function that asked to be scaled. */
export interface ProvisionedAlias {
  readonly functionName: string;
  readonly qualifier: string;
  /** Provisioned concurrency asked for at present. */
  readonly requested: number;
}

export const PROVISIONED_DIMENSION = 'provisioned';
export const provisionedResource = ({ functionName, qualifier }: Omit<ProvisionedAlias, 'requested'>): string =>
  `function:${functionName}:${qualifier}`;

/**
 * Provisioned concurrency between one and a multiple of what was configured, following the **maximum** utilization.
 * AWS's predefined metric is an average, which hides bursts and so scales out too late, and it is missing while nothing
 * runs, so that it never scales in; ours counts a missing minute as 0 %.
 */
export function planProvisionedScaling(
  aliases: readonly ProvisionedAlias[],
  settings: AutoScalingSettings,
): WantedSetting[] {
  return aliases.flatMap((alias): WantedSetting[] => {
    const resource = provisionedResource(alias);
    const maximum = Math.ceil(alias.requested * settings.provisionedMaximumFactor);
    const targetPercent = settings.provisionedTargetPercent;
    return [
      {
        key: limitsKey(resource, PROVISIONED_DIMENSION),
        resource,
        value: { minimum: 1, maximum },
        basis: `factor ${settings.provisionedMaximumFactor}`,
        reason: `provisioned concurrency between 1 and ${maximum}, from ${alias.requested} configured`,
      },
      {
        key: policyKey(resource, PROVISIONED_DIMENSION),
        resource,
        value: { targetPercent, statistic: 'Maximum', missingMinutes: 0 },
        basis: `${targetPercent} Maximum`,
        requires: limitsKey(resource, PROVISIONED_DIMENSION),
        reason: `provisioned concurrency follows ${targetPercent} % of the maximum in use, and scales in when idle`,
      },
    ];
  });
}
