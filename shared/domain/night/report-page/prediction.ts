import type { ChangeRecord } from '../../../contracts/ledger.ts';
import type { VerifiedPrediction } from '../../pricing/calibration.ts';

/**
 * What was predicted for a verified change of memory and what production then showed. Undefined for a change of the
 * timeout alone, for which nothing was predicted, and where production has no duration.
 */
export function predictionOf({
  status,
  before,
  after,
  assessment,
  verifications,
  savings,
  realizedSavingsUsdPerMonth = 0,
}: ChangeRecord): VerifiedPrediction | undefined {
  const predicted = assessment.candidates.find(({ memorySizeMb }) => memorySizeMb === after.memorySizeMb);
  const realizedDurationMs = verifications.at(-1)?.meanDurationMsAfter;
  if (status !== 'Verified' || before.memorySizeMb === after.memorySizeMb) return undefined;
  if (predicted === undefined || realizedDurationMs === undefined) return undefined;
  return {
    predictedDurationMs: predicted.meanDurationMs,
    predictedLowerMs: predicted.meanDurationLowerMs,
    predictedUpperMs: predicted.meanDurationUpperMs,
    realizedDurationMs,
    estimatedSavingsUsdPerMonth: savings.savingsUsdPerMonth,
    realizedSavingsUsdPerMonth,
  };
}
