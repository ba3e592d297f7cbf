import { sum } from 'd3-array';
import type { NightOutcomes } from '../../../contracts/night-report.ts';
import { savedBetween } from './balance.ts';
import { isVerified, type Proof } from './proof.ts';

/** One calendar month of nights. */
export interface BalanceMonth {
  /** `2026-11` */
  readonly month: string;
  /** What verified changes saved within it, at the rate measured for each. */
  readonly savedUsd: number;
  /** What stood proven at its end. */
  readonly provenUsdPerMonth: number;
  readonly verifiedCount: number;
  readonly rolledBackCount: number;
  /** What its nights cost; undefined where none of their reports tells. */
  readonly nightsUsd: number | undefined;
}

/** Newest first; months without a night have nothing to tell and are left out. */
export function monthsOf(nights: readonly NightOutcomes[], proof: Proof): BalanceMonth[] {
  const lastDate = proof.nights.at(-1)?.runDate ?? '';
  const months = [...new Set(proof.nights.map(({ runDate }) => monthOf(runDate)))];
  const verified = proof.changes.filter(({ outcome }) => isVerified(outcome));
  return months.toReversed().map((month) => {
    const ofMonth = proof.nights.filter(({ runDate }) => monthOf(runDate) === month);
    const costs = nights.flatMap((each) => (monthOf(each.runDate) === month ? (each.usdPerNight ?? []) : []));
    const [from, until] = [`${month}-01`, earlier(firstOfNext(month), lastDate)];
    return {
      month,
      savedUsd: sum(verified, (change) => savedBetween(change, from, until)),
      provenUsdPerMonth: ofMonth.at(-1)!.provenUsdPerMonth,
      verifiedCount: sum(ofMonth, ({ verifiedTonight }) => verifiedTonight),
      rolledBackCount: sum(ofMonth, ({ rolledBackTonight }) => rolledBackTonight),
      nightsUsd: costs.length === 0 ? undefined : sum(costs),
    };
  });
}

const monthOf = (date: string): string => date.slice(0, 7);
const earlier = (a: string, b: string): string => (a < b ? a : b);

function firstOfNext(month: string): string {
  const [year, number] = month.split('-').map(Number) as [number, number];
  return new Date(Date.UTC(year, number, 1)).toISOString().slice(0, 10);
}
