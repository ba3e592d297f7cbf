import { parsePolicy, type Statement } from '../account/iam/policy-document.ts';
import { Role } from '../account/iam/role.ts';
import { parseTrustPolicy, type TrustPolicy } from '../account/iam/trust-policy.ts';
import { resourcesOfType, type Template } from './template.ts';

interface Policy {
  PolicyDocument: unknown;
}

/** Parts of a role that would change what it may do and that nobody here reads. */
const UNREAD = ['ManagedPolicyArns', 'PermissionsBoundary'];

/**
 * The template's roles by ARN, each with the statements of every policy that is attached to it.
 *
 * @param resolve replaces intrinsic functions
 */
export function rolesOf(template: Template, resolve: (value: unknown) => unknown): Map<string, Role> {
  const attached = attachedStatements(template, resolve);
  const roles = resourcesOfType(template, 'AWS::IAM::Role').map(([logicalId, { Properties: properties = {} }]) => {
    const unread = UNREAD.filter((name) => properties[name] !== undefined);
    if (unread.length > 0) throw new Error(`the embedded deployment does not read ${unread.join(', ')} (${logicalId})`);
    const name = String(resolve({ Ref: logicalId }));
    const inline = statementsIn((properties['Policies'] ?? []) as Policy[], resolve);
    const role = new Role(name, [...inline, ...(attached.get(name) ?? [])]);
    return [String(resolve({ 'Fn::GetAtt': [logicalId, 'Arn'] })), role] as const;
  });
  return new Map(roles);
}

/** Statements of policies that stand in the template by themselves, by the name of the role they are attached to. */
function attachedStatements(template: Template, resolve: (value: unknown) => unknown): Map<string, Statement[]> {
  const policies = ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy'].flatMap((type) => resourcesOfType(template, type));
  const attached = new Map<string, Statement[]>();
  for (const [, { Properties: properties }] of policies) {
    // A template's properties are untyped; this resource is an inline policy.
    const statements = statementsIn([properties as unknown as Policy], resolve);
    for (const role of resolve(properties?.['Roles'] ?? []) as string[]) {
      attached.set(role, [...(attached.get(role) ?? []), ...statements]);
    }
  }
  return attached;
}

const statementsIn = (policies: readonly Policy[], resolve: (value: unknown) => unknown): Statement[] =>
  policies.flatMap(({ PolicyDocument: document }) => parsePolicy(resolve(document)));

/** Who may assume the template's roles, by the role's ARN. */
export function trustPoliciesOf(template: Template, resolve: (value: unknown) => unknown): Map<string, TrustPolicy> {
  return new Map(
    resourcesOfType(template, 'AWS::IAM::Role').map(([logicalId, { Properties: properties = {} }]) => [
      String(resolve({ 'Fn::GetAtt': [logicalId, 'Arn'] })),
      parseTrustPolicy(resolve(properties['AssumeRolePolicyDocument'])),
    ]),
  );
}
