import type { FunctionConfiguration } from '../../contracts/assessment.ts';
import type { Application } from '../night/change/decide-application.ts';
import type { LiveFunction } from '../night/change/live-function.ts';

const same = (a: FunctionConfiguration, b: FunctionConfiguration): boolean =>
  a.memorySizeMb === b.memorySizeMb && a.timeoutSeconds === b.timeoutSeconds;

const describe = ({ memorySizeMb, timeoutSeconds }: FunctionConfiguration): string =>
  `${memorySizeMb} MB and ${timeoutSeconds} s`;

/** Whether `to` may be put in place of `from` on the function as it is now; anything else that is live is drift. */
export function decideWrite(
  { from, to }: { from: FunctionConfiguration; to: FunctionConfiguration },
  live: LiveFunction | undefined,
): Application {
  if (live === undefined) return { action: 'refuse', reason: 'the function was deleted since' };
  if (live.lastUpdateStatus === 'InProgress')
    return { action: 'wait', reason: 'another update of the function is in progress' };
  if (same(live, to)) return { action: 'none' };
  if (!same(live, from))
    return {
      action: 'refuse',
      reason: `somebody changed the function since: it has ${describe(live)}, ${describe(from)} was expected`,
    };
  if (live.state !== 'Active')
    return { action: 'refuse', reason: `the function’s state is ${live.state}, it must be Active` };
  return { action: 'write' };
}
