import type { IRole } from 'aws-cdk-lib/aws-iam';
import { Grant } from 'aws-cdk-lib/aws-iam';
import type { TaskName } from '../../../shared/constants.ts';
import type { OrganizationSettings } from '../../../shared/contracts/organization.ts';
import {
  roleArn,
  SPOKE_ROLES,
  type SpokeRole,
  spokeRoleName,
  TASKS_OF_SPOKE_ROLE,
} from '../../../shared/domain/organization/role-names.ts';

/** What a task is in a spoke; undefined for those that have nothing to do there. */
export const spokeRoleOf = (task: TaskName): SpokeRole | undefined =>
  SPOKE_ROLES.find((role) => TASKS_OF_SPOKE_ROLE[role].includes(task));

/** Lets a task assume its role in every spoke, each by its whole name. */
export function grantAssumingSpokeRole(task: IRole, role: SpokeRole, settings: OrganizationSettings): Grant {
  const { partition, stackName, regions } = settings;
  const resourceArns = Object.entries(regions).flatMap(([accountId, of]) =>
    of.map((region) => roleArn(partition, accountId, spokeRoleName(stackName, region, role))),
  );
  return Grant.addToPrincipal({ grantee: task, actions: ['sts:AssumeRole'], resourceArns });
}
