import type { AccessRequest } from '../../../../../sandbox/account/iam/access-request.ts';
import { parsePolicy } from '../../../../../sandbox/account/iam/policy-document.ts';
import { Role } from '../../../../../sandbox/account/iam/role.ts';

const TABLE = 'arn:aws:dynamodb:us-east-1:123456789012:table/Ledger';
const FUNCTION = 'arn:aws:lambda:us-east-1:123456789012:function:orders';

type Statement = Record<string, unknown>;

const roleWith = (...statements: Statement[]): Role => new Role('Task', parsePolicy({ Statement: statements }));
const asking = (
  action: string,
  resource: string,
  keys: Record<string, readonly string[] | undefined> = {},
): AccessRequest => ({ action, resource, keys: (key) => keys[key] });

const allowed = (statements: Statement[], request: AccessRequest): boolean =>
  roleWith(...statements).decide(request).allowed;
const reason = (statements: Statement[], request: AccessRequest): string => {
  const decision = roleWith(...statements).decide(request);
  return decision.allowed ? 'allowed' : decision.reason;
};

describe('actions and resources', () => {
  it.each([
    ['dynamodb:GetItem', TABLE, 'dynamodb:GetItem', TABLE, true],
    ['dynamodb:GetItem', TABLE, 'dynamodb:PutItem', TABLE, false],
    ['DynamoDB:getitem', TABLE, 'dynamodb:GetItem', TABLE, true],
    ['dynamodb:*', TABLE, 'dynamodb:PutItem', TABLE, true],
    ['dynamodb:*', TABLE, 'dynamodbx:PutItem', TABLE, false],
    ['dynamodb:Get*', TABLE, 'dynamodb:BatchGetItem', TABLE, false],
    ['dynamodb:*Item', TABLE, 'dynamodb:BatchGetItem', TABLE, true],
    ['*', '*', 'dynamodb:PutItem', TABLE, true],
    ['dynamodb:Query', TABLE, 'dynamodb:Query', `${TABLE}/index/OpenChanges`, false],
    ['dynamodb:Query', `${TABLE}/index/*`, 'dynamodb:Query', `${TABLE}/index/OpenChanges`, true],
    ['dynamodb:Query', TABLE, 'dynamodb:Query', `${TABLE}2`, false],
    ['dynamodb:Query', TABLE.replace('table/', 'table/?'), 'dynamodb:Query', TABLE.replace('table/', 'table/x'), true],
    ['dynamodb:Query', TABLE.replace('123456789012', '*'), 'dynamodb:Query', TABLE, true],
    ['lambda:GetFunction', FUNCTION.replace('orders', '*'), 'lambda:GetFunction', `${FUNCTION}:live`, true],
    ['cloudwatch:GetMetricData', FUNCTION, 'cloudwatch:GetMetricData', '*', false],
    ['s3:GetObject', 'arn:aws:s3:::b/runs/*', 's3:GetObject', 'arn:aws:s3:::b/runs/1/a.json', true],
    ['s3:GetObject', 'arn:aws:s3:::b.c/*', 's3:GetObject', 'arn:aws:s3:::bxc/a', false],
  ])('a grant of %s on %s answers %s on %s with %s', (Action, Resource, action, resource, expected) => {
    expect(allowed([{ Effect: 'Allow', Action, Resource }], asking(action, resource))).toBe(expected);
  });

  it('refuses what nothing allows, and names the action', () => {
    expect(reason([], asking('sns:Publish', 'arn:t'))).toBe(
      'because no identity-based policy allows the sns:Publish action',
    );
  });

  it('names the resources that are allowed where this one is not', () => {
    const statement = { Effect: 'Allow', Action: ['sns:Publish'], Resource: ['arn:a', 'arn:b'] };
    expect(reason([statement], asking('sns:Publish', 'arn:t'))).toContain('(but on arn:a, arn:b)');
  });

  it.each([['first'], ['last']])('refuses what is denied, the deny standing %s', (place) => {
    const allow = { Effect: 'Allow', Action: '*', Resource: '*' };
    const deny = { Effect: 'Deny', Action: 'lambda:Update*', Resource: FUNCTION };
    const statements = place === 'first' ? [deny, allow] : [allow, deny];
    expect(reason(statements, asking('lambda:UpdateAlias', FUNCTION))).toBe(
      'with an explicit deny in an identity-based policy',
    );
    expect(allowed(statements, asking('lambda:UpdateAlias', `${FUNCTION}2`))).toBe(true);
  });
});

