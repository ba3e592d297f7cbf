import { readSessionToken } from '../../../sandbox/account/organization/session-token.ts';

/** What a client speaks with that has credentials of its own. */
export interface SessionOfClient {
  readonly region: string;
  readonly sessionToken: string | undefined;
}

/** A call in another account or region, made as a role that was assumed there. */
export interface Visit {
  readonly accountId: string;
  readonly region: string;
  readonly roleArn: string;
  /** When its session ends, epoch ms. */
  readonly expiresMs: number;
}

/** Undefined for a call that the hub makes as itself. */
export function visitOf(session: SessionOfClient | undefined): Visit | undefined {
  const token = session && readSessionToken(session.sessionToken);
  if (session === undefined || token === undefined) return undefined;
  const { roleArn, expiresMs } = token;
  return { accountId: accountOf(roleArn), region: session.region, roleArn, expiresMs };
}

/** An account and region in one word, by which they are compared. */
export const placeOf = ({ accountId, region }: { accountId: string; region: string }): string =>
  `${accountId}/${region}`;

/** `arn:aws:iam::<account>:role/Rightsizer-<region>-spoke-<what for>`, as the spokes' template names its roles. */
const SPOKE_ROLE = /^arn:aws:iam::(\d{12}):role\/Rightsizer-([a-z]+-[a-z]+-\d)-spoke-([a-z-]+)$/;

/** The place that a role is of, and what it is for; undefined for one that is no spoke's. */
export function spokeRole(roleArn: string): { place: string; purpose: string } | undefined {
  const [, accountId, region, purpose] = SPOKE_ROLE.exec(roleArn) ?? [];
  if (accountId === undefined || region === undefined || purpose === undefined) return undefined;
  return { place: placeOf({ accountId, region }), purpose };
}

const FUNCTION_ARN = /^arn:aws:lambda:([^:]+):(\d+):function:/;

/** Where a function is, by how the hub knows it; undefined for the hub's own account and region. */
export function placeOfFunction(functionName: string): string | undefined {
  const [, region, accountId] = FUNCTION_ARN.exec(functionName) ?? [];
  return region === undefined || accountId === undefined ? undefined : placeOf({ accountId, region });
}

const accountOf = (roleArn: string): string => roleArn.split(':')[4] ?? '';
