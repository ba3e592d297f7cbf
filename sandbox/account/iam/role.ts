import type { AccessRequest } from './access-request.ts';
import type { Statement } from './policy-document.ts';
import { UnusedGrants } from './unused-grants.ts';

export type Decision = { readonly allowed: true } | { readonly allowed: false; readonly reason: string };

const ALLOWED: Decision = { allowed: true };

/** What a role may do: the statements of all its identity policies. */
export class Role {
  readonly name: string;
  readonly unused: UnusedGrants;
  private readonly statements: readonly Statement[];
  /** Statements about an action; a role is asked for few actions, thousands of times each. */
  private readonly byAction = new Map<string, readonly Statement[]>();

  constructor(name: string, statements: readonly Statement[]) {
    this.name = name;
    this.statements = statements;
    this.unused = new UnusedGrants(statements);
  }

  /** A Deny that applies decides; otherwise some Allow must apply. */
  decide(request: AccessRequest): Decision {
    const about = this.about(request.action);
    const applying = about.filter((statement) => applies(statement, request));
    if (applying.some(({ effect }) => effect === 'Deny'))
      return { allowed: false, reason: 'with an explicit deny in an identity-based policy' };
    if (applying.length > 0) {
      this.unused.note(request.action, request.resource);
      return ALLOWED;
    }
    const allowing = about.filter(({ effect }) => effect === 'Allow');
    return { allowed: false, reason: `because no identity-based policy allows ${whyNot(allowing, request)}` };
  }

  private about(action: string): readonly Statement[] {
    const known = this.byAction.get(action);
    if (known) return known;
    const lowerCase = action.toLowerCase();
    const about = this.statements.filter((statement) => statement.action(lowerCase));
    this.byAction.set(action, about);
    return about;
  }
}

const applies = (statement: Statement, request: AccessRequest): boolean =>
  statement.resource(request.resource) && statement.conditions.every((condition) => condition.holds(request.keys));

/** What stands between the role and the request: more than AWS tells, since a test's reader has the policy at hand. */
function whyNot(allowing: readonly Statement[], { action, resource, keys }: AccessRequest): string {
  const what = `the ${action} action`;
  if (allowing.length === 0) return what;
  const [unmet] = allowing
    .filter((statement) => statement.resource(resource))
    .flatMap(({ conditions }) => conditions.filter((condition) => !condition.holds(keys)));
  if (unmet) return `${what} (unless ${unmet.text}; it is ${JSON.stringify(keys(unmet.key) ?? 'absent')})`;
  return `${what} (but on ${allowing.flatMap(({ resources }) => resources).join(', ')})`;
}
