import { descending, group } from 'd3-array';
import type { NightReport } from '../../../contracts/night-report.ts';
import type { AssessedOutcome, ChangedOutcome } from '../../../contracts/outcome.ts';

export interface LeftAlone {
  /** As the contracts name it, `OptedOut`. */
  readonly reason: string;
  /** The first function's words, an example for all of them. */
  readonly example: string;
  readonly functionNames: readonly string[];
}

/** Functions that the night did not touch, by reason, the most frequent first. */
export function leftAlone({ excluded = [], assessed = [] }: NightReport): LeftAlone[] {
  const later = assessed
    .filter(({ kind }) => kind === 'Excluded' || kind === 'Failed' || kind === 'Unavailable')
    .map(({ functionName, kind, exclusionReason, reason }) => ({
      functionName,
      reason: exclusionReason ?? (kind === 'Failed' ? 'Failed' : 'TooLittleEvidence'),
      message: reason,
    }));
  return [...group([...excluded, ...later], ({ reason }) => reason)]
    .map(([reason, members]) => ({
      reason,
      example: members[0]!.message,
      functionNames: members.map(({ functionName }) => functionName).toSorted(),
    }))
    .toSorted((a, b) => descending(a.functionNames.length, b.functionNames.length));
}

export interface Fate {
  readonly name: 'changed' | 'proposed' | 'leftOut' | 'right' | 'unclear' | 'skipped';
  readonly count: number;
}

const STANDING: readonly ChangedOutcome['kind'][] = ['Verified', 'Watching', 'Unverified', 'RollbackRefused'];

/** What became of every function of the account tonight; the counts add up to all of them. */
export function fatesOf({ counts, changed, assessed = [] }: NightReport): Fate[] {
  const standing = changed.filter(({ kind }) => STANDING.includes(kind)).length;
  const of = (...kinds: string[]) => assessed.filter(({ kind }) => kinds.includes(kind)).length;
  const unclear = of('Unavailable', 'Failed');
  const leftOut = leftOutOf({ assessed }).length;
  const rest = counts.discovered - counts.excluded - changed.length - unclear - leftOut;
  const fates: Fate[] = [
    { name: 'changed', count: standing },
    { name: 'proposed', count: changed.length - standing },
    { name: 'leftOut', count: leftOut },
    { name: 'right', count: Math.max(0, rest) },
    { name: 'unclear', count: unclear },
    { name: 'skipped', count: counts.excluded },
  ];
  return fates.filter(({ count }) => count > 0);
}

/** Worth asking, but left for a night with attention to spare; a kind that older deployments do not write. */
export const leftOutOf = ({ assessed = [] }: Pick<NightReport, 'assessed'>): AssessedOutcome[] =>
  assessed.filter(({ kind }: { kind: string }) => kind === 'LeftOut');