describe('conditions', () => {
  const under = (condition: unknown, keys: Record<string, readonly string[] | undefined>): boolean =>
    allowed(
      [{ Effect: 'Allow', Action: '*', Resource: '*', Condition: condition }],
      asking('dynamodb:PutItem', TABLE, keys),
    );
  const KEY = 'aws:ResourceTag/team';

  it.each([
    ['StringEquals', ['a', 'b'], ['b'], true],
    ['StringEquals', ['a', 'b'], ['B'], false],
    ['StringEquals', ['a*'], ['ab'], false],
    ['StringEquals', ['a'], undefined, false],
    ['StringNotEquals', ['a', 'b'], ['c'], true],
    ['StringNotEquals', ['a', 'b'], ['b'], false],
    ['StringNotEquals', ['a'], undefined, true],
    ['StringEqualsIgnoreCase', ['False'], ['fALSE'], true],
    ['StringNotEqualsIgnoreCase', ['false'], ['False'], false],
    ['StringNotEqualsIgnoreCase', ['false'], ['true'], true],
    ['StringNotEqualsIgnoreCase', ['false'], undefined, true],
    ['StringLike', ['RUN#*'], ['RUN#1'], true],
    ['StringLike', ['RUN#*'], ['run#1'], false],
    ['StringLike', ['RUN#*'], undefined, false],
    ['StringNotLike', ['RUN#*'], ['RUN#1'], false],
    ['StringNotLike', ['RUN#*'], undefined, true],
    ['ForAllValues:StringLike', ['RUN#*', 'LINK#*'], ['RUN#1', 'LINK#2'], true],
    ['ForAllValues:StringLike', ['RUN#*'], ['RUN#1', 'FUNCTION#a'], false],
    ['ForAllValues:StringLike', ['RUN#*'], [], true],
    ['ForAllValues:StringLike', ['RUN#*'], undefined, true],
    ['ForAnyValue:StringLike', ['RUN#*'], ['RUN#1', 'FUNCTION#a'], true],
    ['ForAnyValue:StringLike', ['RUN#*'], ['FUNCTION#a'], false],
    ['ForAnyValue:StringLike', ['RUN#*'], undefined, false],
    ['Null', ['true'], undefined, true],
    ['Null', ['true'], ['a'], false],
    ['Null', ['false'], ['a'], true],
    ['Null', ['false'], undefined, false],
  ])('%s %j holds for %j: %s', (operator, values, actual, expected) => {
    expect(under({ [operator]: { [KEY]: values } }, { [KEY]: actual })).toBe(expected);
  });

  it('must hold all together', () => {
    const both = { Null: { [KEY]: 'false' }, StringNotEqualsIgnoreCase: { [KEY]: 'false' } };
    expect([undefined, ['false'], ['true']].map((actual) => under(both, { [KEY]: actual }))).toEqual([
      false,
      false,
      true,
    ]);
  });

  it('are told where they do not hold, with what the request has', () => {
    const condition = { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['RUN#*'] } };
    const statement = { Effect: 'Allow', Action: '*', Resource: '*', Condition: condition };
    const request = asking('dynamodb:PutItem', TABLE, { 'dynamodb:LeadingKeys': ['FUNCTION#a'] });
    expect(reason([statement], request)).toContain(
      '(unless ForAllValues:StringLike dynamodb:LeadingKeys ["RUN#*"]; it is ["FUNCTION#a"])',
    );
  });

  it('refuses to judge several values by an operator for one', () => {
    expect(() =>
      under({ StringLike: { 'dynamodb:LeadingKeys': 'RUN#*' } }, { 'dynamodb:LeadingKeys': ['a', 'b'] }),
    ).toThrow(/several values/);
  });
});

describe('a policy', () => {
  const statement = { Effect: 'Allow', Action: '*', Resource: '*' };

  it.each([
    [{ ...statement, NotAction: 'iam:*' }, /NotAction/],
    [{ Effect: 'Allow', Action: '*', NotResource: '*' }, /NotResource/],
    [{ ...statement, Principal: '*' }, /Principal/],
    [{ ...statement, Effect: 'allow' }, /the effect allow/],
    [{ Effect: 'Allow', Action: '*' }, /Resource/],
    [{ ...statement, Resource: 'arn:aws:s3:::b/${aws:username}' }, /username/],
    [{ ...statement, Resource: { Ref: 'Topic' } }, /Topic/],
    [{ ...statement, Condition: { DateLessThan: { 'aws:ResourceTag/a': 'x' } } }, /operator DateLessThan/],
    [{ ...statement, Condition: { StringEqualsIfExists: { 'aws:ResourceTag/a': 'x' } } }, /StringEqualsIfExists/],
    [{ ...statement, Condition: { 'ForMostValues:StringLike': { 'aws:ResourceTag/a': 'x' } } }, /ForMostValues/],
    [{ ...statement, Condition: { StringEquals: { 'aws:SourceIp': '1.2.3.4' } } }, /key aws:SourceIp/],
    [{ ...statement, Condition: { StringEquals: { 'aws:ResourceTag/a': '${aws:PrincipalTag/a}' } } }, /variable/],
    [{ ...statement, Condition: { Null: { 'aws:ResourceTag/a': 'maybe' } } }, /Null/],
  ])('is refused rather than read in part: %j', (unread, message) => {
    expect(() => parsePolicy({ Statement: [unread] })).toThrow(message);
    expect(() => parsePolicy({ Statement: [unread] })).toThrow(/does not implement/);
  });

  it('may have a single statement that stands alone', () => {
    expect(parsePolicy({ Statement: statement })).toHaveLength(1);
  });
});
