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
  /** Highest probability of a night beyond the guard, and of one slowed down severely, that `cost` accepts. */
  readonly mostBeyond: number;
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
  mostBeyond: 0.32,
  mostSevere: 0.06,
  mostBeyondLastNight: 0.02,
  mostForInsight: 0.1,
};
