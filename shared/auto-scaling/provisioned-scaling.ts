import { createScalableTargets } from '../clients/application-auto-scaling/scalable-targets.ts';
import type { ScalingTarget } from '../clients/application-auto-scaling/scaling-target.ts';
import {
  createScheduledActions,
  type ScheduledCapacity,
} from '../clients/application-auto-scaling/scheduled-actions.ts';
import { DEFAULT_AUTO_SCALING } from '../contracts/auto-scaling.ts';
import {
  PROVISIONED_DIMENSION,
  provisionedResource,
} from '../domain/configuration/scaling/plan-provisioned-scaling.ts';

export interface ProvisionedScalingInput {
  functionName: string;
  /** Alias (or version) that carries the provisioned concurrency. */
  qualifier: string;
  /** @default 1 */
  minCapacity?: number;
  maxCapacity: number;
  /** Share of it that should be in use at the busiest, in percent. @default 70 */
  targetUtilizationPercent?: number;
  /** Other limits from given times on, e.g. fewer at night. @default none */
  schedule?: readonly ScheduledCapacity[];
}

/**
 * Scales an alias's provisioned concurrency by the maximum in use, down to the minimum when idle; AWS's predefined
 * metric is an average and missing while nothing runs.
 */
export async function configureProvisionedScaling(
  input: ProvisionedScalingInput,
): Promise<{ resource: string; written: boolean; reason: string }> {
  const {
    minCapacity = 1,
    maxCapacity,
    targetUtilizationPercent = DEFAULT_AUTO_SCALING.provisionedTargetPercent,
  } = input;
  if (![minCapacity, maxCapacity].every(Number.isInteger) || minCapacity < 0 || minCapacity > maxCapacity) {
    throw new RangeError(`minCapacity must be a whole number, 0 to maxCapacity, got ${minCapacity} and ${maxCapacity}`);
  }
  // Application Auto Scaling allows 10 to 90 % for Lambda.
  if (!(targetUtilizationPercent >= 10 && targetUtilizationPercent <= 90)) {
    throw new RangeError(`targetUtilizationPercent must be 10 to 90, got ${targetUtilizationPercent}`);
  }
  const resource = provisionedResource(input);
  const target: ScalingTarget = { resourceId: resource, dimension: PROVISIONED_DIMENSION };
  const targets = createScalableTargets();
  const scheduled = createScheduledActions();
  const writes = [
    () => targets.writeLimits(target, { minimum: minCapacity, maximum: maxCapacity }),
    () =>
      targets.writePolicy(target, { targetPercent: targetUtilizationPercent, statistic: 'Maximum', missingMinutes: 0 }),
    ...(input.schedule ?? []).map((each) => () => scheduled.write(target, each)),
  ];
  for (const write of writes) {
    const answer = await write();
    if (!answer.written) return { resource, written: false, reason: answer.reason };
  }
  return {
    resource,
    written: true,
    reason: `${minCapacity} to ${maxCapacity} at ${targetUtilizationPercent} % of the maximum in use`,
  };
}
