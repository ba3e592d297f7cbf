import { RegionInfo } from 'aws-cdk-lib/region-info';
import type { OrganizationSettings } from '../../shared/contracts/organization.ts';
import type { StageConfiguration } from './fields.ts';

/** What the tasks need to find the spokes; undefined where the stage looks after its own account and region only. */
export function organizationSettingsOf(configuration: StageConfiguration): OrganizationSettings | undefined {
  const { organization, stackName, region } = configuration;
  if (organization === undefined) return undefined;
  return {
    stackName,
    partition: (region && RegionInfo.get(region).partition) || 'aws',
    externalId: organization.externalId,
    regions: Object.fromEntries(organization.accounts.map(({ accountId, regions }) => [accountId, regions])),
  };
}

/** The names that people gave their accounts, by id; undefined where there are none. */
export function accountNamesOf({ organization }: StageConfiguration): Record<string, string> | undefined {
  const named = organization?.accounts.flatMap(({ accountId, name }) => (name ? [[accountId, name] as const] : []));
  return named === undefined || named.length === 0 ? undefined : Object.fromEntries(named);
}
