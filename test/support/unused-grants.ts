import { Access } from '../../sandbox/deployment/access.ts';

/** What the roles of every stack that is deployed while a test file runs were granted, and no stack's role has needed. */
export class GrantWatch {
  private readonly seen = new Set<Access>();

  /** Notices each stack by its first task. */
  constructor() {
    const { seen } = this;
    const asTask = Access.prototype.asTask;
    jest.spyOn(Access.prototype, 'asTask').mockImplementation(function (this: Access, task, work) {
      seen.add(this);
      return asTask.call(this, task, work);
    });
  }

  /** Grants that none of the stacks needed, by the role's short name; only roles whose short name matches. */
  unused(roles: RegExp): Record<string, string[]> {
    const common = new Map<string, string[]>();
    for (const access of this.seen)
      for (const [role, grants] of access.unusedGrants()) {
        const names = grants.map(shortGrant);
        const known = common.get(shortRole(role));
        common.set(shortRole(role), known === undefined ? names : known.filter((each) => names.includes(each)));
      }
    return Object.fromEntries([...common].filter(([role]) => roles.test(role)));
  }
}

const GENERATED = /[0-9A-F]{8,}\b/g;

/** Without the stack's name, `Role`, and what CloudFormation and CDK append. */
const shortRole = (name: string): string =>
  name
    .replace(/^[A-Za-z]+-/, '')
    .replace(GENERATED, '')
    .replace(/Role$/, '');

/** Without account and region, and with resources by their ids in the template. */
const shortGrant = (grant: string): string =>
  grant
    .replace(/arn:aws:[\w-]+:[\w-]*:\d*:/, '')
    .replace(/(?<=[:/])[A-Za-z]+-(?=[A-Z])/g, '')
    .replace(/(?<=[a-z])[0-9A-Fa-f]{8}(?=$|[:/*])/g, '');
