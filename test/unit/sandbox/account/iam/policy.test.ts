import { IdentityPolicy, type PolicyStatement } from '../../../../../sandbox/account/iam/policy.ts';

const TABLE = 'arn:aws:dynamodb:us-east-1:123456789012:table/ledger';
const FUNCTION = 'arn:aws:lambda:us-east-1:123456789012:function:orders';

const allow = (overrides: Partial<PolicyStatement> = {}): PolicyStatement => ({
  Effect: 'Allow',
  Action: ['dynamodb:PutItem', 'dynamodb:Get*'],
  Resource: TABLE,
  ...overrides,
});
const allows = (statements: readonly PolicyStatement[], action: string, resource: string | undefined, context = {}) =>
  new IdentityPolicy(statements).allows({ action, resource, context });

describe('an identity policy', () => {
  it.each([
    ['an action and a resource by name', 'dynamodb:PutItem', TABLE, true],
    ['an action in other letters', 'DynamoDB:putitem', TABLE, true],
    ['an action like a pattern', 'dynamodb:GetItem', TABLE, true],
    ['another action', 'dynamodb:UpdateItem', TABLE, false],
    ['another resource', 'dynamodb:PutItem', `${TABLE}/index/open`, false],
    ['an action whose resource only the service knows', 'dynamodb:PutItem', undefined, true],
  ])('decides on %s', (_, action, resource, expected) => {
    expect(allows([allow()], action, resource)).toBe(expected);
  });

  it('allows nothing by saying nothing', () => {
    expect(allows([], 'dynamodb:PutItem', TABLE)).toBe(false);
  });

  it('takes `*` and `?` for characters, and nothing else of a pattern for more than itself', () => {
    const one = [allow({ Action: '*', Resource: 'arn:aws:s3:::runs/?/a.json' })];
    expect(allows(one, 's3:GetObject', 'arn:aws:s3:::runs/1/a.json')).toBe(true);
    expect(allows(one, 's3:GetObject', 'arn:aws:s3:::runs/1/a-json')).toBe(false);
    expect(allows(one, 's3:GetObject', 'arn:aws:s3:::runs/12/a.json')).toBe(false);
  });

  it('denies what one statement denies, whatever others allow', () => {
    const everything = allow({ Action: '*', Resource: '*' });
    const deny = allow({ Effect: 'Deny', Action: 'lambda:Update*', Resource: '*' });
    expect(allows([everything, deny], 'lambda:UpdateAlias', FUNCTION)).toBe(false);
    expect(allows([everything, deny], 'lambda:GetAlias', FUNCTION)).toBe(true);
  });

  it.each([
    ['all keys are like one of the patterns', ['RUN#1', 'RUN#2'], true],
    ['one key is like none', ['RUN#1', 'FUNCTION#a'], false],
  ])('compares leading keys where %s', (_, keys, expected) => {
    const condition = { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['RUN#*', 'LINK#*'] } };
    const context = { 'dynamodb:LeadingKeys': keys };
    expect(allows([allow({ Condition: condition })], 'dynamodb:PutItem', TABLE, context)).toBe(expected);
  });

  it.each([
    ['has it with any other value', ['true'], false],
    ['has it as false', ['False'], true],
    ['has it not', [], true],
  ])('refuses a function by its tag where it %s', (_, tag, expected) => {
    const deny = allow({
      Effect: 'Deny',
      Action: '*',
      Resource: '*',
      Condition: {
        Null: { 'aws:ResourceTag/exclude': 'false' },
        StringNotEqualsIgnoreCase: { 'aws:ResourceTag/exclude': 'false' },
      },
    });
    const context = { 'aws:ResourceTag/exclude': tag };
    const statements = [allow({ Action: '*', Resource: '*' }), deny];
    expect(allows(statements, 'lambda:UpdateAlias', FUNCTION, context)).toBe(expected);
  });

  it.each([
    ['operator', { ArnLike: { 'aws:SourceArn': 'arn' } }],
    ['key', { StringEquals: { 'aws:SourceVpc': 'vpc' } }],
  ])('says so loudly where it does not know a condition’s %s', (_, condition) => {
    const statements = [allow({ Condition: condition })];
    expect(() => allows(statements, 'dynamodb:PutItem', TABLE)).toThrow(/condition/);
  });

  it('says so loudly where a statement speaks of all but some actions', () => {
    expect(() => new IdentityPolicy([{ ...allow(), NotAction: 's3:*' } as PolicyStatement])).toThrow(/NotAction/);
  });
});
