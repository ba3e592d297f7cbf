import { UnsupportedByAccountError } from '../core/unsupported.ts';
import { type Condition, parseConditions } from './conditions.ts';
import { anyOf, type Matcher } from './wildcard.ts';

/** A statement of an identity policy, compiled. */
export interface Statement {
  readonly effect: 'Allow' | 'Deny';
  readonly action: Matcher;
  readonly resource: Matcher;
  readonly conditions: readonly Condition[];
  /** As in the policy, for reasons. */
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

const ELEMENTS = ['Sid', 'Effect', 'Action', 'Resource', 'Condition'];

/**
 * Reads an identity policy whose intrinsic functions are resolved. Elements, operators and keys that are not implemented
 * (`NotAction`, policy variables, …) are refused: a part that is skipped would allow or refuse by chance.
 */
export function parsePolicy(document: unknown): Statement[] {
  const { Statement: statements } = document as { Statement: unknown };
  return [statements].flat().map((statement) => parseStatement(statement as Record<string, unknown>));
}

function parseStatement(statement: Record<string, unknown>): Statement {
  const unknown = Object.keys(statement).filter((element) => !ELEMENTS.includes(element));
  if (unknown.length > 0) throw new UnsupportedByAccountError(`${unknown.join(', ')} in a statement of an IAM policy`);
  const { Effect: effect, Action: actions, Resource: resources, Condition: condition } = statement;
  if (effect !== 'Allow' && effect !== 'Deny')
    throw new UnsupportedByAccountError(`the effect ${effect}; known are Allow and Deny`);
  const patterns = textsOf('Resource', resources);
  const actionPatterns = textsOf('Action', actions);
  return {
    effect,
    action: anyOf(actionPatterns.map((action) => action.toLowerCase())),
    resource: anyOf(patterns),
    conditions: parseConditions(condition),
    actions: actionPatterns,
    resources: patterns,
  };
}

function textsOf(element: string, value: unknown): string[] {
  const texts = [value].flat();
  const wrong = texts.filter((text) => typeof text !== 'string' || text.includes('${'));
  if (texts.length === 0 || wrong.length > 0)
    throw new UnsupportedByAccountError(`${element} ${JSON.stringify(wrong)} in a statement of an IAM policy`);
  return texts as string[];
}
