import type { Assessment } from '../../../shared/contracts/assessment.ts';
import { NEAR_TIMEOUT_SHARE } from '../../../shared/domain/night/recommendation/timeout.ts';

/** Whether the timeout has to rise at the size the function has now, whatever memory it gets. */
function needsLongerTimeout({ metrics, current, recommended }: Assessment): boolean {
  const slowestMs = metrics?.maxDurationMs ?? metrics?.p99DurationMs ?? 0;
  const isRaise = recommended.timeoutSeconds > current.timeoutSeconds;
  return isRaise && slowestMs > NEAR_TIMEOUT_SHARE * 1000 * current.timeoutSeconds;
}

/**
 * Memory and timeout each need a reason of their own: a timeout that must rise brings along no memory change that would
 * not be worth asking about by itself, and one that would rise only for the slower memory falls with it. Answers the
 * assessment with what has a reason; undefined where neither has.
 *
 * @param isMemoryWorth whether the memory change alone would be proposed
 */
export function withOwnReasons(assessment: Assessment, isMemoryWorth: boolean): Assessment | undefined {
  const { current, recommended, findingReasons, timeoutReason } = assessment;
  const changesMemory = recommended.memorySizeMb !== current.memorySizeMb;
  if (changesMemory && isMemoryWorth) return assessment;
  const isRaise = recommended.timeoutSeconds > current.timeoutSeconds;
  if (!changesMemory && !isRaise) return assessment;
  if (!needsLongerTimeout(assessment)) return undefined;
  if (!changesMemory) return assessment;
  return {
    ...assessment,
    recommended: { ...recommended, memorySizeMb: current.memorySizeMb },
    findingReasons: findingReasons.filter((reason) => reason.startsWith('Timeout')),
    reason: timeoutReason ?? assessment.reason,
  };
}
