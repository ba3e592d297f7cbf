import { createLedger } from '../clients/ledger/create-ledger.ts';
import type { DecisionResult } from '../clients/ledger/ledger.ts';
import { clock } from '../clock.ts';
import type { Decision } from '../contracts/decision.ts';

export interface ApplyOptimizationInput {
  /** Rightsizer's ledger (stack output LedgerTableName). */
  ledgerTableName: string;
  runId: string;
  functionName: string;
  /** Who approves. */
  by: Decision['by'];
  note?: string;
}

/**
 * Approves a proposal; the waiting run then applies it, if the function still is what was approved, verifies it and
 * rolls it back where production got worse. Nothing is written to the function here.
 */
export async function applyOptimization(input: ApplyOptimizationInput): Promise<DecisionResult> {
  const { ledgerTableName, runId, functionName, by, note } = input;
  const at = new Date(clock.now()).toISOString();
  const decision: Decision = { decision: 'approved', by, at, ...(note && { note }) };
  return createLedger(ledgerTableName).decide(runId, functionName, decision);
}
