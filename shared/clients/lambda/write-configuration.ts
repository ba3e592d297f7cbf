import type { FunctionConfiguration } from '../../contracts/assessment.ts';
import type { LiveFunction } from '../../domain/night/change/live-function.ts';
import { TransientError, UpdateInProgressError } from '../../errors.ts';
import type { FunctionConfigurations } from './function-configuration.ts';

/** FunctionUpdatedV2 polls GetFunction once a second; a VPC function may take a minute. */
const POLL_INTERVAL_MS = 1_000;
const LONGEST_UPDATE_MS = 120_000;

export interface WriteDependencies {
  configurations: FunctionConfigurations;
  clock: { now(): number; sleep(ms: number): Promise<void> };
}

export type WriteResult = { written: true; live: LiveFunction } | { written: false; reason: string };

/**
 * Writes memory and timeout against the revision that was read, and waits until Lambda has taken it up.
 *
 * @throws UpdateInProgressError when somebody else's update came between; nothing was written then
 * @throws TransientError when Lambda has not finished in time; the next try finds out how it ended
 */
export async function writeConfiguration(
  functionName: string,
  configuration: FunctionConfiguration,
  revisionId: string,
  { configurations, clock }: WriteDependencies,
): Promise<WriteResult> {
  const answer = await configurations.write(functionName, configuration, revisionId);
  if (!answer.written) {
    if (answer.why === 'RevisionMismatch' || answer.why === 'UpdateInProgress') {
      throw new UpdateInProgressError(
        `${functionName} was changed by somebody else at the same moment (${answer.message})`,
      );
    }
    return {
      written: false,
      reason: answer.why === 'NotFound' ? 'the function was deleted' : `Lambda refused: ${answer.message}`,
    };
  }
  return awaitUpdate(functionName, { configurations, clock });
}

async function awaitUpdate(functionName: string, { configurations, clock }: WriteDependencies): Promise<WriteResult> {
  const deadlineMs = clock.now() + LONGEST_UPDATE_MS;
  while (clock.now() < deadlineMs) {
    const live = await configurations.read(functionName);
    if (live === undefined) return { written: false, reason: 'the function was deleted while it was updated' };
    if (live.lastUpdateStatus === 'Failed') {
      return {
        written: false,
        reason: `Lambda could not take the update up: ${live.lastUpdateStatusReason ?? 'no reason given'}`,
      };
    }
    if (live.lastUpdateStatus !== 'InProgress') return { written: true, live };
    await clock.sleep(POLL_INTERVAL_MS);
  }
  throw new TransientError(`${functionName} was still being updated after ${LONGEST_UPDATE_MS / 1000} s`);
}
