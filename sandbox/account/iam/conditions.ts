import { UnsupportedByAccountError } from '../core/unsupported.ts';
import { likeness } from './likeness.ts';

/** Values of condition keys. A key that is known to be absent has no values; one that is left out is not simulated. */
export type ContextValues = Readonly<Record<string, readonly string[]>>;

type Operator = (values: readonly string[], wanted: readonly string[]) => boolean;

const isLikeAny = (value: string, wanted: readonly string[]): boolean => wanted.some((each) => likeness(each)(value));
const isAnyIgnoringCase = (value: string, wanted: readonly string[]): boolean =>
  wanted.some((each) => each.toLowerCase() === value.toLowerCase());

/**
 * Only the operators that our templates use, each with its meaning for an absent key.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
const OPERATORS: Readonly<Record<string, Operator>> = {
  StringEquals: ([value], wanted) => value !== undefined && wanted.includes(value),
  StringLike: ([value], wanted) => value !== undefined && isLikeAny(value, wanted),
  // Negated operators hold for an absent key.
  StringNotEqualsIgnoreCase: ([value], wanted) => value === undefined || !isAnyIgnoringCase(value, wanted),
  // Of no values all are like anything.
  'ForAllValues:StringLike': (values, wanted) => values.every((value) => isLikeAny(value, wanted)),
  Null: (values, [isAbsent]) => (values.length === 0) === (isAbsent === 'true'),
};

/** All operators and all their keys must hold. @throws UnsupportedByAccountError for an operator or a key unknown here */
export function conditionsHold(
  conditions: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
  context: ContextValues,
): boolean {
  return Object.entries(conditions).every(([name, keys]) => {
    const operator = OPERATORS[name];
    if (operator === undefined) throw new UnsupportedByAccountError(`IAM's condition operator ${name}`);
    return Object.entries(keys).every(([key, wanted]) => {
      const values = context[key];
      if (values === undefined) throw new UnsupportedByAccountError(`IAM's condition key ${key} for this call`);
      return operator(values, [wanted].flat().map(String));
    });
  });
}
