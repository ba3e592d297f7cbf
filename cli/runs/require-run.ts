import type { RunLedger } from '../../shared/clients/ledger/ledger.ts';
import type { RunRecord } from '../../shared/contracts/ledger.ts';
import { UsageError } from '../input/usage-error.ts';

/** The run by its id; throws UsageError where the ledger has none of that name. */
export async function requireRun(ledger: Pick<RunLedger, 'getRun'>, runId: string): Promise<RunRecord> {
  const run = await ledger.getRun(runId);
  if (run === undefined) {
    throw new UsageError([`the ledger knows no run ${JSON.stringify(runId)}; "rightsizer runs" lists those it knows`]);
  }
  return run;
}
