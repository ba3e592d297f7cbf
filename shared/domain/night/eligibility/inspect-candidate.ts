import type { Assessment } from '../../../contracts/assessment.ts';
import type { ExclusionReason } from '../../../contracts/manifest.ts';
import type { LiveFunction } from '../change/live-function.ts';

/** Less than this share of unqualified calls, and changing `$LATEST` would change next to nothing. */
export const MINIMUM_UNQUALIFIED_SHARE = 0.95;

export interface CandidateFacts {
  assessment: Assessment;
  /** As GetFunction describes it now; undefined when it is gone. */
  live: LiveFunction | undefined;
  /** Share of invocations without a qualifier, 0 to 1; undefined without any invocation. */
  unqualifiedShare: number | undefined;
}

export interface InspectionRefusal {
  reason: ExclusionReason;
  message: string;
}

/**
 * What only a look at the single function tells, and therefore only those are looked at that would be proposed:
 * ListFunctions shows neither state nor concurrency nor aliases.
 */
export function inspectCandidate({
  assessment,
  live,
  unqualifiedShare,
}: CandidateFacts): InspectionRefusal | undefined {
  const { current } = assessment;
  if (live === undefined) return refuse('Changed', 'it was deleted while the night was assessing it');
  if (live.state !== 'Active') return refuse('NotActive', `state is ${live.state}; only active functions are changed`);
  if (live.lastUpdateStatus === 'InProgress') return refuse('UpdateInProgress', 'another update of it is in progress');
  if (live.reservedConcurrentExecutions === 0) {
    return refuse('ReservedConcurrencyZero', 'reserved concurrency is 0: somebody switched it off on purpose');
  }
  if (
    live.memorySizeMb !== current.memorySizeMb ||
    live.timeoutSeconds !== current.timeoutSeconds ||
    live.codeSha256 !== assessment.codeSha256
  ) {
    return refuse('Changed', 'somebody changed it while the night was assessing it');
  }
  if (unqualifiedShare !== undefined && unqualifiedShare < MINIMUM_UNQUALIFIED_SHARE)
    return aliasPinned(unqualifiedShare);
  return undefined;
}

function aliasPinned(unqualifiedShare: number): InspectionRefusal {
  const pinned = `${((1 - unqualifiedShare) * 100).toFixed(0)} %`;
  return refuse('AliasPinned', `${pinned} of its traffic calls an alias or a version, whose configuration is frozen`);
}

const refuse = (reason: ExclusionReason, message: string): InspectionRefusal => ({ reason, message });
