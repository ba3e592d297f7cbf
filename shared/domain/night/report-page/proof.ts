import type { NightOutcomes } from '../../../contracts/night-report.ts';
import type { ChangedOutcome } from '../../../contracts/outcome.ts';

/** One night's place in the history: what stood at its end, all nights before it included. */
export interface ProvenNight {
  readonly runId: string;
  readonly runDate: string;
  /** Measured in production, of changes that are verified. */
  readonly provenUsdPerMonth: number;
  /** What was estimated for the very same changes. */
  readonly estimatedUsdPerMonth: number;
  /** Estimated for changes that stand and are not proven: still watched, or never judged. */
  readonly unprovenUsdPerMonth: number;
  readonly verifiedCount: number;
  /** Of this night alone. */
  readonly verifiedTonight: number;
  readonly rolledBackTonight: number;
}

/** A change as its newest outcome tells it. */
export interface StandingChange {
  readonly outcome: ChangedOutcome;
  /** Date of the night that proposed it. */
  readonly sinceDate: string;
}

export interface Proof {
  /** Oldest first. */
  readonly nights: readonly ProvenNight[];
  readonly changes: readonly StandingChange[];
}

const UNPROVEN_KINDS: readonly ChangedOutcome['kind'][] = ['Watching', 'Unverified', 'RollbackRefused'];

/**
 * What all nights up to one have proven. A change that is watched appears in several reports: its newest outcome counts,
 * once, so that what was rolled back later is in no sum.
 */
export function proveNights(nights: readonly NightOutcomes[]): Proof {
  const changes = new Map<string, StandingChange>();
  const proven = inOrder(nights).map((night) => {
    for (const outcome of night.changes) {
      const key = `${outcome.functionName} ${outcome.runId}`;
      changes.set(key, { outcome, sinceDate: changes.get(key)?.sinceDate ?? night.runDate });
    }
    return provenBy(night, [...changes.values()]);
  });
  return { nights: proven, changes: [...changes.values()] };
}

/** Several runs may share a date; their ids decide, so that the same bucket always gives the same page. */
const inOrder = (nights: readonly NightOutcomes[]): NightOutcomes[] =>
  nights.toSorted((a, b) => compare(a.runDate, b.runDate) || compare(a.runId, b.runId));

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

function provenBy(night: NightOutcomes, standing: readonly StandingChange[]): ProvenNight {
  const outcomes = standing.map(({ outcome }) => outcome);
  const verified = outcomes.filter(isVerified);
  const unproven = outcomes.filter(({ kind }) => UNPROVEN_KINDS.includes(kind));
  return {
    runId: night.runId,
    runDate: night.runDate,
    provenUsdPerMonth: sum(verified.map(({ realizedSavingsUsdPerMonth }) => realizedSavingsUsdPerMonth)),
    estimatedUsdPerMonth: sum(verified.map(({ estimatedSavingsUsdPerMonth }) => estimatedSavingsUsdPerMonth)),
    unprovenUsdPerMonth: sum(unproven.map(({ estimatedSavingsUsdPerMonth }) => estimatedSavingsUsdPerMonth)),
    verifiedCount: verified.length,
    verifiedTonight: night.counts.verified,
    rolledBackTonight: night.counts.rolledBack,
  };
}

export const isVerified = ({ kind }: Pick<ChangedOutcome, 'kind'>): boolean => kind === 'Verified';

const sum = (values: readonly (number | undefined)[]): number =>
  values.reduce<number>((total, value) => total + (value ?? 0), 0);
