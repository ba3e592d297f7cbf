import type { RemediationRecord } from '../../../shared/contracts/remediation.ts';
import { instant } from '../../../shared/domain/approval/proposal/wording.ts';
import { actionInWords } from '../../../shared/domain/remediation/action-words.ts';
import { changedResource } from '../../../shared/domain/remediation/policy.ts';

const SUBJECT_MAX_CHARS = 100;
/** SNS takes printable ASCII only. */
const NOT_IN_SUBJECTS = /[^\x20-\x7e]/g;

export interface Question {
  readonly record: RemediationRecord;
  readonly runId: string;
  /** ISO 8601. */
  readonly expiresAt: string;
  readonly link: string;
  readonly timeZone: string;
}

/** The mail that asks before something is done about an alarm; opening its link changes nothing. */
export function composeQuestion({ record, runId, expiresAt, link, timeZone }: Question): {
  subject: string;
  message: string;
} {
  const { classified, action } = record;
  const resource = changedResource(action);
  const subject = `Rightsizer asks: ${action.kind} for ${resource.name}`.replaceAll(NOT_IN_SUBJECTS, '?');
  const message = [
    `${classified.alarm.name} is in ALARM since ${instant(classified.alarm.at, timeZone)}.`,
    `${classified.cause}: ${classified.reason}`,
    '',
    `What would help: ${resource.kind} ${resource.name}, ${actionInWords(action)}.`,
    '',
    `Decide by ${instant(expiresAt, timeZone)}: ${link}`,
    `Or in a terminal: rightsizer pending --run ${runId}`,
    'Opening the link changes nothing. If nobody answers, nothing changes.',
  ].join('\n');
  return { subject: subject.slice(0, SUBJECT_MAX_CHARS), message };
}
