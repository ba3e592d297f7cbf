/**
 * Every shape that a stage's template can take, by the stage configuration that leads to it. What only changes a number
 * or a text makes no variant.
 */
const ACCOUNT_ID = '123456789012';
const REGION = 'eu-central-1';
const OIDC = { oidcIssuer: 'https://issuer.example.com', oidcClientId: 'rightsizer' };
const CLIENT_SECRET_ARN = `arn:aws:secretsmanager:${REGION}:${ACCOUNT_ID}:secret:oidc-a1B2c3`;

const VARIANTS = {
  default: {},
  'oidc-public': { approvalPage: OIDC },
  'oidc-confidential': { approvalPage: { ...OIDC, oidcClientSecretArn: CLIENT_SECRET_ARN } },
  slack: { channels: { slackSecretName: 'rightsizer/slack' } },
  'pager-duty': { channels: { pagerDutySecretName: 'rightsizer/pager-duty' } },
  ses: { htmlDigest: { from: 'Rightsizer <night@example.com>', to: ['approver@example.com'] } },
  'read-only': { readOnly: true },
  'customer-key': { kmsKeyArn: `arn:aws:kms:${REGION}:${ACCOUNT_ID}:key/0123abcd-01ab-23cd-45ef-0123456789ab` },
  organization: {
    ...{ account: ACCOUNT_ID, region: REGION },
    organization: {
      externalId: 'rightsizer-0123456789',
      accounts: [{ accountId: '210987654321', name: 'Payments', regions: [REGION, 'us-east-1'] }],
    },
  },
  boundary: { permissionsBoundaryArn: `arn:aws:iam::${ACCOUNT_ID}:policy/boundaries/workloads` },
} as const satisfies Record<string, Readonly<Record<string, unknown>>>;

export type VariantName = keyof typeof VARIANTS;

export const variants = Object.entries(VARIANTS) as [VariantName, Readonly<Record<string, unknown>>][];
