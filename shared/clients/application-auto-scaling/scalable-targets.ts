import {
  ApplicationAutoScalingClient,
  DeleteScalingPolicyCommand,
  DeregisterScalableTargetCommand,
  DescribeScalableTargetsCommand,
  DescribeScalingPoliciesCommand,
  PutScalingPolicyCommand,
  RegisterScalableTargetCommand,
} from '@aws-sdk/client-application-auto-scaling';
import type { SettingValue } from '../../domain/configuration/scaling/managed-setting.ts';
import { callAws, listOf } from '../aws-call.ts';
import { type SettingWrite, unlessRefused } from '../refused-write.ts';
import { createClient } from '../sdk.ts';
import { policyConfiguration, policyValue } from './policy-configuration.ts';
import { type ScalingTarget, targetName } from './scaling-target.ts';

/** Limits to which a resource may be scaled, and the policy that scales it, as Application Auto Scaling keeps them. */
export interface ScalableTargets {
  /** Resource ids of every alias whose provisioned concurrency is scaled, page by page. */
  listProvisioned(): Promise<ReadonlySet<string>>;
  readLimits(target: ScalingTarget): Promise<SettingValue | undefined>;
  /** `{ minimum, maximum }` */
  writeLimits(target: ScalingTarget, limits: SettingValue): Promise<SettingWrite>;
  /** Takes the target's policies away as well. */
  removeLimits(target: ScalingTarget): Promise<SettingWrite>;
  /** Our policy of the target; undefined when there is none of our name. */
  readPolicy(target: ScalingTarget): Promise<SettingValue | undefined>;
  writePolicy(target: ScalingTarget, policy: SettingValue): Promise<SettingWrite>;
  removePolicy(target: ScalingTarget): Promise<SettingWrite>;
}

const REFUSED = [
  'ValidationException',
  'ObjectNotFoundException',
  'LimitExceededException',
  'FailedResourceAccessException',
];

/** Names the policy among those its owner may have. */
export const policyName = ({ dimension }: ScalingTarget): string => `rightsizer-${dimension}-utilization`;

export function createScalableTargets(): ScalableTargets {
  const scaling = createClient(ApplicationAutoScalingClient);
  return {
    listProvisioned: () => listProvisioned(scaling),
    readLimits: (target) => readLimits(scaling, target),
    writeLimits: (target, { minimum, maximum }) =>
      unlessRefused('application-autoscaling:RegisterScalableTarget', REFUSED, () =>
        scaling.send(
          new RegisterScalableTargetCommand({
            ...targetName(target),
            MinCapacity: Number(minimum),
            MaxCapacity: Number(maximum),
          }),
        ),
      ),
    removeLimits: (target) =>
      unlessRefused('application-autoscaling:DeregisterScalableTarget', REFUSED, () =>
        scaling.send(new DeregisterScalableTargetCommand(targetName(target))),
      ),
    readPolicy: (target) => readPolicy(scaling, target),
    writePolicy: (target, policy) =>
      unlessRefused('application-autoscaling:PutScalingPolicy', REFUSED, () =>
        scaling.send(
          new PutScalingPolicyCommand({
            ...targetName(target),
            PolicyName: policyName(target),
            PolicyType: 'TargetTrackingScaling',
            TargetTrackingScalingPolicyConfiguration: policyConfiguration(target, policy),
          }),
        ),
      ),
    removePolicy: (target) =>
      unlessRefused('application-autoscaling:DeleteScalingPolicy', REFUSED, () =>
        scaling.send(new DeleteScalingPolicyCommand({ ...targetName(target), PolicyName: policyName(target) })),
      ),
  };
}

async function listProvisioned(scaling: ApplicationAutoScalingClient): Promise<Set<string>> {
  const input = { ServiceNamespace: 'lambda', ScalableDimension: 'lambda:function:ProvisionedConcurrency' } as const;
  const found = new Set<string>();
  let NextToken: string | undefined;
  do {
    const permission = 'application-autoscaling:DescribeScalableTargets';
    const command = new DescribeScalableTargetsCommand({ ...input, ...(NextToken && { NextToken }) });
    const page = await callAws(permission, () => scaling.send(command));
    for (const { ResourceId } of listOf(permission, page.ScalableTargets)) if (ResourceId) found.add(ResourceId);
    NextToken = page.NextToken;
  } while (NextToken);
  return found;
}

async function readLimits(
  scaling: ApplicationAutoScalingClient,
  target: ScalingTarget,
): Promise<SettingValue | undefined> {
  const { ServiceNamespace, ResourceId, ScalableDimension } = targetName(target);
  const input = { ServiceNamespace, ResourceIds: [ResourceId], ScalableDimension };
  const limits = await firstOf(async (NextToken) => {
    const permission = 'application-autoscaling:DescribeScalableTargets';
    const command = new DescribeScalableTargetsCommand({ ...input, ...(NextToken && { NextToken }) });
    const page = await callAws(permission, () => scaling.send(command));
    return { found: listOf(permission, page.ScalableTargets), next: page.NextToken };
  });
  return limits && { minimum: limits.MinCapacity ?? 0, maximum: limits.MaxCapacity ?? 0 };
}

async function readPolicy(
  scaling: ApplicationAutoScalingClient,
  target: ScalingTarget,
): Promise<SettingValue | undefined> {
  const input = { ...targetName(target), PolicyNames: [policyName(target)] };
  const policy = await firstOf(async (NextToken) => {
    const permission = 'application-autoscaling:DescribeScalingPolicies';
    const command = new DescribeScalingPoliciesCommand({ ...input, ...(NextToken && { NextToken }) });
    const page = await callAws(permission, () => scaling.send(command));
    return { found: listOf(permission, page.ScalingPolicies), next: page.NextToken };
  });
  return policy && policyValue(target, policy.TargetTrackingScalingPolicyConfiguration);
}

/** The one thing that is looked for; a page may be empty although it is on a later one. */
async function firstOf<Item>(
  read: (token: string | undefined) => Promise<{ found: readonly Item[]; next: string | undefined }>,
): Promise<Item | undefined> {
  let token: string | undefined;
  do {
    const { found, next } = await read(token);
    if (found[0] !== undefined) return found[0];
    token = next;
  } while (token);
  return undefined;
}
