import type { Spoke, SpokeOptions } from '../../sandbox/demos/night/spoke.ts';
import { NightWorld } from './night-world.ts';

/** The embedded account's own id and region, and two accounts beside it: three accounts in two regions. */
export const HUB = { accountId: '123456789012', region: 'us-east-1' };
export const PAYMENTS_ID = '222222222222';
export const SEARCH_ID = '333333333333';
export const OTHER_REGION = 'us-west-2';
const REGIONS = [HUB.region, OTHER_REGION];

/** What the hub is configured with; one of the accounts has no name. */
export const CONFIGURATION = {
  account: HUB.accountId,
  region: HUB.region,
  organization: {
    externalId: 'rightsizer-0123456789',
    accounts: [
      { accountId: HUB.accountId, name: 'Platform', regions: [OTHER_REGION] },
      { accountId: PAYMENTS_ID, name: 'Payments', regions: REGIONS },
      { accountId: SEARCH_ID, regions: REGIONS },
    ],
  },
};

/**
 * Five places beside the hub's own. Payments has in its us-east-1 the very functions of the hub, by name, size and
 * traffic, so that whoever takes one for the other is found out. The third account refuses in both regions.
 */
export function spokesOf(seed = SEED, functions = FUNCTIONS): SpokeOptions[] {
  return [
    { accountId: HUB.accountId, region: OTHER_REGION, functions, seed: seed + 1 },
    { accountId: PAYMENTS_ID, region: HUB.region, functions, seed },
    { accountId: PAYMENTS_ID, region: OTHER_REGION, functions, seed: seed + 2 },
    { accountId: SEARCH_ID, region: HUB.region, functions, seed: seed + 3, refuses: true },
    { accountId: SEARCH_ID, region: OTHER_REGION, functions, seed: seed + 4, refuses: true },
  ];
}

/** A world of three accounts in two regions at the start of its first night. */
export function organizationWorld(spokes: readonly SpokeOptions[]): Promise<NightWorld> {
  return NightWorld.create({ functions: FUNCTIONS, seed: SEED, configuration: CONFIGURATION, spokes });
}

export const SEED = 3;
export const FUNCTIONS = 15;

export function spokeAt({ world }: NightWorld, accountId: string, region: string): Spoke {
  const found = world.spokes.find(({ account }) => account.accountId === accountId && account.region === region);
  if (found === undefined) throw new Error(`the world has no spoke ${accountId} in ${region}`);
  return found;
}

/** How the hub knows a function of a spoke. */
export const arnOf = ({ account }: Spoke, name: string): string => account.lambda.functions.get(name).arn;

/** Memory in MB of every function of the world, by how the hub knows it. */
export function memoryEverywhere({ account, world }: NightWorld): Map<string, number | undefined> {
  const here = account.lambda.functions.all().map((each) => [each.name, each.configuration.MemorySize] as const);
  const there = world.spokes.flatMap((spoke) =>
    spoke.account.lambda.functions.all().map((each) => [each.arn, each.configuration.MemorySize] as const),
  );
  return new Map([...here, ...there]);
}

/** Sources that a report names as away. */
export const awayIn = (report: object): { source: string; reason: string; nightsAway: number }[] =>
  (report as { unavailableSources?: { source: string; reason: string; nightsAway: number }[] }).unavailableSources ??
  [];
