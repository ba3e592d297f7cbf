import type { ChangeRecord } from '../../../contracts/ledger.ts';
import type { ChangedOutcome } from '../../../contracts/outcome.ts';

/** Statuses of a change that still has to be judged or undone. */
const UNSETTLED: readonly ChangeRecord['status'][] = [
  'applying',
  'applied',
  'rollingBack',
  'Watching',
  'AwaitingDeployment',
];

/** How a change ended that has ended; undefined where it has not. */
export function endedAs({ status }: Pick<ChangeRecord, 'status'>): ChangedOutcome['kind'] | undefined {
  return UNSETTLED.includes(status) ? undefined : (status as ChangedOutcome['kind']);
}
