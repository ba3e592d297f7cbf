import type { OutcomeEvents } from '../../../shared/clients/eventbridge/outcome-events.ts';
import type { Ledger } from '../../../shared/clients/ledger/ledger.ts';
import { parseFailRunInput } from '../../../shared/contracts/change.ts';
import { runFailed } from '../../../shared/domain/approval/notifications/compose-notifications.ts';

export interface FailRunDependencies {
  ledger: Pick<Ledger, 'updateRun' | 'listProposals' | 'getChange' | 'expire' | 'close'>;
  events: OutcomeEvents;
  countFailure(): void;
}

/**
 * Clean-up of a run that cannot go on: proposals nobody can be asked about any more are expired and their functions
 * freed for the next night. Changes already begun stay open, for the next night to settle.
 */
export async function failRun(
  event: unknown,
  { ledger, events, countFailure }: FailRunDependencies,
): Promise<{ freed: number }> {
  const { run, error } = parseFailRunInput(event);
  const failure = `${error.Error ?? 'unknown error'}: ${error.Cause ?? 'no cause given'}`;
  await ledger.updateRun(run.runId, { status: 'failed', failure });
  let freed = 0;
  for (const { functionName } of await ledger.listProposals(run.runId)) {
    if (await ledger.getChange(functionName, run.runId)) continue;
    await ledger.expire(run.runId, functionName);
    if (await ledger.close(functionName, run.runId, {})) freed += 1;
  }
  await events.publish([
    {
      detailType: 'Rightsizer Run Failed',
      detail: { runId: run.runId, failure, notification: runFailed(run.runId, failure) },
    },
  ]);
  countFailure();
  return { freed };
}
