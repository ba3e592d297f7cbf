import type { RecordRemediationInput, Remediated, RemediationOutcome } from '../../../shared/contracts/remediation.ts';

export interface Conclusion {
  outcome: RemediationOutcome;
  reason: string;
}

/** Outcomes of a remediation that changed nothing. */
const UNCHANGED: Record<Exclude<Remediated['outcome'], 'Acted'>, RemediationOutcome> = {
  Optimizing: 'Optimizing',
  CoolingDown: 'CoolingDown',
  BudgetSpent: 'BudgetSpent',
  Duplicate: 'Duplicate',
  Refused: 'Refused',
  NotifyOnly: 'Notified',
  AskFirst: 'AskedFirst',
  Undone: 'Undone',
};

/** How a remediation ended, from what its states answered; a state that broke outweighs what others said. */
export function conclude(input: RecordRemediationInput): Conclusion {
  const { classified, remediated, verified, undone, failure } = input;
  if (failure)
    return { outcome: 'Failed', reason: `${failure.stage} failed: ${failure.name} ${failure.message}`.trim() };
  if (remediated && remediated.outcome !== 'Acted')
    return { outcome: UNCHANGED[remediated.outcome], reason: remediated.reason };
  if (remediated) return acted(remediated, { verified, undone });
  const reason = classified?.reason ?? 'nothing was classified';
  return { outcome: classified?.verdict === 'ignore' ? 'Ignored' : 'Notified', reason };
}

function acted(
  { reason }: Remediated,
  { verified, undone }: Pick<RecordRemediationInput, 'verified' | 'undone'>,
): Conclusion {
  if (verified?.cleared) return { outcome: 'Cleared', reason: `${reason}; ${verified.reason}` };
  const still = verified?.reason ?? 'nobody looked whether the alarm cleared';
  if (undone?.outcome === 'Undone') return { outcome: 'TakenBack', reason: `${reason}; ${still}; ${undone.reason}` };
  return { outcome: 'NotCleared', reason: `${reason}; ${still}${undone ? `; not taken back: ${undone.reason}` : ''}` };
}
