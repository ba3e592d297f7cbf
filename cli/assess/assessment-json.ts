import type { AccountAssessment } from './assess-account.ts';
import { totalsOf } from './assessment-totals.ts';

/** What `--json` prints: numbers for machines, nothing that was only needed on the way. */
export function assessmentJson(found: AccountAssessment): Record<string, unknown> {
  const { worth, savingsUsdPerMonth, costUsdPerMonth } = totalsOf(found);
  return {
    functionsAssessed: found.functions.length,
    functionsWithFinding: found.functions.filter(({ assessment }) => assessment.finding !== 'Unavailable').length,
    worthProposing: worth.length,
    savingsUsdPerMonth,
    costUsdPerMonth,
    functions: found.functions.map(({ assessment, savings, worthProposing }) => ({
      functionName: assessment.functionName,
      finding: assessment.finding,
      current: assessment.current,
      recommended: assessment.recommended,
      worthProposing,
      savingsUsdPerMonth: savings.savingsUsdPerMonth,
      costUsdPerMonth: savings.costUsdPerMonthBefore,
      risk: assessment.risk,
      reason: assessment.reason,
    })),
    excluded: found.excluded,
    unavailableSources: found.unavailableSources,
    logsScannedBytes: found.scannedBytes,
  };
}
