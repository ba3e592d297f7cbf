import { NOTCH_FACTOR } from './memory-sizes.ts';

/** How the nights ahead weigh against each other, and what being slow costs. */
export interface ChoiceTuning {
  readonly balancedTonight: number;
  readonly balancedLastNight: number;
  readonly costTonight: number;
  readonly costLastNight: number;
  /** Losses of certainty, in units of the baseline's cost. */
  readonly tonightPenalty: number;
  readonly laterPenalty: number;
  readonly finalPenalty: number;
  readonly severePenalty: number;
  /** Highest probability of a night beyond a guard of 5 % (10 %) that `cost` accepts; see `mostBeyond`. */
  readonly mostBeyondTightGuard: number;
  readonly mostBeyondWideGuard: number;
  /** Most that `cost` may divide the memory by while only one size was seen, with a guard of 5 % (10 %); see `mostFirstStep`. */
  readonly mostFirstStepTightGuard: number;
  readonly mostFirstStepWideGuard: number;
  /** Highest probability of a night slowed down severely that `cost` accepts. */
  readonly mostSevere: number;
  /** Highest probability of ending beyond the guard that `cost` accepts on the last night. */
  readonly mostBeyondLastNight: number;
  /** Most that one night of `cost` may cost more than the present size, as a share of the baseline's cost. */
  readonly mostForInsight: number;
}

/** Chosen by cross-validation on the vendored curves, by group and by source alike (`npm run -s bench:quality`). */
export const CHOICE_TUNING: ChoiceTuning = {
  balancedTonight: 2,
  balancedLastNight: 1,
  costTonight: 1,
  costLastNight: 8,
  tonightPenalty: 0.05,
  laterPenalty: 0.05,
  finalPenalty: 1,
  severePenalty: 0.2,
  mostBeyondTightGuard: 0.36,
  mostBeyondWideGuard: 0.25,
  mostFirstStepTightGuard: 1.25,
  mostFirstStepWideGuard: NOTCH_FACTOR,
  mostSevere: 0.05,
  mostBeyondLastNight: 0.02,
  mostForInsight: 0.1,
};

const TIGHT_GUARD = 0.05;
const WIDE_GUARD = 0.1;

/** A night just beyond a tight guard is hardly noticed, one beyond a wide guard is: it may be risked less often. */
export function mostBeyond({ mostBeyondTightGuard, mostBeyondWideGuard }: ChoiceTuning, maxSlowdown: number): number {
  return byGuard(mostBeyondTightGuard, mostBeyondWideGuard, maxSlowdown);
}

/**
 * While one size is all that was seen, nothing tells waiting from computing. With a tight guard the first step stays so
 * small that even a function which only computes, on one thread, gets no more than a quarter slower by it.
 */
export function mostFirstStep(tuning: ChoiceTuning, maxSlowdown: number): number {
  return byGuard(tuning.mostFirstStepTightGuard, tuning.mostFirstStepWideGuard, maxSlowdown);
}

/** In between in proportion. */
function byGuard(tight: number, wide: number, maxSlowdown: number): number {
  const share = Math.min(1, Math.max(0, (maxSlowdown - TIGHT_GUARD) / (WIDE_GUARD - TIGHT_GUARD)));
  return tight + share * (wide - tight);
}
