import {
  hubRoleName,
  ROLE_NAME_MAX_CHARS,
  SPOKE_ROLES,
  spokeRoleName,
} from '../../shared/domain/organization/role-names.ts';
import type { StageConfiguration } from './fields.ts';
import { PLACES_MAX } from './organization-fields.ts';

/** The longest name of a task that works in spokes. */
const LONGEST_TASK = 'collect-memory-evidence';
/** Lambda gives all environment variables of a function 4 KB; what else is in them takes less than one. */
const TOGETHER_MAX_BYTES = 3_000;

type Given = Partial<StageConfiguration>;
type Organization = NonNullable<StageConfiguration['organization']>;

/** Rules that join `organization` with the rest of the configuration. */
export function organizationChecks(given: Given): string[] {
  const { organization } = given;
  if (organization === undefined) return [];
  return [
    ...hubIsNamed(given),
    ...placesOnce(organization, given),
    ...namesFit(organization, given),
    ...sizeFits(organization, given),
  ];
}

/** The spokes' trust is written by the hub's account and role names, which must be known at synthesis. */
function hubIsNamed({ account, region }: Given): string[] {
  const missing = [...(account === undefined ? ['account'] : []), ...(region === undefined ? ['region'] : [])];
  return missing.map((field) => `${field}: not given, allowed with organization is only a given one, the hub's`);
}

function placesOnce({ accounts }: Organization, { account, region }: Given): string[] {
  const places = accounts.flatMap((each) => each.regions.map((of) => `${each.accountId} in ${of}`));
  const ids = accounts.map(({ accountId }) => accountId);
  const twice = [...repeated(ids), ...repeated(places)];
  const own = `${account} in ${region}`;
  return [
    ...twice.map((each) => `organization.accounts: given ${each} twice, allowed is each once`),
    ...(places.includes(own) ? [`organization.accounts: given ${own}, which is the hub itself and always there`] : []),
    ...(places.length > PLACES_MAX
      ? [`organization.accounts: given ${places.length} accounts and regions, allowed are ${PLACES_MAX} together`]
      : []),
  ];
}

const repeated = (texts: readonly string[]): string[] => [
  ...new Set(texts.filter((each, at) => texts.indexOf(each) < at)),
];

function namesFit({ accounts }: Organization, { stackName, region }: Given): string[] {
  if (stackName === undefined) return [];
  const regions = [...new Set(accounts.flatMap((each) => each.regions))];
  const names = [
    ...(region === undefined ? [] : [hubRoleName(stackName, region, LONGEST_TASK)]),
    ...regions.flatMap((of) => SPOKE_ROLES.map((role) => spokeRoleName(stackName, of, role))),
  ];
  const longest = Math.max(...names.map((name) => name.length));
  if (longest <= ROLE_NAME_MAX_CHARS) return [];
  const allowed = stackName.length - (longest - ROLE_NAME_MAX_CHARS);
  return [
    `stackName: given ${stackName.length} characters, allowed with organization are ${allowed}, because roles are named after it`,
  ];
}

/** Accounts, their names and the rules of auto-approval travel to one task in its environment. */
function sizeFits({ accounts }: Organization, { autoApprovalRules = [] }: Given): string[] {
  const bytes = (value: unknown) => Buffer.byteLength(JSON.stringify(value));
  const regions = bytes(Object.fromEntries(accounts.map((each) => [each.accountId, each.regions])));
  const names = bytes(Object.fromEntries(accounts.map((each) => [each.accountId, each.name])));
  const rules = bytes(autoApprovalRules);
  if (regions + names + rules <= TOGETHER_MAX_BYTES) return [];
  return [
    `organization.accounts: given ${regions} bytes of accounts and regions and ${names} of names, allowed are ${TOGETHER_MAX_BYTES} together with autoApprovalRules (${rules})`,
  ];
}
