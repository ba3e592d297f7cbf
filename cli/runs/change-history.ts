import type { ChangeLedger } from '../../shared/clients/ledger/ledger.ts';
import type { FunctionConfiguration } from '../../shared/contracts/assessment.ts';
import type { ChangeRecord } from '../../shared/contracts/ledger.ts';
import type { NightOutcomes } from '../../shared/contracts/night-report.ts';
import { deciderOf } from '../../shared/domain/approval/proposal/wording.ts';
import { proveNights } from '../../shared/domain/night/report-page/proof.ts';

/** One change, whichever record it is known from. */
export interface PastChange {
  functionName: string;
  runId: string;
  /** ISO date or instant: of the change itself from the ledger, of its night from a report. */
  at: string;
  endedAs: string;
  before: FunctionConfiguration | undefined;
  after: FunctionConfiguration | undefined;
  estimatedSavingsUsdPerMonth: number | undefined;
  realizedSavingsUsdPerMonth: number | undefined;
  decidedBy: string | undefined;
  reason: string | undefined;
}

/** All that was ever changed of one function, newest first, as the ledger keeps it. */
export async function changesOfFunction(
  ledger: Pick<ChangeLedger, 'listChanges'>,
  functionName: string,
): Promise<PastChange[]> {
  return newestFirst((await ledger.listChanges(functionName)).map(fromLedger));
}

function fromLedger(change: ChangeRecord): PastChange {
  const { memorySizeMb, timeoutSeconds } = change.before;
  return {
    functionName: change.functionName,
    runId: change.runId,
    at: change.appliedAt ?? change.startedAt,
    endedAs: change.status,
    before: { memorySizeMb, timeoutSeconds },
    after: change.after,
    estimatedSavingsUsdPerMonth: change.savings.savingsUsdPerMonth,
    realizedSavingsUsdPerMonth: change.realizedSavingsUsdPerMonth,
    decidedBy: deciderOf(change.decision.by),
    reason: change.outcomeReason,
  };
}

/** Kinds in which nothing was written to the function. */
const NEVER_WRITTEN = ['Rejected', 'Expired', 'Refused'];

/** What the nights changed, newest first, each change once, as it ended last. */
export function changesOfNights(nights: readonly NightOutcomes[]): PastChange[] {
  const written = proveNights(nights).changes.filter(({ outcome }) => !NEVER_WRITTEN.includes(outcome.kind));
  return newestFirst(
    written.map(({ outcome, sinceDate }) => ({
      functionName: outcome.functionName,
      runId: outcome.runId,
      at: sinceDate,
      endedAs: outcome.kind,
      before: outcome.before,
      after: outcome.after,
      estimatedSavingsUsdPerMonth: outcome.estimatedSavingsUsdPerMonth,
      realizedSavingsUsdPerMonth: outcome.realizedSavingsUsdPerMonth,
      decidedBy: outcome.decidedBy,
      reason: outcome.reason,
    })),
  );
}

const newestFirst = (changes: readonly PastChange[]): PastChange[] =>
  changes.toSorted((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : a.functionName < b.functionName ? -1 : 1));
