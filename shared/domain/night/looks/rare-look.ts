import type { AssessmentItem, MemoryEvidence } from '../../../contracts/evidence.ts';
import type { Look } from '../../../contracts/look.ts';
import type { AssessedOutcome } from '../../../contracts/outcome.ts';

/** An item of the assessment with what earlier nights found out about a function that rests for days between its runs. */
export function withRareLook(item: AssessmentItem, look: Look | undefined): AssessmentItem {
  if (look?.rare === undefined) return item;
  const { mostMemoryUsedMb } = look.rare;
  const isSame = look.lastModified === item.lastModified;
  return {
    ...item,
    isRare: true,
    memoryEvidence: isSame ? atLeast(item.memoryEvidence, mostMemoryUsedMb) : item.memoryEvidence,
  };
}

/** Where nothing was read tonight nothing is added: less memory is proposed by what logs say tonight, or not at all. */
function atLeast(evidence: MemoryEvidence, mostMemoryUsedMb = 0): MemoryEvidence {
  const { maxMemoryUsedMb } = evidence;
  if (maxMemoryUsedMb === undefined || maxMemoryUsedMb >= mostMemoryUsedMb) return evidence;
  return { ...evidence, maxMemoryUsedMb: mostMemoryUsedMb };
}

/** What the next nights are told of such a function; undefined of every other. */
export function rareLook(
  { assessment }: AssessedOutcome,
  lastModified: string,
  former: Look | undefined,
): Look['rare'] | undefined {
  if (assessment?.rhythm === undefined) return undefined;
  const known = former?.lastModified === lastModified ? former.rare?.mostMemoryUsedMb : undefined;
  const mostMemoryUsedMb = Math.max(assessment.memory.maxMemoryUsedMb ?? 0, known ?? 0);
  return mostMemoryUsedMb > 0 ? { mostMemoryUsedMb } : {};
}
