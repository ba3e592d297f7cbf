import type { NightReport } from '../../shared/contracts/night-report.ts';
import type { AssessedOutcome, ChangedOutcome } from '../../shared/contracts/outcome.ts';
import { assessedOutcome, functionArn, savings } from './builders.ts';

export function changedOutcome(overrides: Partial<ChangedOutcome> = {}): ChangedOutcome {
  const functionName = overrides.functionName ?? 'orders-api';
  return {
    schemaVersion: 1,
    functionName,
    functionArn: functionArn(functionName),
    runId: 'scheduled-2026-11-23',
    kind: 'Verified',
    reason: 'no more errors, mean duration -1.2 % over 4120 invocations',
    decidedBy: 'Ada',
    before: { memorySizeMb: 1024, timeoutSeconds: 30 },
    after: { memorySizeMb: 512, timeoutSeconds: 30 },
    estimatedSavingsUsdPerMonth: 12,
    realizedSavingsUsdPerMonth: 9,
    ...overrides,
  };
}

const NO_COUNTS = {
  ...{ discovered: 0, excluded: 0, assessed: 0, proposed: 0, approved: 0, rejected: 0, expired: 0 },
  ...{ applied: 0, verified: 0, watching: 0, rolledBack: 0, refused: 0, failed: 0 },
};

export function nightReport(overrides: Partial<NightReport> = {}): NightReport {
  const runDate = overrides.runDate ?? '2026-11-23';
  const runId = overrides.runId ?? `scheduled-${runDate}`;
  return {
    schemaVersion: 1,
    runId,
    runDate,
    reportKey: `runs/${runId}/report.json`,
    counts: { ...NO_COUNTS, discovered: 3, assessed: 2, excluded: 1, proposed: 1, applied: 1, verified: 1 },
    estimatedSavingsUsdPerMonth: 12,
    realizedSavingsUsdPerMonth: 9,
    settled: [],
    changed: [changedOutcome({ runId })],
    assessed: [assessedOutcome(), assessedOutcome({ functionName: 'orders-worker', kind: 'NotWorthProposing' })],
    excluded: [
      { functionName: 'edge', functionArn: functionArn('edge'), reason: 'OptedOut', message: 'tagged rightsizer=off' },
    ],
    memoryEvidence: { functionsBySource: { ComputeOptimizer: 2 }, scannedBytes: 2e9, scanBudgetBytes: 20e9 },
    ...overrides,
  };
}

/** A night over an account of so many functions, a twentieth of them changed; spread over costs and wastes. */
export function largeNight(functions: number): NightReport {
  const assessed = Array.from({ length: functions }, (_, at): AssessedOutcome => {
    const costUsdPerMonthBefore = 10 ** ((at % 70) / 15 - 2);
    const savingsUsdPerMonth = at % 3 === 0 ? (costUsdPerMonthBefore * (at % 50)) / 100 : 0;
    return assessedOutcome({
      functionName: `team-${at % 40}-production-handle-something-${at}`,
      kind: at % 20 === 0 ? 'Proposable' : 'NotWorthProposing',
      savings: savings({ costUsdPerMonthBefore, savingsUsdPerMonth }),
    });
  });
  const proposed = assessed.filter(({ kind }) => kind === 'Proposable');
  const changed = proposed.map(({ functionName }) => changedOutcome({ functionName }));
  const counts = { ...NO_COUNTS, discovered: functions, assessed: functions, proposed: changed.length };
  return nightReport({ assessed, changed, excluded: [], counts });
}
