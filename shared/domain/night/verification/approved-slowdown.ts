import type { ChangeRecord } from '../../../contracts/ledger.ts';
import type { RunPolicy } from '../../../contracts/run.ts';

type ApprovedPolicy = Pick<RunPolicy, 'strategy' | 'maxSlowdown'>;
type ApprovedChange = Pick<ChangeRecord, 'assessment' | 'before' | 'after'>;

/**
 * Duration after the change against before it that was approved, 1 = the same. Under `cost` that is the guard, which is
 * measured against the size the function had before Rightsizer first changed it: coming back from a larger size that
 * turned out not to pay is slower than the night before, and no harm. Otherwise it is what was predicted.
 */
export function approvedSlowdown(
  { strategy, maxSlowdown }: ApprovedPolicy,
  { assessment, before, after }: ApprovedChange,
): number {
  if (strategy === 'cost') return (1 + maxSlowdown) * (assessment.baselineRelativeDuration ?? 1);
  const size = (memorySizeMb: number) => assessment.candidates.find((each) => each.memorySizeMb === memorySizeMb);
  const from = size(before.memorySizeMb)?.meanDurationMs;
  const upper = size(after.memorySizeMb)?.meanDurationUpperMs;
  return from && upper ? upper / from : 1;
}
