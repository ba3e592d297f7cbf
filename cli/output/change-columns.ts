import type { FunctionConfiguration } from '../../shared/contracts/assessment.ts';
import { configurationChange, usd } from '../../shared/domain/approval/proposal/wording.ts';
import type { flatTable } from './csv.ts';
import type { Column } from './table.ts';

/** What every record of a change tells, from the ledger and from a report alike. */
export interface ToldChange {
  before?: FunctionConfiguration | undefined;
  after?: FunctionConfiguration | undefined;
  estimatedSavingsUsdPerMonth?: number | undefined;
  realizedSavingsUsdPerMonth?: number | undefined;
  decidedBy?: string | undefined;
  reason?: string | undefined;
}

const amount = (saved: number | undefined): string | undefined => (saved === undefined ? undefined : usd(saved));

export const CHANGE_COLUMN: Column<ToldChange> = {
  heading: 'Change',
  value: ({ before, after }) => (before && after ? configurationChange(before, after) : undefined),
};

export const MONEY_COLUMNS: readonly Column<ToldChange>[] = [
  { heading: 'Estimated', align: 'right', value: (change) => amount(change.estimatedSavingsUsdPerMonth) },
  { heading: 'Measured', align: 'right', value: (change) => amount(change.realizedSavingsUsdPerMonth) },
];

export const DECIDED_BY_COLUMN: Column<ToldChange> = { heading: 'Decided by', value: ({ decidedBy }) => decidedBy };

/** For `--csv`, under the names of `--json`. */
export const CHANGE_FIELDS = {
  memorySizeMbBefore: ({ before }) => before?.memorySizeMb,
  memorySizeMbAfter: ({ after }) => after?.memorySizeMb,
  timeoutSecondsBefore: ({ before }) => before?.timeoutSeconds,
  timeoutSecondsAfter: ({ after }) => after?.timeoutSeconds,
  estimatedSavingsUsdPerMonth: (change) => change.estimatedSavingsUsdPerMonth,
  realizedSavingsUsdPerMonth: (change) => change.realizedSavingsUsdPerMonth,
  decidedBy: ({ decidedBy }) => decidedBy,
  reason: ({ reason }) => reason,
} satisfies Parameters<typeof flatTable<ToldChange>>[0];
