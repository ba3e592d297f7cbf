import { UnsupportedByAccountError } from '../core/unsupported.ts';
import { type ContextValues, conditionsHold } from './conditions.ts';
import { likeness } from './likeness.ts';

/** A statement as policy documents have it, intrinsic functions resolved. */
export interface PolicyStatement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** One action on one resource, as IAM is asked about it. */
export interface AccessRequest {
  readonly action: string;
  /** ARN, or `*` where the action takes no resource; undefined where only the service can tell which it is. */
  readonly resource: string | undefined;
  readonly context?: ContextValues;
}

/**
 * The part of IAM's evaluation that identity policies decide: allowed if some statement allows it and none denies it.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export class IdentityPolicy {
  readonly #statements: readonly Compiled[];

  constructor(statements: readonly PolicyStatement[]) {
    this.#statements = statements.map(compile);
  }

  allows(request: AccessRequest): boolean {
    const speaking = this.#statements.filter((each) => each.isAbout(request));
    return speaking.some(({ effect }) => effect === 'Allow') && speaking.every(({ effect }) => effect === 'Allow');
  }
}

interface Compiled {
  readonly effect: 'Allow' | 'Deny';
  isAbout(request: AccessRequest): boolean;
}

const KNOWN = new Set(['Sid', 'Effect', 'Action', 'Resource', 'Condition']);

function compile(statement: PolicyStatement): Compiled {
  const unknown = Object.keys(statement).filter((key) => !KNOWN.has(key));
  if (unknown.length > 0) throw new UnsupportedByAccountError(`an IAM statement with ${unknown.join(', ')}`);
  const actions = listOf(statement.Action).map((each) => likeness(each.toLowerCase()));
  const resources = listOf(statement.Resource).map(likeness);
  const { Condition: conditions = {} } = statement;
  return {
    effect: statement.Effect,
    isAbout: ({ action, resource, context = {} }) =>
      actions.some((isAlike) => isAlike(action.toLowerCase())) &&
      (resource === undefined || resources.some((isAlike) => isAlike(resource))) &&
      conditionsHold(conditions, context),
  };
}

const listOf = (value: string | readonly string[]): readonly string[] => (typeof value === 'string' ? [value] : value);
