import type { ClassifiedAlarm } from '../../../shared/contracts/remediation.ts';
import { type Notification, notification } from '../../../shared/domain/approval/notifications/notification.ts';
import type { Conclusion } from './conclude.ts';

/** SNS takes at most 100 ASCII characters of a subject, without line breaks. */
const SUBJECT_MAX_CHARS = 100;
const NOT_IN_SUBJECTS = /[^\x20-\x7e]/g;

/** The mail that tells operators what an alarm meant and what became of it. */
export function composeMail(
  remediationId: string,
  classified: ClassifiedAlarm | undefined,
  { outcome, reason }: Conclusion,
): { subject: string; message: string } {
  const about = classified ? `${classified.resource.name}: ${classified.cause}` : 'an alarm';
  const subject = `Rightsizer remediation ${outcome} - ${about}`.replaceAll(NOT_IN_SUBJECTS, '?');
  const lines = [
    `${outcome}: ${reason}`,
    '',
    ...(classified ? aboutAlarm(classified) : []),
    `Remediation: ${remediationId}`,
    ...(outcome === 'Cleared' || outcome === 'NotCleared'
      ? [
          `To take it back, start the remediation's state machine with {"action":"undo","remediationId":"${remediationId}"}`,
        ]
      : []),
  ];
  return { subject: subject.slice(0, SUBJECT_MAX_CHARS), message: lines.join('\n') };
}

function aboutAlarm({ alarm, resource, cause, reason, action }: ClassifiedAlarm): string[] {
  return [
    `Alarm: ${alarm.name}, since ${alarm.at}`,
    `Resource: ${resource.kind} ${resource.name}`,
    `Found: ${cause}: ${reason}`,
    ...(action ? [`Action: ${JSON.stringify(action)}`] : []),
  ];
}

/** The same for channels other than mail: one incident a resource and cause, however often it comes back. */
export function remediationNotification(
  remediationId: string,
  classified: ClassifiedAlarm | undefined,
  { outcome, reason }: Conclusion,
): Notification {
  const about = classified ? `${classified.resource.name}: ${classified.cause}` : `remediation ${remediationId}`;
  const key = classified
    ? `remediation/${classified.resource.name}/${classified.cause}`
    : `remediation/${remediationId}`;
  return notification(`Rightsizer remediation ${outcome}: ${about}`, reason, key);
}
