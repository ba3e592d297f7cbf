import type { ChangeRecord, VerificationRecord } from '../../../contracts/ledger.ts';

/**
 * What the change saves a month as measured: the same monthly cost as estimated before, scaled by what an invocation
 * really takes now in memory × duration. Undefined where production before or after has no duration.
 *
 * The request fee is the same before and after, so only the rest of the cost is scaled.
 */
export function realizedSavings(change: ChangeRecord, verification: VerificationRecord): number | undefined {
  const { meanDurationMsBefore, meanDurationMsAfter } = verification;
  if (!meanDurationMsBefore || !meanDurationMsAfter) return undefined;
  const gbMsBefore = change.before.memorySizeMb * Math.ceil(meanDurationMsBefore);
  const gbMsAfter = change.after.memorySizeMb * Math.ceil(meanDurationMsAfter);
  const durationCostBefore = durationCostUsdPerMonth(change);
  return durationCostBefore * (1 - gbMsAfter / gbMsBefore);
}

function durationCostUsdPerMonth({ savings }: ChangeRecord): number {
  return Math.max(0, savings.costUsdPerMonthBefore - savings.requestsUsdPerMonth);
}
