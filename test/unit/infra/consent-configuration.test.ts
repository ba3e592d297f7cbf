import { parseConfiguration } from '../../../infra/config.ts';

const NOW = new Date('2026-11-01T00:00:00Z');
const parse = (given: unknown) => () => parseConfiguration(given, NOW);

const SECRET_ARN = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:oidc-a1B2c3';
const CLIENT = { oidcIssuer: 'https://issuer.example.com', oidcClientId: 'x' };

it('asks people only, sends no HTML and feeds no channel unless told to', () => {
  expect(parse({})()).toMatchObject({
    approvalMode: 'ask',
    autoApprovalRules: [],
    htmlDigest: { to: [] },
    channels: { linkInEvents: false },
  });
});

it.each([
  [{ approvalMode: 'policy' }, /approvalMode: given "policy", allowed with at least one of autoApprovalRules/],
  [{ autoApprovalRules: [{ name: 'a' }, { name: 'a' }] }, /two rules named "a"/],
  [{ autoApprovalRules: [{ name: 'a', maximumRisk: 'High' }] }, /autoApprovalRules\.0\.maximumRisk/],
  [{ autoApprovalRules: [{ name: 'a', maximumRisks: 'Low' }] }, /maximumRisks/],
  [{ autoApprovalRules: [{ name: 'a', tags: { team: 'x'.repeat(2_000) } }] }, /bytes as JSON, allowed are 2000/],
  [{ htmlDigest: { from: 'night@example.com' } }, /htmlDigest: given one of from and to/],
  [{ htmlDigest: { to: ['reader@example.com'] } }, /htmlDigest: given one of from and to/],
  [{ htmlDigest: { from: 'nobody', to: ['reader@example.com'] } }, /htmlDigest\.from: not a sender/],
  [{ approvalPage: { oidcIssuer: 'https://issuer.example.com' } }, /one of oidcIssuer and oidcClientId/],
  [{ approvalPage: { oidcIssuer: 'http://issuer.example.com', oidcClientId: 'x' } }, /approvalPage\.oidcIssuer/],
  [{ approvalPage: { oidcClientSecretArn: SECRET_ARN } }, /oidcClientSecretArn: given without oidcIssuer/],
  [{ approvalPage: { ...CLIENT, oidcClientSecretArn: 'rightsizer/oidc' } }, /not the whole ARN of a secret/],
  [{ approvalPage: { ...CLIENT, oidcClientSecretArn: SECRET_ARN.slice(0, -7) } }, /not the whole ARN of a secret/],
  [{ channels: { slackSecretName: 'https://hooks.slack.com/services/T/B/X' } }, /slackSecretName: not a secret's name/],
])('rejects %j', (given, problem) => {
  expect(parse(given)).toThrow(problem);
});

it('takes an issuer without the blanks around its address, which no token names', () => {
  const { approvalPage } = parse({ approvalPage: { ...CLIENT, oidcIssuer: ' https://issuer.example.com\n' } })();
  expect(approvalPage.oidcIssuer).toBe('https://issuer.example.com');
});
