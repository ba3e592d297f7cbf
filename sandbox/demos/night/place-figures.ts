import { monthlyCostUsd } from '../../fleet/accounting.ts';
import { accountNames, MOST_ACCOUNTS } from './organization.ts';
import { placesOf, type WorldPlace } from './places.ts';
import { cents, type Night } from './run-night.ts';
import type { World } from './world.ts';

/** What the nights did in one account and region. */
export interface PlaceFigures {
  name: string;
  accountId: string;
  region: string;
  functions: number;
  proposed: number;
  applied: number;
  rolledBack: number;
  monthlyCostUsdBefore: number;
  monthlyCostUsdAfter: number;
  /** Why the night could not look, in the report's words; undefined where it could. */
  refusal: string | undefined;
}

/** Kinds in which a change was written and stands. */
const STANDING = ['Verified', 'Watching', 'Unverified', 'RollbackRefused'];

/** One line an account and region, by the nights' own reports. */
export const placeFigures = (world: World, nights: readonly Night[], startMs: number): PlaceFigures[] =>
  placesOf(world).map((place) => figuresOf(place, nights, startMs, world.clock.now()));

function figuresOf(
  { account: { accountId, region }, fleet, keyOf }: WorldPlace,
  nights: readonly Night[],
  startMs: number,
  nowMs: number,
): PlaceFigures {
  const isOwn = ({ functionName }: { functionName: string }) =>
    keyOf('') === '' ? !functionName.startsWith('arn:') : functionName.startsWith(keyOf(''));
  const changed = nights.flatMap(({ report }) => report?.changed ?? []).filter(isOwn);
  const away = nights.at(-1)?.report?.unavailableSources ?? [];
  const count = (...kinds: string[]) => changed.filter(({ kind }) => kinds.includes(kind)).length;
  return {
    name: accountNames(MOST_ACCOUNTS).get(accountId) ?? accountId,
    accountId,
    region,
    functions: fleet.functions.length,
    proposed: changed.length,
    applied: count(...STANDING, 'RolledBack'),
    rolledBack: count('RolledBack'),
    monthlyCostUsdBefore: cents(monthlyCostUsd(fleet, startMs)),
    monthlyCostUsdAfter: cents(monthlyCostUsd(fleet, nowMs)),
    refusal: away.find(({ source }) => /^Functions /.test(source) && source.endsWith(`(${accountId}) in ${region}`))
      ?.reason,
  };
}
