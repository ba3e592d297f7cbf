import type { Assessment } from '../../../contracts/assessment.ts';
import type { CoveredSteps } from '../../../contracts/ledger.ts';
import type { RunPolicy } from '../../../contracts/run.ts';

const DAY_MS = 86_400_000;

/**
 * What an approval of this proposal would cover beside the step itself: later steps of the same way, never above the larger
 * of the two sizes that whoever approves sees. Nothing where none is expected, or where the policy asks about every step.
 */
export function coveredSteps(
  { leastOnTheWayMb, current, recommended }: Pick<Assessment, 'leastOnTheWayMb' | 'current' | 'recommended'>,
  { consentDays }: Pick<RunPolicy, 'consentDays'>,
  nowMs: number,
): CoveredSteps | undefined {
  const changesMemory = current.memorySizeMb !== recommended.memorySizeMb;
  if (consentDays === 0 || leastOnTheWayMb === undefined || !changesMemory) return undefined;
  return {
    leastMemorySizeMb: leastOnTheWayMb,
    mostMemorySizeMb: Math.max(current.memorySizeMb, recommended.memorySizeMb),
    until: new Date(nowMs + consentDays * DAY_MS).toISOString(),
  };
}
