import type { FunctionConfiguration } from '../../../contracts/assessment.ts';
import type { LiveFunction } from './live-function.ts';

export type Application =
  | { action: 'write' }
  /** An earlier try of ours already wrote it. */
  | { action: 'none' }
  /** Somebody's update is at work; look again later. */
  | { action: 'wait'; reason: string }
  | { action: 'refuse'; reason: string };

export interface ApprovedChange {
  before: FunctionConfiguration & { codeSha256: string };
  after: FunctionConfiguration;
}

export const sameConfiguration = (a: FunctionConfiguration, b: FunctionConfiguration): boolean =>
  a.memorySizeMb === b.memorySizeMb && a.timeoutSeconds === b.timeoutSeconds;

export const describeConfiguration = ({ memorySizeMb, timeoutSeconds }: FunctionConfiguration): string =>
  `${memorySizeMb} MB and ${timeoutSeconds} s`;

/**
 * Whether an approved change may be written to the function as it is now. What was approved was a change from a
 * known configuration and code; anything else is drift, and drift is refused.
 */
export function decideApplication(change: ApprovedChange, live: LiveFunction | undefined): Application {
  if (live === undefined) return refuse('the function was deleted after the approval');
  if (live.lastUpdateStatus === 'InProgress')
    return { action: 'wait', reason: 'another update of the function is in progress' };
  if (sameConfiguration(live, change.after)) return { action: 'none' };
  if (!sameConfiguration(live, change.before)) {
    return refuse(
      `the function now has ${describeConfiguration(live)}; what was approved was a change from ${describeConfiguration(change.before)}`,
    );
  }
  if (live.codeSha256 !== change.before.codeSha256)
    return refuse('the function’s code was deployed anew after the approval');
  if (live.state !== 'Active') return refuse(`the function’s state is ${live.state}, it must be Active`);
  if (live.reservedConcurrentExecutions === 0) return refuse('the function is switched off (reserved concurrency 0)');
  return { action: 'write' };
}

/** Whether a rollback may put `before` back: only over what we wrote ourselves. */
export function decideRollback(change: ApprovedChange, live: LiveFunction | undefined): Application {
  if (live === undefined) return refuse('the function was deleted since');
  if (live.lastUpdateStatus === 'InProgress')
    return { action: 'wait', reason: 'another update of the function is in progress' };
  if (sameConfiguration(live, change.before)) return { action: 'none' };
  if (!sameConfiguration(live, change.after)) {
    return refuse(
      `somebody changed the function since: it has ${describeConfiguration(live)}, we had written ${describeConfiguration(change.after)}`,
    );
  }
  return { action: 'write' };
}

const refuse = (reason: string): Application => ({ action: 'refuse', reason });
