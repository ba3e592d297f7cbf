import * as fc from 'fast-check';

/** One request, as both evaluators are asked about it. */
export interface IamCase {
  readonly statements: readonly Record<string, unknown>[];
  readonly action: string;
  readonly resource: string;
  /** Condition keys that the request has. */
  readonly keys: Readonly<Record<string, string | string[]>>;
}

const LAMBDA = 'arn:aws:lambda:us-east-1:123456789012:function';
const TABLE = 'arn:aws:dynamodb:us-east-1:123456789012:table';

/** Texts that begin alike, and patterns over them: what is nearly equal is what an evaluator gets wrong. */
const TEXTS = ['RUN#1', 'RUN#', 'run#1', 'REMEDIATION#1', 'true', 'false', 'True', ''];
const PATTERNS = [...TEXTS, 'RUN#*', 'R?N#1', '*', '?', '*#1', 'RUN#?*'];

interface Service {
  readonly actions: readonly string[];
  readonly actionPatterns: readonly string[];
  readonly resources: readonly string[];
  readonly resourcePatterns: readonly string[];
  /** Keys of its requests: one of tags, and one that may have several values where there is such. */
  readonly keys: readonly string[];
}

const SERVICES: readonly Service[] = [
  {
    actions: ['lambda:GetFunction', 'lambda:UpdateFunctionConfiguration', 'lambda:UpdateAlias'],
    actionPatterns: ['lambda:*', 'lambda:Get*', 'LAMBDA:updatealias', 'lambda:Update?lias', 'lambda:*Function*', '*'],
    resources: [`${LAMBDA}:orders`, `${LAMBDA}:orders-api`, `${LAMBDA}:Orders`],
    resourcePatterns: [
      '*',
      `${LAMBDA}:*`,
      `${LAMBDA}:orders*`,
      `${LAMBDA}:order?`,
      'arn:aws:lambda:*:*:function:orders',
    ],
    keys: ['aws:ResourceTag/rightsizer:exclude', 'aws:ResourceTag/team'],
  },
  {
    actions: ['dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:GetItem'],
    actionPatterns: ['dynamodb:*', 'dynamodb:*Item', 'dynamodb:Put*', 'DynamoDB:PutItem', '*'],
    resources: [`${TABLE}/Ledger`, `${TABLE}/Ledger2`],
    resourcePatterns: ['*', `${TABLE}/*`, `${TABLE}/Ledger`, `${TABLE}/Ledger?`],
    keys: ['dynamodb:LeadingKeys', 'aws:ResourceTag/team'],
  },
];

const OPERATORS = ['StringEquals', 'StringNotEquals', 'StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase'];
const LIKE_OPERATORS = ['StringLike', 'StringNotLike'];
const isSeveral = (key: string): boolean => key === 'dynamodb:LeadingKeys';

function conditionOn(key: string): fc.Arbitrary<[string, Record<string, unknown>]> {
  const values = (from: readonly string[]) => fc.subarray([...from], { minLength: 1, maxLength: 3 });
  const quantified = (operator: string) =>
    isSeveral(key) ? fc.constantFrom(`ForAllValues:${operator}`, `ForAnyValue:${operator}`) : fc.constant(operator);
  const compared = (operators: readonly string[], from: readonly string[]) =>
    fc
      .tuple(fc.constantFrom(...operators).chain(quantified), values(from))
      .map(([operator, given]): [string, Record<string, unknown>] => [operator, { [key]: given }]);
  return fc.oneof(
    compared(OPERATORS, TEXTS),
    compared(LIKE_OPERATORS, PATTERNS),
    fc.constantFrom('true', 'false').map((absent): [string, Record<string, unknown>] => ['Null', { [key]: absent }]),
  );
}

function statementOf({ actions, actionPatterns, resources, resourcePatterns, keys }: Service) {
  return fc.record({
    Effect: fc.oneof({ weight: 2, arbitrary: fc.constant('Allow') }, { weight: 1, arbitrary: fc.constant('Deny') }),
    Action: fc.subarray([...actions, ...actionPatterns], { minLength: 1, maxLength: 2 }),
    Resource: fc.subarray([...resources, ...resourcePatterns], { minLength: 1, maxLength: 2 }),
    Condition: fc
      .array(fc.constantFrom(...keys).chain(conditionOn), { maxLength: 2 })
      .map((conditions) => Object.fromEntries(conditions)),
  });
}

function keysOf(keys: readonly string[]): fc.Arbitrary<Record<string, string | string[]>> {
  const valueAt = (key: string): fc.Arbitrary<string | string[]> =>
    isSeveral(key) ? fc.subarray(TEXTS, { minLength: 1, maxLength: 3 }) : fc.constantFrom(...TEXTS);
  return fc
    .tuple(...keys.map((key) => fc.option(valueAt(key), { nil: undefined })))
    .map((values) =>
      Object.fromEntries(keys.flatMap((key, at) => (values[at] === undefined ? [] : [[key, values[at]!]]))),
    );
}

/** Policies of the elements and operators that the stack's templates use, and requests that some of them are about. */
export const iamCase: fc.Arbitrary<IamCase> = fc.constantFrom(...SERVICES).chain((service) =>
  fc.record({
    statements: fc.array(statementOf(service), { minLength: 1, maxLength: 4 }),
    action: fc.constantFrom(...service.actions),
    resource: fc.constantFrom(...service.resources),
    keys: keysOf(service.keys),
  }),
);
