import { UnsupportedByAccountError } from '../core/unsupported.ts';
import { arnPattern, wildcard } from './wildcard.ts';

/**
 * A condition key's values in one request: undefined where the request has no such key. Throws for a key whose values
 * nobody here can know, since a guess would allow or refuse by chance.
 */
export type ConditionKeys = (key: string) => readonly string[] | undefined;

/** One key of one operator of a statement's Condition, ready to be asked of requests. */
export interface Condition {
  readonly key: string;
  /** As in the policy, for reasons. */
  readonly text: string;
  holds(keys: ConditionKeys): boolean;
}

/** Whether one value of a request satisfies the policy's values. */
type Test = (values: readonly string[]) => (actual: string) => boolean;

const some =
  (compile: (expected: string) => (actual: string) => boolean): Test =>
  (values) => {
    const tests = values.map(compile);
    return (actual) => tests.some((test) => test(actual));
  };
const none =
  (test: Test): Test =>
  (values) => {
    const matches = test(values);
    return (actual) => !matches(actual);
  };

const equals = some((expected) => (actual) => actual === expected);
const equalsIgnoringCase = some((expected) => (actual) => actual.toLowerCase() === expected.toLowerCase());
const like = some(wildcard);
const arnLike = some(arnPattern);

interface Operator {
  readonly test: Test;
  /** Negated operators hold where the request has no such key. */
  readonly negated: boolean;
}

const OPERATORS: Readonly<Record<string, Operator>> = {
  StringEquals: { test: equals, negated: false },
  StringNotEquals: { test: none(equals), negated: true },
  StringEqualsIgnoreCase: { test: equalsIgnoringCase, negated: false },
  StringNotEqualsIgnoreCase: { test: none(equalsIgnoringCase), negated: true },
  StringLike: { test: like, negated: false },
  StringNotLike: { test: none(like), negated: true },
  // AWS evaluates both alike.
  ArnEquals: { test: arnLike, negated: false },
  ArnLike: { test: arnLike, negated: false },
};

/** Keys whose values access requests can tell; a policy with another is refused when it is read. */
const KNOWN_KEYS = [
  /^dynamodb:LeadingKeys$/i,
  /^aws:ResourceTag\/.+$/i,
  /^iam:PassedToService$/i,
  /^kms:ViaService$/i,
  // Trust policies of roles ask for these.
  /^aws:PrincipalArn$/i,
  /^sts:ExternalId$/i,
  // Only iam:CreateServiceLinkedRole has it, which no caller asks for by itself.
  /^iam:AWSServiceName$/i,
];

type Written = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Reads a statement's Condition. Throws for operators and keys that are not implemented. */
export function parseConditions(condition: unknown): Condition[] {
  return Object.entries((condition ?? {}) as Written).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, value]) => parseCondition(operator, key, [value].flat().map(String))),
  );
}

function parseCondition(operator: string, key: string, values: readonly string[]): Condition {
  if (!KNOWN_KEYS.some((known) => known.test(key)))
    throw new UnsupportedByAccountError(`the condition key ${key} of an IAM policy`);
  const variable = values.find((value) => value.includes('${'));
  if (variable !== undefined) throw new UnsupportedByAccountError(`the variable in ${key}'s ${variable}`);
  return { key, text: `${operator} ${key} ${JSON.stringify(values)}`, holds: compile(operator, key, values) };
}

function compile(written: string, key: string, values: readonly string[]): Condition['holds'] {
  if (written === 'Null') return isAbsent(key, values);
  const [, quantifier, name = ''] = /^(?:(ForAllValues|ForAnyValue):)?(.+)$/.exec(written) ?? [];
  const operator = OPERATORS[name];
  if (!operator) throw new UnsupportedByAccountError(`the condition operator ${written} of an IAM policy`);
  const test = operator.test(values);
  if (quantifier === 'ForAllValues') return (keys) => (keys(key) ?? []).every(test);
  if (quantifier === 'ForAnyValue') return (keys) => (keys(key) ?? []).some(test);
  return (keys) => {
    const actual = keys(key);
    if (actual === undefined) return operator.negated;
    if (actual.length !== 1) throw new UnsupportedByAccountError(`${written} on ${key}, which has several values`);
    return test(actual[0]!);
  };
}

function isAbsent(key: string, values: readonly string[]): Condition['holds'] {
  const [value] = values;
  if (values.length !== 1 || (value !== 'true' && value !== 'false'))
    throw new UnsupportedByAccountError(`the condition Null ${key} ${JSON.stringify(values)}`);
  return (keys) => (keys(key) === undefined) === (value === 'true');
}
