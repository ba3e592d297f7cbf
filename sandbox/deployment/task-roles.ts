import { IdentityPolicy, type PolicyStatement } from '../account/iam/policy.ts';
import type { Principal } from '../account/iam/principal.ts';
import { type DeployedResource, resourcesOfType, type Template, type TemplateResource } from './template.ts';

export interface RoleStage {
  template: Template;
  resources: ReadonlyMap<string, DeployedResource>;
  resolve(value: unknown): unknown;
}

interface PolicyDocument {
  Statement: PolicyStatement[];
}

/** Whom a function or state machine of the template acts as: its role, with every policy that the template attaches to it. */
export function principalOf({ Properties }: TemplateResource, stage: RoleStage): Principal {
  const roleArn = String(stage.resolve(Properties?.['Role'] ?? Properties?.['RoleArn']));
  const [id, role] = resourcesOfType(stage.template, 'AWS::IAM::Role').find(
    ([each]) => stage.resources.get(each)?.attributes['Arn'] === roleArn,
  ) ?? [undefined, undefined];
  if (id === undefined) throw new Error(`the template has no role ${roleArn}`);
  const inline = (role?.Properties?.['Policies'] ?? []) as { PolicyDocument: PolicyDocument }[];
  const documents = [...inline.map((each) => each.PolicyDocument), ...attachedDocuments(id, stage)];
  const statements = documents.flatMap((document) => (stage.resolve(document) as PolicyDocument).Statement);
  return { name: roleArn, policy: new IdentityPolicy(statements) };
}

function attachedDocuments(roleId: string, { template }: RoleStage): PolicyDocument[] {
  const policies = ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy'].flatMap((type) => resourcesOfType(template, type));
  return policies
    .map(([, { Properties }]) => Properties as { Roles?: { Ref: string }[]; PolicyDocument: PolicyDocument })
    .filter(({ Roles }) => Roles?.some((each) => each.Ref === roleId))
    .map(({ PolicyDocument }) => PolicyDocument);
}
