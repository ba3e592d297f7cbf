import type { Role } from '../account/iam/role.ts';
import type { SandboxOrganization } from '../account/organization/sandbox-organization.ts';
import type { SandboxAccount } from '../account/sandbox-account.ts';
import { identifyResources } from './identities.ts';
import { resolveIntrinsics } from './resolve-intrinsics.ts';
import { rolesOf, trustPoliciesOf } from './roles.ts';
import { pseudoParametersOf } from './stage.ts';
import type { Template } from './template.ts';

export interface SpokeToDeploy {
  template: Template;
  stackName: string;
  account: SandboxAccount;
  organization: SandboxOrganization;
}

/** Deploys a spoke's stack, as StackSets would, into an account and region of an organization; answers its roles by ARN. */
export function deploySpoke({ template, stackName, account, organization }: SpokeToDeploy): ReadonlyMap<string, Role> {
  const pseudo = pseudoParametersOf(account, stackName);
  const resources = identifyResources(template, { pseudo, apiEndpoint: '' });
  const resolve = (value: unknown) => resolveIntrinsics(value, resources, pseudo);
  const roles = rolesOf(template, resolve);
  const trusts = trustPoliciesOf(template, resolve);
  organization.add(account);
  for (const [roleArn, role] of roles) organization.putRole(roleArn, { role, trust: trusts.get(roleArn)! });
  return roles;
}
