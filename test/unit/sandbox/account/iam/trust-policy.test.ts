import { runSimulation } from '@cloud-copilot/iam-simulate';
import { type Assuming, parseTrustPolicy } from '../../../../../sandbox/account/iam/trust-policy.ts';

const HUB = '111111111111';
const READER = `arn:aws:iam::${HUB}:role/Rightsizer-eu-central-1-collect-metrics`;

const trusting = (...callers: string[]) => ({
  Statement: [
    {
      Effect: 'Allow',
      Action: 'sts:AssumeRole',
      Principal: { AWS: `arn:aws:iam::${HUB}:root` },
      Condition: { ArnEquals: { 'aws:PrincipalArn': callers }, StringEquals: { 'sts:ExternalId': 'secret-of-two' } },
    },
  ],
});
const asking = { accountId: HUB, principalArn: READER, externalId: 'secret-of-two' };

it.each([
  ['the role, with the external id', asking, true],
  ['another role of the same account', { ...asking, principalArn: `${READER}-other` }, false],
  [
    'a role of the same name in another account',
    { ...asking, accountId: '999999999999', principalArn: READER.replace(HUB, '999999999999') },
    false,
  ],
  ['a wrong external id', { ...asking, externalId: 'guessed' }, false],
  ['no external id', { ...asking, externalId: undefined }, false],
])('trusts %s: %#', async (_who, assuming, is) => {
  expect(parseTrustPolicy(trusting(READER)).trusts(assuming)).toBe(is);
  expect(await trustedThere(trusting(READER), assuming)).toBe(is);
});

/** The same asked of an evaluator that nobody here wrote, where the caller's own policies allow everything. */
async function trustedThere(document: object, { accountId, principalArn, externalId }: Assuming): Promise<boolean> {
  const anything = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };
  const answer = await runSimulation(
    {
      request: {
        principal: principalArn,
        action: 'sts:AssumeRole',
        resource: { resource: 'arn:aws:iam::222222222222:role/Spoke', accountId: '222222222222' },
        contextVariables: {
          'aws:PrincipalArn': principalArn,
          'aws:PrincipalAccount': accountId,
          ...(externalId !== undefined && { 'sts:ExternalId': externalId }),
        },
      },
      identityPolicies: [{ name: 'all', policy: anything }],
      resourcePolicy: { Version: '2012-10-17', ...document },
      serviceControlPolicies: [],
      resourceControlPolicies: [],
    },
    {},
  );
  if (answer.resultType !== 'single') throw new Error(`no single answer: ${JSON.stringify(answer)}`);
  return answer.overallResult === 'Allowed';
}

it('compares an ARN’s parts each by itself', () => {
  const { trusts } = parseTrustPolicy(trusting(`arn:aws:iam::${HUB}:role/Rightsizer-*`));
  expect(trusts(asking)).toBe(true);
  expect(parseTrustPolicy(trusting('arn:aws:iam::*')).trusts(asking)).toBe(false);
});

it('trusts nobody where a statement denies', () => {
  const { Statement: allowed } = trusting(READER);
  const denied = { ...allowed[0], Effect: 'Deny' };
  expect(parseTrustPolicy({ Statement: [...allowed, denied] }).trusts(asking)).toBe(false);
});

it('lets no account into a role that trusts a service', () => {
  const service = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } };
  expect(parseTrustPolicy({ Statement: service }).trusts(asking)).toBe(false);
});

it.each([
  ['everybody', { Principal: { AWS: '*' } }],
  ['a federation', { Principal: { Federated: 'cognito-identity.amazonaws.com' } }],
  ['another action', { Action: 'sts:*' }],
  ['an element it does not know', { NotPrincipal: {} }],
  ['a condition it does not know', { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } }],
])('refuses to read %s', (_what, difference) => {
  const [statement] = trusting(READER).Statement;
  expect(() => parseTrustPolicy({ Statement: { ...statement, ...difference } })).toThrow();
});
