import { SIMULATION_START_MS } from '../../../sandbox/demos/remediation/simulation.ts';
import { type RemediationTemplate, synthesizeWithAlarms } from '../../../sandbox/demos/remediation/template.ts';

export const HTML_SENDER = 'rightsizer@example.com';

export const ISSUER = 'https://issuer.example.com';
/** Known before there is an account, since the page's role names it. */
export const CLIENT_SECRET_ARN = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:rightsizer/oidc-Abc123';

/** The hub and two places beside it; worlds without those take the setting from the tasks' environment. */
const ORGANIZATION = {
  account: '123456789012',
  region: 'us-east-1',
  organization: {
    externalId: 'rightsizer-0123456789',
    accounts: [
      { accountId: '222222222222', name: 'Payments', regions: ['us-east-1'] },
      { accountId: '333333333333', regions: ['us-west-2'] },
    ],
  },
};
export const PLACES = ORGANIZATION.organization.accounts.map(({ accountId, regions: [region = ''] }) => ({
  accountId,
  region,
}));

let stack: RemediationTemplate | undefined;

/** One stage with everything that the product has, synthesized once a process. */
export function productStack(): RemediationTemplate {
  stack ??= synthesizeWithAlarms(new Date(SIMULATION_START_MS), {
    alarms: { services: ['campus'] },
    approvalPage: { oidcIssuer: ISSUER, oidcClientId: 'rightsizer', oidcClientSecretArn: CLIENT_SECRET_ARN },
    htmlDigest: { from: HTML_SENDER, to: ['reader@example.com'] },
    ...ORGANIZATION,
  });
  return stack;
}
