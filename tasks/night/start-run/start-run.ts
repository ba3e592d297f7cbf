import * as v from 'valibot';
import type { RunLedger } from '../../../shared/clients/ledger/ledger.ts';
import { parseContract } from '../../../shared/contracts/parse.ts';
import { parseRunInput, type RunContext, type StartRunOutput } from '../../../shared/contracts/run.ts';
import { SCHEMA_VERSION } from '../../../shared/contracts/schema-version.ts';
import type { RunSettings } from '../../../shared/contracts/settings.ts';
import { TransientError } from '../../../shared/errors.ts';
import { planRun } from './plan-run.ts';

const eventSchema = v.object({ input: v.unknown(), execution: v.object({ arn: v.string(), name: v.string() }) });

export interface StartRunDependencies {
  ledger: Pick<RunLedger, 'acquireLease' | 'takeOverLease' | 'putRun' | 'getRun'>;
  /** Whether an execution still runs; false also for one that is not known any more. */
  isRunning(executionArn: string): Promise<boolean>;
  settings: RunSettings;
  bucket: string;
  now(): number;
}

/**
 * Parses the run's input, fixes its context and, for a scheduled night, takes the lease on its date. Answers
 * `proceed: false` where another execution has the night (EventBridge Scheduler delivers at least once).
 *
 * @throws InvalidInputError naming every problem of the input; nothing was written then
 */
export async function startRun(event: unknown, dependencies: StartRunDependencies): Promise<StartRunOutput> {
  const { input, execution } = parseContract('start-run event', eventSchema, event);
  const run = planRun(parseRunInput(input), dependencies.settings, execution, dependencies.bucket, dependencies.now());
  if (run.trigger === 'schedule') {
    const refusal = await takeLease(run, dependencies);
    if (refusal) return refusal;
  }
  await recordRun(run, dependencies);
  return { schemaVersion: SCHEMA_VERSION, proceed: true, run };
}

async function takeLease(
  run: RunContext,
  { ledger, isRunning }: StartRunDependencies,
): Promise<StartRunOutput | undefined> {
  const lease = { leaseId: `scheduled#${run.runDate}`, executionArn: run.executionArn, takenAt: run.startedAt };
  const taken = await ledger.acquireLease(lease);
  if (taken.acquired) return undefined;
  const holderExecutionArn = taken.holder.executionArn;
  if (await isRunning(holderExecutionArn)) return refuse(run, 'AlreadyRunning', holderExecutionArn);
  if ((await ledger.getRun(run.runId))?.status === 'succeeded') return refuse(run, 'AlreadyRun', holderExecutionArn);
  if (await ledger.takeOverLease(lease, holderExecutionArn)) return undefined;
  throw new TransientError(`another execution took the lease ${lease.leaseId} over at the same moment`);
}

function refuse(run: RunContext, reason: 'AlreadyRun' | 'AlreadyRunning', holderExecutionArn: string): StartRunOutput {
  const what = reason === 'AlreadyRun' ? 'was done' : 'is being done';
  const message = `the night of ${run.runDate} ${what} by another execution; nothing to do`;
  return { schemaVersion: SCHEMA_VERSION, proceed: false, reason, message, holderExecutionArn };
}

async function recordRun(run: RunContext, { ledger }: StartRunDependencies): Promise<void> {
  await ledger.putRun({
    runId: run.runId,
    runDate: run.runDate,
    trigger: run.trigger,
    executionArn: run.executionArn,
    startedAt: run.startedAt,
    approvalExpiresAt: run.approvalExpiresAt,
    status: 'running',
    proposalCount: 0,
  });
}
