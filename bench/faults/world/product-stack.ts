import { SIMULATION_START_MS } from '../../../sandbox/demos/remediation/simulation.ts';
import { type RemediationTemplate, synthesizeWithAlarms } from '../../../sandbox/demos/remediation/template.ts';

export const HTML_SENDER = 'rightsizer@example.com';

export const ISSUER = 'https://issuer.example.com';
/** Known before there is an account, since the page's role names it. */
export const CLIENT_SECRET_ARN = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:rightsizer/oidc-Abc123';

let stack: RemediationTemplate | undefined;

/** One stage with everything that the product has, synthesized once a process. */
export function productStack(): RemediationTemplate {
  stack ??= synthesizeWithAlarms(new Date(SIMULATION_START_MS), {
    alarms: { services: ['campus'] },
    approvalPage: { oidcIssuer: ISSUER, oidcClientId: 'rightsizer', oidcClientSecretArn: CLIENT_SECRET_ARN },
    htmlDigest: { from: HTML_SENDER, to: ['reader@example.com'] },
  });
  return stack;
}
