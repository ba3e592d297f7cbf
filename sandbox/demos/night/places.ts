import type { SandboxAccount } from '../../account/sandbox-account.ts';
import { monthlyCostUsd } from '../../fleet/accounting.ts';
import type { Fleet } from '../../fleet/fleet.ts';
import type { World } from './world.ts';

/** An account and region of a world, the hub's own or a spoke. */
export interface WorldPlace {
  account: SandboxAccount;
  fleet: Fleet;
  /** It does not let the hub in. */
  refuses: boolean;
  /** How the hub knows a function of it. */
  keyOf(functionName: string): string;
}

/** Every account and region of a world, the hub's own first. */
export function placesOf({ account, fleet, spokes }: Pick<World, 'account' | 'fleet' | 'spokes'>): WorldPlace[] {
  const hub: WorldPlace = { account, fleet, refuses: false, keyOf: (name) => name };
  return [
    hub,
    ...spokes.map((spoke) => {
      const { accountId, region } = spoke.account;
      return { ...spoke, keyOf: (name: string) => `arn:aws:lambda:${region}:${accountId}:function:${name}` };
    }),
  ];
}

/** What all of a world's functions cost a month, USD. */
export const worldMonthlyCostUsd = (world: World, atMs: number): number =>
  placesOf(world).reduce((sum, { fleet }) => sum + monthlyCostUsd(fleet, atMs), 0);
