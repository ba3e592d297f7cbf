import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseConfiguration } from '../../../infra/config.ts';
import { allFields } from '../../../infra/configuration/field-tree.ts';
import { configurationTable } from '../../../infra/configuration/markdown-table.ts';

const document = readFileSync(path.join(__dirname, '../../../docs/configuration.md'), 'utf8');

it('stands in docs/configuration.md as the schema has it', () => {
  const [, table] = /configuration table: begin[^\n]*-->\n([\s\S]*?)<!-- configuration table: end/.exec(document) ?? [];
  expect(table?.trim()).toBe(configurationTable());
});

it('documents every field of a parsed configuration', () => {
  const complete = parseConfiguration(
    {
      region: 'eu-central-1',
      account: '123456789012',
      permissionsBoundaryArn: 'arn:aws:iam::123456789012:policy/boundary',
      kmsKeyArn: 'arn:aws:kms:eu-central-1:123456789012:key/0123abcd-01ab-23cd-45ef-0123456789ab',
      alarmEmails: [],
      organization: {
        externalId: 'rightsizer-0123456789',
        accounts: [{ accountId: '222222222222', regions: ['us-east-1'] }],
      },
      htmlDigest: { from: 'night@example.com', to: ['reader@example.com'] },
      channels: { slackSecretName: 'slack', pagerDutySecretName: 'pagerduty' },
      approvalPage: {
        oidcIssuer: 'https://issuer.example.com',
        oidcClientId: 'client',
        oidcClientSecretArn: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:oidc-a1B2c3',
      },
    },
    new Date('2026-11-01T00:00:00Z'),
  );
  expect(
    allFields()
      .map(({ path: field }) => field)
      .sort(),
  ).toEqual(pathsOf(complete).sort());
});

/** Objects whose keys are the reader's to choose, or that one line documents as a whole. */
const LEAVES = ['tags', 'policies', 'organization', 'taskMemoryMb'];

/** Paths of the leaves. */
function pathsOf(value: object, prefix = ''): string[] {
  return Object.entries(value).flatMap(([name, inner]) =>
    !LEAVES.includes(name) && typeof inner === 'object' && !Array.isArray(inner)
      ? pathsOf(inner, `${prefix}${name}.`)
      : [`${prefix}${name}`],
  );
}
