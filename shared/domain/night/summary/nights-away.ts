import type { SourcesAwayRecord } from '../../../contracts/ledger.ts';
import type { UnavailableSource } from '../../../contracts/source.ts';

export interface SourcesTonight {
  away: readonly UnavailableSource[];
  /** Sources that answered at least once. */
  answered: readonly string[];
}

/**
 * For how many nights in a row each source has been away, tonight among them. One that answered begins anew, one that was
 * not asked stays as it was; a second run of the same date counts no second night.
 */
export function countNightsAway(
  known: SourcesAwayRecord | undefined,
  runDate: string,
  { away, answered }: SourcesTonight,
): SourcesAwayRecord {
  const before = (known?.runDate === runDate ? known.before : known?.nights) ?? {};
  const stillAway = Object.entries(before).filter(([source]) => !answered.includes(source));
  const awayTonight = away.map(({ source }) => [source, (before[source] ?? 0) + 1] as const);
  return { runDate, nights: Object.fromEntries([...stillAway, ...awayTonight]), before };
}

/** Whether a source was away before tonight: an alarm may stand then, and has to hear how it is now. */
export const wasAnyAway = ({ before }: SourcesAwayRecord): boolean => Object.keys(before).length > 0;

/** The longest that any one of the sources that a night did without has been away. */
export const longestAway = (sources: readonly UnavailableSource[]): number =>
  Math.max(0, ...sources.map(({ nightsAway = 1 }) => nightsAway));
