import type { SpokeOptions } from './spoke.ts';

/** The embedded account, which is the hub of the others. */
const HUB = { accountId: '123456789012', region: 'us-east-1' };
const REGIONS = [HUB.region, 'us-west-2'];
const NAMES = ['Platform', 'Payments', 'Search', 'Logistics', 'Identity', 'Growth', 'Catalog', 'Support'];
export const MOST_ACCOUNTS = NAMES.length;
/** From so many on the last one refuses, as somewhere in a company's accounts a stack is always missing or old. */
const REFUSING_FROM = 3;
const OTHER_ACCOUNT_IDS = 222_222_222_220;

export interface OrganizationOptions {
  /** The hub's own among them; 1: no organization at all. */
  accounts: number;
  /** Of all accounts and regions together. */
  functions: number;
  seed: number;
}

/** Names by account id, the hub's first. */
export const accountNames = (accounts: number): Map<string, string> =>
  new Map(
    NAMES.slice(0, accounts).map((name, at) => [at === 0 ? HUB.accountId : String(OTHER_ACCOUNT_IDS + at), name]),
  );

/** What the stage is configured with beside the defaults. */
export function organizationConfiguration(accounts: number): Record<string, unknown> {
  if (accounts === 1) return {};
  const listed = [...accountNames(accounts)].map(([accountId, name]) => ({
    accountId,
    name,
    // The hub's own region is looked after in any case.
    regions: accountId === HUB.accountId ? REGIONS.filter((region) => region !== HUB.region) : REGIONS,
  }));
  const organization = { externalId: 'rightsizer-demo-external-id', accounts: listed };
  return { account: HUB.accountId, region: HUB.region, organization };
}

/** Functions of each place: as many in every one, and what is left over in the hub's own. */
export function hubFunctions({ accounts, functions }: OrganizationOptions): number {
  return accounts === 1 ? functions : functions - spokeFunctions(accounts, functions) * (accounts * REGIONS.length - 1);
}

const spokeFunctions = (accounts: number, functions: number): number =>
  Math.floor(functions / (accounts * REGIONS.length));

/** Every account and region besides the hub's own. */
export function organizationSpokes({ accounts, functions, seed }: OrganizationOptions): SpokeOptions[] {
  if (accounts === 1) return [];
  const ids = [...accountNames(accounts).keys()];
  const places = ids.flatMap((accountId) => REGIONS.map((region) => ({ accountId, region })));
  return places.slice(1).map((place, at) => ({
    ...place,
    functions: spokeFunctions(accounts, functions),
    seed: seed + at + 1,
    refuses: accounts >= REFUSING_FROM && place.accountId === ids.at(-1),
  }));
}
