/** One verified change: what was predicted for it and what production then showed. */
export interface VerifiedPrediction {
  readonly predictedDurationMs: number;
  readonly predictedLowerMs: number;
  readonly predictedUpperMs: number;
  readonly realizedDurationMs: number;
  readonly estimatedSavingsUsdPerMonth: number;
  readonly realizedSavingsUsdPerMonth: number;
}

/** How far predictions were off. Shares are 0 to 1. */
export interface Calibration {
  readonly predictions: number;
  readonly medianAbsoluteError: number;
  readonly p90AbsoluteError: number;
  /** Mean signed error: above 0, functions turned out slower than predicted. */
  readonly bias: number;
  /** Share of realized durations inside the predicted 90 % interval. */
  readonly coverage: number;
  readonly estimatedSavingsUsdPerMonth: number;
  readonly realizedSavingsUsdPerMonth: number;
}

/** Compares predictions with what was realized; undefined when nothing has been verified yet. */
export function calibrate(verified: readonly VerifiedPrediction[]): Calibration | undefined {
  if (verified.length === 0) return undefined;
  const errors = verified.map((each) => each.realizedDurationMs / each.predictedDurationMs - 1);
  const absolute = errors.map(Math.abs).sort((a, b) => a - b);
  const quantile = (share: number): number =>
    absolute[Math.min(absolute.length - 1, Math.floor(share * absolute.length))]!;
  const inside = verified.filter(
    (each) => each.realizedDurationMs >= each.predictedLowerMs && each.realizedDurationMs <= each.predictedUpperMs,
  );
  return {
    predictions: verified.length,
    medianAbsoluteError: quantile(0.5),
    p90AbsoluteError: quantile(0.9),
    bias: sum(errors) / errors.length,
    coverage: inside.length / verified.length,
    estimatedSavingsUsdPerMonth: sum(verified.map((each) => each.estimatedSavingsUsdPerMonth)),
    realizedSavingsUsdPerMonth: sum(verified.map((each) => each.realizedSavingsUsdPerMonth)),
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
