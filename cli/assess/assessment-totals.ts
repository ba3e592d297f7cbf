import type { AccountAssessment } from './assess-account.ts';

export type AssessedRow = AccountAssessment['functions'][number];

/** What every way of showing an assessment tells first. */
export interface AssessmentTotals {
  worth: readonly AssessedRow[];
  savingsUsdPerMonth: number;
  costUsdPerMonth: number;
}

export function totalsOf({ functions }: AccountAssessment): AssessmentTotals {
  const worth = functions.filter(({ worthProposing }) => worthProposing);
  return {
    worth,
    savingsUsdPerMonth: worth.reduce((sum, { savings }) => sum + savings.savingsUsdPerMonth, 0),
    costUsdPerMonth: functions.reduce((sum, { savings }) => sum + savings.costUsdPerMonthBefore, 0),
  };
}

/** `Left alone: 12 right as it is, 3 OptedOut.`, the most frequent reason first. */
export function leftAloneWords({ functions, excluded }: AccountAssessment): string {
  const kept = functions.filter(({ worthProposing }) => !worthProposing).map(keptBecause);
  const counts = new Map<string, number>();
  for (const each of [...excluded.map(({ reason }) => reason), ...kept]) counts.set(each, (counts.get(each) ?? 0) + 1);
  if (counts.size === 0) return 'No function is left alone.';
  const parts = [...counts].sort((a, b) => b[1] - a[1]).map(([reason, count]) => `${count} ${reason}`);
  return `Left alone: ${parts.join(', ')}.`;
}

function keptBecause({ assessment }: AssessedRow): string {
  if (assessment.finding === 'Unavailable') return 'not enough evidence';
  return assessment.finding === 'Optimized' ? 'right as it is' : 'not worth a change';
}
