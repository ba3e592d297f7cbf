import type { AssessedCandidate, Assessment } from '../../shared/contracts/assessment.ts';

/** Less than this is within what measurements can tell apart. */
const NOISE_SHARE = 0.02;

/** Why a size was taken, or not, in the order in which the model weighs it. */
export function whyNot(candidate: AssessedCandidate, { current, recommended, candidates }: Assessment): string {
  const size = candidate.memorySizeMb;
  const isNow = size === current.memorySizeMb;
  if (size === recommended.memorySizeMb) return isNow ? 'now, and recommended: stay' : 'recommended';
  if (isNow) return 'now';
  if (!candidate.meetsGuard) return 'not sure enough that it stays fast enough';
  const best = candidates.find(({ memorySizeMb }) => memorySizeMb === recommended.memorySizeMb);
  if (best === undefined) return '';
  const dearer = candidate.relativeCost / best.relativeCost - 1;
  const slower = candidate.relativeDuration / best.relativeDuration - 1;
  if (dearer > NOISE_SHARE) return `costs ${percent(dearer)} more than the recommended`;
  if (slower > NOISE_SHARE) return `takes ${percent(slower)} longer than the recommended`;
  return 'as good within the noise, or less certain';
}

const percent = (share: number): string => `${Math.round(share * 100)}%`;
