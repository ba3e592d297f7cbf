import { parseConfiguration } from '../../../infra/config.ts';
import { accountNamesOf, organizationSettingsOf } from '../../../infra/configuration/organization-settings.ts';
import { parseOrganizationSettings } from '../../../shared/contracts/organization.ts';
import { EXTERNAL_ID, HUB_ACCOUNT, HUB_REGION, ORGANIZATION, PAYMENTS, SEARCH } from '../../support/organization.ts';

const NOW = new Date('2026-11-01T00:00:00Z');

function problemsOf(given: unknown): string {
  try {
    parseConfiguration(given, NOW);
    return 'none';
  } catch (error) {
    return (error as Error).message;
  }
}

const withAccounts = (...accounts: unknown[]) => ({
  ...ORGANIZATION,
  organization: { externalId: EXTERNAL_ID, accounts },
});

it('says what tasks need of an organization, and what its accounts are called', () => {
  const configuration = parseConfiguration(ORGANIZATION, NOW);
  const settings = organizationSettingsOf(configuration)!;
  expect(parseOrganizationSettings(JSON.stringify(settings))).toEqual({
    stackName: 'Rightsizer',
    partition: 'aws',
    externalId: EXTERNAL_ID,
    regions: { [PAYMENTS]: ['eu-central-1', 'us-east-1'], [SEARCH]: ['us-east-1'] },
  });
  expect(accountNamesOf(configuration)).toEqual({ [PAYMENTS]: 'Payments' });
});

it('takes the partition of the hub’s region', () => {
  const china = { account: HUB_ACCOUNT, region: 'cn-north-1', organization: ORGANIZATION.organization };
  expect(organizationSettingsOf(parseConfiguration(china, NOW))?.partition).toBe('aws-cn');
});

it('is nothing where no organization is configured', () => {
  const alone = parseConfiguration({}, NOW);
  expect([organizationSettingsOf(alone), accountNamesOf(alone)]).toEqual([undefined, undefined]);
});

it.each([
  ['no hub', { organization: ORGANIZATION.organization }, /account: not given.*region: not given/],
  ['the hub itself', withAccounts({ accountId: HUB_ACCOUNT, regions: [HUB_REGION] }), /which is the hub itself/],
  [
    'an account twice',
    withAccounts({ accountId: SEARCH, regions: ['us-east-1'] }, { accountId: SEARCH, regions: ['us-east-2'] }),
    /given 333333333333 twice/,
  ],
  ['a region twice', withAccounts({ accountId: SEARCH, regions: ['us-east-1', 'us-east-1'] }), /in us-east-1 twice/],
  [
    'a short external id',
    { ...ORGANIZATION, organization: { ...ORGANIZATION.organization, externalId: 'x' } },
    /not an external id, given "x"/,
  ],
  [
    'an account that is none',
    withAccounts({ accountId: '42', regions: ['us-east-1'] }),
    /not an AWS account id, given "42"/,
  ],
  ['no region', withAccounts({ accountId: SEARCH, regions: [] }), /organization.accounts.0.regions/],
  [
    'a stack name that roles have no room for',
    { ...ORGANIZATION, stackName: 'R'.repeat(30) },
    /stackName: given 30 characters, allowed with organization are 27/,
  ],
  [
    'more places than a role’s policy has room for',
    withAccounts(
      ...Array.from({ length: 26 }, (_, at) => ({
        accountId: String(400_000_000_000 + at),
        regions: ['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2'],
      })),
    ),
    /given 104 accounts and regions, allowed are 100 together/,
  ],
])('refuses %s', (_what, given, problem) => {
  expect(problemsOf(given)).toMatch(problem);
});

it('refuses more than a task’s environment has room for', () => {
  const accounts = Array.from({ length: 45 }, (_, at) => ({
    accountId: String(400_000_000_000 + at),
    regions: ['ap-southeast-1', 'ap-southeast-2'],
    name: `a team with a name ${at}`,
  }));
  expect(problemsOf(withAccounts(...accounts))).toMatch(/allowed are 3000 together with autoApprovalRules \(2\)/);
});

it('takes forty accounts of two regions', () => {
  const accounts = Array.from({ length: 40 }, (_, at) => ({
    accountId: String(400_000_000_000 + at),
    regions: ['eu-central-1', 'us-east-1'],
    name: `team-${at}`,
  }));
  expect(problemsOf(withAccounts(...accounts))).toBe('none');
});

it('takes the hub’s own account in another region', () => {
  expect(problemsOf(withAccounts({ accountId: HUB_ACCOUNT, regions: ['us-east-1'] }))).toBe('none');
});
