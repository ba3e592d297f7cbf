import { median, sum } from 'd3-array';
import type { NightOutcomes } from '../../../contracts/night-report.ts';
import { isVerified, type Proof, type StandingChange } from './proof.ts';

/** The product since its first night that is still known, for those who pay for it. */
export interface Balance {
  readonly firstDate: string;
  readonly nightCount: number;
  /** What the verified changes have saved so far, at the rate measured for each, since the night each was made. */
  readonly savedUsd: number;
  readonly provenUsdPerMonth: number;
  readonly verifiedCount: number;
  readonly rolledBackCount: number;
  readonly decisionCount: number;
  readonly attentionHours: number;
  /** What the nights themselves cost; undefined where no report tells. */
  readonly nightsUsd: number | undefined;
  /** Nights whose report tells; older deployments' do not. */
  readonly nightsWithCost: number;
  readonly error: EstimateError | undefined;
}

export interface EstimateError {
  readonly changes: number;
  readonly estimatedUsdPerMonth: number;
  readonly realizedUsdPerMonth: number;
  /** Realized against estimated, all changes together: 0.1 means a tenth more than was promised. */
  readonly overall: number;
  /** Half of the changes were off by less, as a share of their own estimate. */
  readonly medianAbsolute: number;
}

/** Assumed, and said beside every figure made of it: to open the mail and the page, and to look at one proposal. */
export const MINUTES_PER_NIGHT = 2;
export const MINUTES_PER_DECISION = 1;

/** Estimates below this are no basis for a share: a cent off would be an error of 100 %. */
export const LEAST_ESTIMATE_USD = 0.1;

const MS_PER_DAY = 86_400_000;
const DAYS_PER_MONTH = 365.25 / 12;

/** Sums up the nights; `proof` is theirs. */
export function balanceOf(nights: readonly NightOutcomes[], proof: Proof): Balance {
  const last = proof.nights.at(-1);
  const decided = proof.changes.filter(({ outcome }) => outcome.decidedBy !== undefined);
  const nightsWithDecision = new Set(decided.map(({ outcome }) => outcome.runId)).size;
  const costs = nights.map(({ usdPerNight }) => usdPerNight).filter((usd) => usd !== undefined);
  const verified = proof.changes.filter(({ outcome }) => isVerified(outcome));
  return {
    firstDate: proof.nights[0]?.runDate ?? '',
    nightCount: nights.length,
    savedUsd: sum(verified, (change) => savedBetween(change, change.sinceDate, last?.runDate ?? change.sinceDate)),
    provenUsdPerMonth: last?.provenUsdPerMonth ?? 0,
    verifiedCount: verified.length,
    rolledBackCount: proof.changes.filter(({ outcome }) => outcome.kind === 'RolledBack').length,
    decisionCount: decided.length,
    attentionHours: (nightsWithDecision * MINUTES_PER_NIGHT + decided.length * MINUTES_PER_DECISION) / 60,
    nightsUsd: costs.length === 0 ? undefined : sum(costs),
    nightsWithCost: costs.length,
    error: errorOf(verified),
  };
}

/** USD that a verified change saved from one date to another, none of it before it was made. */
export function savedBetween({ outcome, sinceDate }: StandingChange, fromDate: string, untilDate: string): number {
  const startMs = Math.max(Date.parse(sinceDate), Date.parse(fromDate));
  const days = Math.max(0, (Date.parse(untilDate) - startMs) / MS_PER_DAY);
  return ((outcome.realizedSavingsUsdPerMonth ?? 0) * days) / DAYS_PER_MONTH;
}

function errorOf(verified: readonly StandingChange[]): EstimateError | undefined {
  const pairs = estimatesAgainstMeasurements(verified).filter(
    ({ estimatedUsdPerMonth }) => Math.abs(estimatedUsdPerMonth) >= LEAST_ESTIMATE_USD,
  );
  const estimated = sum(pairs, (pair) => pair.estimatedUsdPerMonth);
  const realized = sum(pairs, (pair) => pair.realizedUsdPerMonth);
  if (pairs.length === 0 || estimated === 0) return undefined;
  const shares = pairs.map((pair) => Math.abs(pair.realizedUsdPerMonth / pair.estimatedUsdPerMonth - 1));
  return {
    changes: pairs.length,
    estimatedUsdPerMonth: estimated,
    realizedUsdPerMonth: realized,
    overall: realized / estimated - 1,
    medianAbsolute: median(shares) ?? 0,
  };
}

export interface EstimatePair {
  readonly functionName: string;
  readonly estimatedUsdPerMonth: number;
  readonly realizedUsdPerMonth: number;
}

/** Every verified change that has both figures. */
export function estimatesAgainstMeasurements(changes: readonly StandingChange[]): EstimatePair[] {
  return changes.flatMap(({ outcome }) => {
    const { functionName, estimatedSavingsUsdPerMonth: estimated, realizedSavingsUsdPerMonth: realized } = outcome;
    if (!isVerified(outcome) || estimated === undefined || realized === undefined) return [];
    return [{ functionName, estimatedUsdPerMonth: estimated, realizedUsdPerMonth: realized }];
  });
}
