import type { TaskName } from '../../constants.ts';

/**
 * Names that the hub's stack and the spokes' must agree on without knowing each other's outputs: a spoke's roles say by
 * name which of the hub's roles may assume them, and the hub's say by name what they may assume. IAM's names hold for an
 * account, stacks for a region, so the region is in them.
 */

/** What a task may be in a spoke: a reader, or the one writer that it is in the hub as well. */
export const SPOKE_ROLES = ['read', 'apply-change', 'finish-shift', 'roll-back-change'] as const;
export type SpokeRole = (typeof SPOKE_ROLES)[number];

/** IAM's longest role name. */
export const ROLE_NAME_MAX_CHARS = 64;

/** @param region the hub's own */
export const hubRoleName = (stackName: string, region: string, task: string): string =>
  `${stackName}-${region}-${task}`;

/** @param region the spoke's */
export const spokeRoleName = (stackName: string, region: string, role: SpokeRole): string =>
  `${stackName}-${region}-spoke-${role}`;

export const roleArn = (partition: string, accountId: string, roleName: string): string =>
  `arn:${partition}:iam::${accountId}:role/${roleName}`;

/** Tasks that work in spokes, by the role that they take on there; nobody else of the hub may assume it. */
export const TASKS_OF_SPOKE_ROLE: Readonly<Record<SpokeRole, readonly TaskName[]>> = {
  read: ['discover-functions', 'collect-memory-evidence', 'collect-metrics', 'prepare-approvals', 'verify-change'],
  'apply-change': ['apply-change'],
  'finish-shift': ['finish-shift'],
  'roll-back-change': ['roll-back-change'],
};
