import { UnsupportedByAccountError } from '../core/unsupported.ts';
import { type Condition, parseConditions } from './conditions.ts';

/** Who wants to be a role, and what he says. */
export interface Assuming {
  readonly accountId: string;
  /** ARN of the caller's role or user, without its session. */
  readonly principalArn: string;
  readonly externalId: string | undefined;
}

interface TrustStatement {
  readonly effect: 'Allow' | 'Deny';
  readonly principals: readonly string[];
  readonly conditions: readonly Condition[];
}

/** A role's trust policy, compiled: who may assume it. */
export interface TrustPolicy {
  trusts(assuming: Assuming): boolean;
}

const ELEMENTS = ['Sid', 'Effect', 'Action', 'Principal', 'Condition'];

/**
 * Reads a trust policy whose intrinsic functions are resolved. Statements that trust a service say nothing of accounts;
 * elements that are not implemented are refused.
 */
export function parseTrustPolicy(document: unknown): TrustPolicy {
  const { Statement: statements } = document as { Statement: unknown };
  const parsed = [statements].flat().flatMap((each) => parseStatement(each as Record<string, unknown>));
  return {
    trusts: (assuming) => {
      const applying = parsed.filter((statement) => applies(statement, assuming));
      return applying.length > 0 && applying.every(({ effect }) => effect === 'Allow');
    },
  };
}

function parseStatement(statement: Record<string, unknown>): TrustStatement[] {
  const unknown = Object.keys(statement).filter((element) => !ELEMENTS.includes(element));
  const { Effect: effect, Action: action, Principal: principal, Condition: condition } = statement;
  const { AWS: named, Service: service, ...others } = (principal ?? {}) as Record<string, unknown>;
  const unread = [...unknown, ...Object.keys(others).map((kind) => `Principal.${kind}`)];
  if (unread.length > 0) throw new UnsupportedByAccountError(`${unread.join(', ')} in a role's trust policy`);
  if (effect !== 'Allow' && effect !== 'Deny') throw new UnsupportedByAccountError(`the effect ${effect}`);
  if (named === undefined && service !== undefined) return [];
  if (action !== 'sts:AssumeRole') throw new UnsupportedByAccountError(`${action} in a role's trust policy`);
  const principals = [named].flat().map(String);
  const wrong = principals.find((each) => !/^arn:aws[\w-]*:iam::\d{12}:(root$|role\/|user\/)/.test(each));
  if (wrong !== undefined) throw new UnsupportedByAccountError(`the principal ${wrong} in a role's trust policy`);
  return [{ effect, principals, conditions: parseConditions(condition) }];
}

/** An account's root stands for everybody in it, as far as his own policies let him. */
function applies({ principals, conditions }: TrustStatement, assuming: Assuming): boolean {
  const { accountId, principalArn, externalId } = assuming;
  const isNamed = principals.some((each) => each === principalArn || each.endsWith(`:iam::${accountId}:root`));
  const keys = (key: string) => {
    if (key.toLowerCase() === 'aws:principalarn') return [principalArn];
    if (key.toLowerCase() === 'sts:externalid') return externalId === undefined ? undefined : [externalId];
    throw new UnsupportedByAccountError(`the condition key ${key} of a role's trust policy`);
  };
  return isNamed && conditions.every((condition) => condition.holds(keys));
}
