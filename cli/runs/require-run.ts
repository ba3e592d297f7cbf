import type { RunLedger } from '../../shared/clients/ledger/ledger.ts';
import type { ProposalRecord, RunRecord } from '../../shared/contracts/ledger.ts';
import { UsageError } from '../input/usage-error.ts';

/** The run by its id; throws UsageError where the ledger has none of that name. */
export async function requireRun(ledger: Pick<RunLedger, 'getRun'>, runId: string): Promise<RunRecord> {
  const run = await ledger.getRun(runId);
  if (run === undefined) {
    throw new UsageError([`the ledger knows no run ${JSON.stringify(runId)}; "rightsizer runs" lists those it knows`]);
  }
  return run;
}

/** Whether a proposal still waits for somebody; the clock may be ahead of the ledger's own marking. */
export const isOpen = ({ status, outcome, expiresAt }: ProposalRecord, nowMs: number): boolean =>
  status === 'pending' && outcome === undefined && Date.parse(expiresAt) > nowMs;
