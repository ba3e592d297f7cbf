import { StateError } from '../errors.ts';
import { Cancelled, type CancelReason } from './cancel-scope.ts';
import type { Execution, ExecutionEnd } from './execution.ts';
import { runRegion } from './run-region.ts';
import type { Services } from './services.ts';

/** Longest an Express execution runs, in seconds (Step Functions service quotas: five minutes). */
const MAX_EXPRESS_SECONDS = 300;

/**
 * The year a Standard execution may take is not enforced: a clock that runs until nothing moves should stop at a task
 * that waits for a person, not a year later.
 */
function timeoutSeconds(execution: Execution): number | undefined {
  const own = execution.machine.program.timeoutSeconds;
  return execution.machine.type === 'EXPRESS' ? Math.min(own ?? MAX_EXPRESS_SECONDS, MAX_EXPRESS_SECONDS) : own;
}

function scheduleTimeout(services: Services, execution: Execution): (() => void) | undefined {
  const { clock } = services;
  const seconds = timeoutSeconds(execution);
  if (seconds === undefined) return undefined;
  return clock.schedule(clock.now() + seconds * 1_000, () => interrupt(execution, { kind: 'timed-out' }, clock.now()));
}

function endAfter(reason: CancelReason): ExecutionEnd {
  if (reason.kind === 'timed-out') return { status: 'TIMED_OUT' };
  return reason.kind === 'stopped'
    ? { status: 'ABORTED', error: reason.error, cause: reason.cause }
    : { status: 'ABORTED' };
}

/** Ends a running execution from outside: its status changes at once, its branches unwind in their next turns. */
export function interrupt(execution: Execution, reason: CancelReason, nowMs: number): void {
  execution.finish(endAfter(reason), nowMs);
  execution.scope.cancel(reason);
}

/** Records the start of an execution, or of its redrive. */
export function recordStart(execution: Execution, nowMs: number): void {
  if (execution.redriveCount > 0) {
    execution.record(execution.root, nowMs, 'ExecutionRedriven', 'executionRedrivenEventDetails', {
      redriveCount: execution.redriveCount,
    });
    return;
  }
  execution.record(execution.root, nowMs, 'ExecutionStarted', 'executionStartedEventDetails', {
    input: execution.input,
    roleArn: execution.machine.roleArn,
  });
}

async function runToEnd(services: Services, execution: Execution): Promise<ExecutionEnd> {
  try {
    const place = { services, execution, scope: execution.scope };
    const output = await runRegion(place, execution.machine.program, execution.root, execution.input);
    return { status: 'SUCCEEDED', output };
  } catch (error) {
    if (error instanceof Cancelled) return endAfter(error.reason);
    if (error instanceof StateError) return { status: 'FAILED', error: error.errorName, cause: error.causeText };
    throw error;
  }
}

/** Runs an execution to its end. Rejects only for a fault of the engine itself. */
export async function runExecution(services: Services, execution: Execution): Promise<void> {
  const { clock, stats } = services;
  const isExpress = execution.machine.type === 'EXPRESS';
  const beganMs = clock.now();
  if (isExpress) stats.expressExecutions++;
  else if (execution.redriveCount === 0) stats.standardExecutions++;
  const cancelTimeout = scheduleTimeout(services, execution);
  const { scope } = execution;
  try {
    const end = await runToEnd(services, execution);
    // An interrupted run may unwind only after the execution was redriven: then it has no say any more.
    if (execution.scope === scope) execution.finish(end, clock.now());
  } finally {
    cancelTimeout?.();
    if (isExpress) stats.countExpressDuration(clock.now() - beganMs);
  }
}
