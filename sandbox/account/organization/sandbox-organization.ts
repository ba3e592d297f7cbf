import type { AssumeRoleCommandInput, AssumeRoleCommandOutput } from '@aws-sdk/client-sts';
import type { VirtualClock } from '../../clock/virtual-clock.ts';
import type { ClientSession } from '../core/client-plugin.ts';
import type { Bare } from '../core/operation.ts';
import { accessDenied } from '../iam/access-denied.ts';
import type { Role } from '../iam/role.ts';
import type { TrustPolicy } from '../iam/trust-policy.ts';
import { readSessionToken, sessionToken } from './session-token.ts';

/** What an account is asked by sessions of its roles. */
export interface OrganizationAccount {
  readonly accountId: string;
  readonly region: string;
  answerAs(role: Role, service: string, operation: string, input: Record<string, unknown>): Promise<object>;
}

/** A role of one of the accounts that others may want to be. */
export interface AssumableRole {
  readonly role: Role;
  readonly trust: TrustPolicy;
}

/**
 * Accounts and regions beside the one that is plugged into the clients, and the roles in them that may be assumed. Each
 * is an account in memory of its own: what is done in it is checked by its own rules, with the role's policies.
 */
export class SandboxOrganization {
  /** Every AssumeRole that was refused, in AWS's words. */
  readonly refusals = new Set<string>();
  private readonly clock: VirtualClock;
  private readonly accounts = new Map<string, OrganizationAccount>();
  private readonly roles = new Map<string, AssumableRole & { readonly roleId: string }>();
  private rolesMade = 0;

  constructor(clock: VirtualClock) {
    this.clock = clock;
  }

  add(account: OrganizationAccount): void {
    this.accounts.set(`${account.accountId}/${account.region}`, account);
  }

  /** A role stands from now on; one of the same ARN is gone, and its sessions are none of the new one's. */
  putRole(roleArn: string, role: AssumableRole): void {
    this.rolesMade += 1;
    this.roles.set(roleArn, { ...role, roleId: `AROASANDBOX${this.rolesMade}` });
  }

  /** The role is gone, and with it what its sessions may do. */
  deleteRole(roleArn: string): void {
    this.roles.delete(roleArn);
  }

  /** The role is deleted and made again as it was, as by a stack that is deployed anew: its sessions end. */
  remakeRole(roleArn: string): void {
    const role = this.roles.get(roleArn);
    if (role !== undefined) this.putRole(roleArn, role);
  }

  /** STS: both the caller's policies, which the account has asked already, and the role's trust must allow it. */
  assumeRole(
    {
      RoleArn: roleArn = '',
      RoleSessionName: name = '',
      ExternalId: externalId,
      DurationSeconds = 3_600,
    }: AssumeRoleCommandInput,
    caller: Role | undefined,
    accountId: string,
  ): Bare<AssumeRoleCommandOutput> {
    const principalArn = `arn:aws:iam::${accountId}:${caller === undefined ? 'user/operator' : `role/${caller.name}`}`;
    const known = this.roles.get(roleArn);
    if (!known?.trust.trusts({ accountId, principalArn, externalId })) {
      const reason = `User: ${principalArn} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`;
      this.refusals.add(reason);
      throw accessDenied('STS', reason);
    }
    const expiresMs = this.clock.now() + DurationSeconds * 1_000;
    return {
      Credentials: {
        AccessKeyId: 'ASIASANDBOXSANDBOX00',
        SecretAccessKey: 'sandbox',
        SessionToken: sessionToken({ roleArn, roleId: known.roleId, expiresMs }),
        Expiration: new Date(expiresMs),
      },
      AssumedRoleUser: {
        AssumedRoleId: `${known.roleId}:${name}`,
        Arn: `${roleArn.replace(':role/', ':assumed-role/')}/${name}`,
      },
    };
  }

  /** Whom a session makes its bearer, and which account and region answers him. */
  enter(service: string, { region, sessionToken: token }: ClientSession): { account: OrganizationAccount; role: Role } {
    const session = readSessionToken(token);
    if (session === undefined) throw refusedToken(service, 'UnrecognizedClientException', 'is invalid');
    if (session.expiresMs <= this.clock.now()) throw refusedToken(service, 'ExpiredTokenException', 'is expired');
    const known = this.roles.get(session.roleArn);
    const accountId = session.roleArn.split(':')[4] ?? '';
    const account = this.accounts.get(`${accountId}/${region}`);
    if (known?.roleId !== session.roleId) throw refusedToken(service, 'UnrecognizedClientException', 'is invalid');
    if (account === undefined) throw new Error(`the organization has no account ${accountId} in ${region}`);
    return { account, role: known.role };
  }
}

/** What a service answers to credentials that are no good any more: the same words, whatever it is. */
function refusedToken(service: string, name: string, what: string): Error {
  const error = accessDenied(service, `The security token included in the request ${what}`);
  error.name = name;
  return error;
}
