import type { Assessment } from '../../../contracts/assessment.ts';
import { candidateAt } from '../proposal/predicted-change.ts';

/** One notch: what the recommendation itself never exceeds in a night; held here once more, whatever proposed it. */
const LARGEST_CUT = 2;
/** A function with this tag at "false" is always asked about, whatever the rules say. */
export const AUTO_APPROVAL_TAG = 'rightsizer:auto-approve';

/** Why a person must look at a proposal, or undefined. No rule lifts any of these. */
export function personNeeded(assessment: Assessment): string | undefined {
  return LIMITS.find(({ applies }) => applies(assessment))?.why;
}

const isLowered = ({ current, recommended }: Assessment): boolean => recommended.memorySizeMb < current.memorySizeMb;

const LIMITS: readonly { applies(assessment: Assessment): boolean; why: string }[] = [
  {
    applies: ({ tags }) => tags[AUTO_APPROVAL_TAG]?.toLowerCase() === 'false',
    why: `the function carries the tag ${AUTO_APPROVAL_TAG}=false`,
  },
  { applies: ({ risk }) => risk === 'High', why: 'its risk is high' },
  {
    applies: ({ current, recommended }) => recommended.timeoutSeconds < current.timeoutSeconds,
    why: 'its timeout would be lowered, which may break a rare slow path',
  },
  {
    applies: (assessment) => isLowered(assessment) && assessment.memory.maxMemoryUsedMb === undefined,
    why: 'its memory would be lowered without evidence of what it uses',
  },
  {
    applies: (assessment) =>
      isLowered(assessment) && assessment.recommended.memorySizeMb <= (assessment.memory.maxMemoryUsedMb ?? 0),
    why: 'its memory would be lowered to what it uses',
  },
  {
    applies: (assessment) => assessment.recommended.memorySizeMb * LARGEST_CUT < assessment.current.memorySizeMb,
    why: `its memory would be lowered by more than a factor of ${LARGEST_CUT}`,
  },
  {
    applies: (assessment) =>
      isLowered(assessment) && candidateAt(assessment, assessment.recommended.memorySizeMb) === undefined,
    why: 'nothing predicts how fast it is at the lower size',
  },
];
