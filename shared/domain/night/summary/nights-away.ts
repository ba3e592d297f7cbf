import type { SourcesAwayRecord } from '../../../contracts/ledger.ts';
import type { UnavailableSource } from '../../../contracts/source.ts';

/**
 * For how many nights in a row each source has been away, tonight among them. A source that answered tonight, or was not
 * needed, begins anew; a second run of the same date counts no second night.
 */
export function countNightsAway(
  known: SourcesAwayRecord | undefined,
  runDate: string,
  tonight: readonly UnavailableSource[],
): SourcesAwayRecord {
  const before = (known?.runDate === runDate ? known.before : known?.nights) ?? {};
  const nights = Object.fromEntries(tonight.map(({ source }) => [source, (before[source] ?? 0) + 1]));
  return { runDate, nights, before };
}

/** The longest that any one source has been away. */
export const longestAway = (sources: readonly UnavailableSource[]): number =>
  Math.max(0, ...sources.map(({ nightsAway = 1 }) => nightsAway));
