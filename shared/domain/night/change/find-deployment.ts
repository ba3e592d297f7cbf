import type { Assessment } from '../../../contracts/assessment.ts';
import type { ChangeRecord } from '../../../contracts/ledger.ts';
import { toolName } from '../../approval/proposal/wording.ts';
import { describeConfiguration, sameConfiguration } from './decide-application.ts';
import type { LiveFunction } from './live-function.ts';

/** Where a change is that its function's source was left to make. */
export type HandedOver =
  | { state: 'waiting' }
  /** `at` (ISO 8601): when the function was last written, so the size is at least as old. */
  | { state: 'deployed'; at: string }
  | { state: 'lost'; reason: string };

/** A team that has not deployed an approved size for so long is asked again, from fresh evidence. */
export const DEPLOYMENT_WAIT_DAYS = 30;
const DAY_MS = 86_400_000;

/**
 * Looks whether a deployment has carried a change. Unlike a change of ours, it may bring other code along: deploying is
 * what its owner does. Any third size is a decision of the owner's, which ends the change.
 */
export function findDeployment(
  change: Pick<ChangeRecord, 'before' | 'after' | 'startedAt'>,
  live: LiveFunction | undefined,
  nowMs: number,
): HandedOver {
  if (live === undefined) return { state: 'lost', reason: 'the function was deleted after the approval' };
  if (sameConfiguration(live, change.after))
    return { state: 'deployed', at: live.lastModified ?? new Date(nowMs).toISOString() };
  if (!sameConfiguration(live, change.before)) {
    const [has, approved] = [live, change.after].map(describeConfiguration);
    return { state: 'lost', reason: `the function now has ${has}; what was approved is ${approved}` };
  }
  if (nowMs - Date.parse(change.startedAt) < DEPLOYMENT_WAIT_DAYS * DAY_MS) return { state: 'waiting' };
  return { state: 'lost', reason: `no deployment carried it within ${DEPLOYMENT_WAIT_DAYS} days of its approval` };
}

/** Why nothing happens yet, and what would make it happen. */
export function awaitingReason({ tool, stackName }: Assessment['owner']): string {
  const whose = `${toolName(tool) ?? 'its source'}${stackName === undefined ? '' : ` (stack ${stackName})`}`;
  return `waits for the deployment of ${whose} that carries its patch`;
}
