import type { Statement } from './policy-document.ts';
import { type Matcher, wildcard } from './wildcard.ts';

interface Grant {
  readonly action: Matcher;
  readonly resource: Matcher;
}

/**
 * What a role was granted and has not needed so far: one action on one resource pattern each. A grant that no executed
 * test needs is either too much, or nobody knows whether it is enough.
 */
export class UnusedGrants {
  private readonly grants = new Map<string, Grant>();

  constructor(statements: readonly Statement[]) {
    for (const { actions, resources } of statements.filter(({ effect }) => effect === 'Allow'))
      for (const action of actions)
        for (const resource of resources)
          this.grants.set(`${action} on ${resource}`, {
            action: wildcard(action.toLowerCase()),
            resource: wildcard(resource),
          });
  }

  /** Takes note of a request that was allowed. Few requests are left to look at once every grant was needed. */
  note(action: string, resource: string): void {
    const asked = action.toLowerCase();
    for (const [name, grant] of this.grants)
      if (grant.action(asked) && grant.resource(resource)) this.grants.delete(name);
  }

  names(): string[] {
    return [...this.grants.keys()].toSorted();
  }
}
