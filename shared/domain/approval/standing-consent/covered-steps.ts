import type { Assessment } from '../../../contracts/assessment.ts';
import type { CoveredSteps } from '../../../contracts/ledger.ts';
import type { RunPolicy } from '../../../contracts/run.ts';
import { FAMILIAR_SIZES_MB } from '../../night/recommendation/familiar-sizes.ts';
import { raisedOnce } from '../../night/recommendation/timeout.ts';

const DAY_MS = 86_400_000;
/** What memory goes down by in one step at most: as much as anybody is asked to approve at once. */
const ONE_STEP_SHARE = 0.5;

type Subject = Pick<Assessment, 'leastOnTheWayMb' | 'current' | 'recommended'>;

/**
 * What an approval of this proposal would cover beside the step itself: later steps of the same way, never above the larger
 * of the two sizes that whoever approves sees. Nothing where none is expected, or where the policy asks about every step.
 *
 * While calls are cut off nobody knows what they take, so that a raised timeout comes first, by itself. Its approval covers
 * what that is for: one more raise, should it not have been enough, and memory down to half once calls are seen to their end.
 */
export function coveredSteps(
  subject: Subject,
  { consentDays }: Pick<RunPolicy, 'consentDays'>,
  nowMs: number,
): CoveredSteps | undefined {
  const { current, recommended } = subject;
  const leastMemorySizeMb = leastCovered(subject);
  if (consentDays === 0 || leastMemorySizeMb === undefined) return undefined;
  return {
    leastMemorySizeMb,
    mostMemorySizeMb: Math.max(current.memorySizeMb, recommended.memorySizeMb),
    ...(isRaised(subject) && { mostTimeoutSeconds: raisedOnce(recommended.timeoutSeconds) }),
    until: new Date(nowMs + consentDays * DAY_MS).toISOString(),
  };
}

function leastCovered(subject: Subject): number | undefined {
  const { leastOnTheWayMb, current, recommended } = subject;
  if (current.memorySizeMb !== recommended.memorySizeMb) return leastOnTheWayMb;
  return isRaised(subject) ? halfOf(current.memorySizeMb) : undefined;
}

const isRaised = ({ current, recommended }: Subject): boolean => recommended.timeoutSeconds > current.timeoutSeconds;

const halfOf = (memorySizeMb: number): number =>
  FAMILIAR_SIZES_MB.find((size) => size >= memorySizeMb * ONE_STEP_SHARE) ?? memorySizeMb;
