import type { SynthesizedStack } from '../../sandbox/demos/night/synthesized-stack.ts';
import type { TemplateResource } from '../../sandbox/deployment/template.ts';

interface Statement {
  Effect: string;
  Action: string | string[];
  Resource: unknown;
}

/** The stack with an action taken from a role's policies, as somebody would who forgot to grant it. */
export function withoutGrant(stack: SynthesizedStack, roleId: RegExp, action: string): SynthesizedStack {
  const template = structuredClone(stack.template);
  const policies = Object.values(template.Resources).filter((resource) => isPolicyOf(resource, roleId));
  let taken = 0;
  for (const { Properties: properties } of policies) {
    const document = properties!['PolicyDocument'] as { Statement: Statement[] };
    document.Statement = document.Statement.flatMap((statement) => {
      const actions = [statement.Action].flat();
      const left = actions.filter((each) => statement.Effect === 'Deny' || each !== action);
      taken += actions.length - left.length;
      return left.length > 0 ? [{ ...statement, Action: left }] : [];
    });
  }
  if (taken === 0) throw new Error(`no role like ${roleId} has ${action}`);
  return { ...stack, template };
}

function isPolicyOf({ Type, Properties }: TemplateResource, roleId: RegExp): boolean {
  if (Type !== 'AWS::IAM::Policy' && Type !== 'AWS::IAM::ManagedPolicy') return false;
  const roles = (Properties?.['Roles'] ?? []) as { Ref: string }[];
  return roles.some(({ Ref }) => roleId.test(Ref));
}
