import { Aws, Stack } from 'aws-cdk-lib';
import { AccountPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import {
  hubRoleName,
  roleArn,
  type SpokeRole as SpokeRoleName,
  spokeRoleName,
  TASKS_OF_SPOKE_ROLE,
} from '../../../shared/domain/organization/role-names.ts';
import { TASK_CATALOGUE } from '../night/task-catalogue.ts';
import { grantReading, type ReadPermission } from '../read-permissions.ts';
import { denyUpdatingExcludedFunctions, grantUpdatingFunctions } from '../write-permissions.ts';

/** The stack that looks after the spoke. */
export interface Hub {
  readonly accountId: string;
  readonly region: string;
  readonly stackName: string;
  /** What whoever assumes a role has to say. */
  readonly externalId: string;
}

export interface SpokeRoleProps {
  readonly hub: Hub;
  readonly role: SpokeRoleName;
}

/**
 * What the hub's tasks of one kind may do in a spoke: the same as their roles in the hub may do there, from the same
 * catalogue. Trust names the hub's roles by condition and not as principals, which AWS would turn into ids: a role that
 * is deployed anew would be locked out, and a spoke could not be deployed before its hub.
 */
export class SpokeRole extends Role {
  constructor(scope: Construct, id: string, { hub, role }: SpokeRoleProps) {
    const tasks = TASKS_OF_SPOKE_ROLE[role];
    const callers = tasks.map((task) =>
      roleArn(Aws.PARTITION, hub.accountId, hubRoleName(hub.stackName, hub.region, task)),
    );
    super(scope, id, {
      roleName: spokeRoleName(hub.stackName, Aws.REGION, role),
      description: `What ${tasks.join(', ')} of ${hub.stackName} in ${hub.accountId} may do here`,
      assumedBy: new AccountPrincipal(hub.accountId).withConditions({
        ArnEquals: { 'aws:PrincipalArn': callers },
        StringEquals: { 'sts:ExternalId': hub.externalId },
      }),
    });
    this.grantLikeInHub(role);
  }

  private grantLikeInHub(role: SpokeRoleName): void {
    const stack = Stack.of(this);
    const profiles = TASKS_OF_SPOKE_ROLE[role].map((task) => TASK_CATALOGUE[task]);
    const reads = new Set<ReadPermission>(profiles.flatMap((profile) => profile.reads ?? []));
    for (const permission of reads) grantReading(permission, this, stack);
    for (const { updatesFunctions: updates } of profiles) {
      if (updates) grantUpdatingFunctions(this, stack, updates.does);
      if (updates?.unlessExcluded) denyUpdatingExcludedFunctions(this, stack, updates.does);
    }
  }
}
