import { REMEDIATION_OUTCOMES, type RemediationOutcome } from '../../contracts/remediation.ts';

/** Outcomes that send no mail: people have been told already, or need not know. */
const SILENT: ReadonlySet<RemediationOutcome> = new Set(['Ignored', 'CoolingDown', 'Duplicate']);

/** Outcomes that the alarm RemediationFailing counts, and that page somebody. */
export const FAILED_OUTCOMES = [
  'Failed',
  'NotCleared',
  'TakenBack',
  'Refused',
] as const satisfies readonly RemediationOutcome[];

/** Outcomes that channels are told of. */
export const TOLD_OUTCOMES: readonly RemediationOutcome[] = REMEDIATION_OUTCOMES.filter((each) => !SILENT.has(each));

export const isFailure = (outcome: RemediationOutcome): boolean =>
  (FAILED_OUTCOMES as readonly RemediationOutcome[]).includes(outcome);

/** A question goes out with its link, by mail, when it is asked; no second mail says so. */
export const isWorthAMail = (outcome: RemediationOutcome): boolean =>
  outcome !== 'AskedFirst' && TOLD_OUTCOMES.includes(outcome);
