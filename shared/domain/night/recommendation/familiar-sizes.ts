import { LAMBDA_MAX_MB, LAMBDA_MIN_MB, ONE_VCPU_MB } from './memory-sizes.ts';

/** Steps in which people write memory sizes, MB: the console's own of 64, and twice that from a gigabyte on. */
const SMALL_STEP_MB = 64;
const SMALL_STEPS_UP_TO_MB = 1_024;
const LARGE_STEP_MB = 128;

/** A size somebody would type: 64-MB steps up to 1,024, 128-MB steps above, and one full vCPU. */
export function isFamiliarSize(memorySizeMb: number): boolean {
  const step = memorySizeMb <= SMALL_STEPS_UP_TO_MB ? SMALL_STEP_MB : LARGE_STEP_MB;
  return memorySizeMb % step === 0 || memorySizeMb === ONE_VCPU_MB;
}

const SMALL_STEPS_MB = Array.from({ length: LAMBDA_MAX_MB / SMALL_STEP_MB }, (_, at) => (at + 1) * SMALL_STEP_MB);

/** All of them, ascending; looked for among 161 sizes and not among 10,113, which each task that loads this would wait for. */
export const FAMILIAR_SIZES_MB: readonly number[] = [...SMALL_STEPS_MB, ONE_VCPU_MB]
  .filter((memorySizeMb) => memorySizeMb >= LAMBDA_MIN_MB && isFamiliarSize(memorySizeMb))
  .toSorted((a, b) => a - b);
