import { createServiceCosts, type ServiceCosts } from '../clients/cost-explorer/service-costs.ts';
import { createFunctionCatalog, type FunctionCatalog } from '../clients/lambda/function-catalog.ts';
import { createLedger } from '../clients/ledger/create-ledger.ts';
import type { ChangeLedger } from '../clients/ledger/ledger.ts';
import type { ChangeRecord } from '../contracts/ledger.ts';
import { type AppliedChange, type CostReport, composeCostReport } from '../domain/cost-report/compose-cost-report.ts';

export interface CostReportInput {
  /** ISO dates, `to` exclusive; a whole number of months compares best. */
  before: { from: string; to: string; users?: number };
  after: { from: string; to: string; users?: number };
  /** Rightsizer's ledger; without it nothing is known of levers. */
  ledgerTableName?: string;
}

export interface CostReportDependencies {
  costs: ServiceCosts;
  catalog: FunctionCatalog;
  ledger: Pick<ChangeLedger, 'listChanges'> | undefined;
}

/** Live changes: those that ended well, or are still watched. */
const LIVE: readonly ChangeRecord['status'][] = ['applied', 'Watching', 'Verified', 'Unverified'];

/** The account's bill before and after, from Cost Explorer where it may be read, and what Rightsizer gave of it. */
export async function createCostReport(
  input: CostReportInput,
  dependencies: CostReportDependencies = {
    costs: createServiceCosts(),
    catalog: createFunctionCatalog(),
    ledger: input.ledgerTableName === undefined ? undefined : createLedger(input.ledgerTableName),
  },
): Promise<CostReport> {
  const { before, after } = input;
  const { costs } = dependencies;
  const servicesBefore = await costs.read(before.from, before.to);
  // Denied once is denied twice; every call costs a cent.
  const servicesAfter = servicesBefore && (await costs.read(after.from, after.to));
  return composeCostReport(
    { ...before, services: servicesBefore, users: before.users },
    { ...after, services: servicesAfter, users: after.users },
    await readChanges(dependencies),
  );
}

async function readChanges({ catalog, ledger }: CostReportDependencies): Promise<AppliedChange[]> {
  if (ledger === undefined) return [];
  const changes: AppliedChange[] = [];
  for (const { functionName } of await catalog.listFunctions()) {
    for (const change of await ledger.listChanges(functionName)) {
      if (LIVE.includes(change.status)) changes.push(asApplied(change));
    }
  }
  return changes;
}

const asApplied = (change: ChangeRecord): AppliedChange => ({
  functionName: change.functionName,
  estimatedUsdPerMonth: change.savings.savingsUsdPerMonth,
  realizedUsdPerMonth: change.realizedSavingsUsdPerMonth,
});
