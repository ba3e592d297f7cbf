import { createHash } from 'node:crypto';

/** Mutants drawn by chance where all of them take too long; the same seed draws the same ones. */
export interface Sample {
  /** Of a hundred mutants so many are drawn. */
  percent: number;
  seed: number;
}

export const WHOLE: Sample = { percent: 100, seed: 1 };

/** Whether a mutant, by Stryker's number of it, is one of the sample's. */
export function isInSample(mutantId: string, { percent, seed }: Sample): boolean {
  const drawn = createHash('sha256').update(`${seed}/${mutantId}`).digest().readUInt32BE(0);
  return drawn < (percent / 100) * 2 ** 32;
}

/** Normal quantile of the ends of a 95 % interval. */
const DEVIATIONS = 1.96;

/** How far the score of all mutants may be from a sample's, in percent (95 %, Wilson's interval, its wider side). */
export function samplingErrorPercent({ noticed, total }: { noticed: number; total: number }): number {
  if (total === 0) return 100;
  const [share, z2] = [noticed / total, DEVIATIONS ** 2];
  const middle = (share + z2 / (2 * total)) / (1 + z2 / total);
  const half = (DEVIATIONS / (1 + z2 / total)) * Math.sqrt((share * (1 - share)) / total + z2 / (4 * total ** 2));
  return 100 * (half + Math.abs(middle - share));
}
