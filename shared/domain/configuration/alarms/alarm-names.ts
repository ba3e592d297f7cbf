import { ALARM_IDS, type AlarmId, type AlarmTarget, SEVERITIES, type Severity } from '../../../contracts/alarms.ts';

/**
 * Names of our alarms: `<stack>.<severity>.<alarm>[.<kind>.<resource>]`. A stack's name holds no dot, so its prefix
 * is nobody else's, and the pipeline's own alarms (`<stack>-<severity>-<name>`, made by CloudFormation) are not under
 * it: what the reconcile removes can only be what it made.
 */
export const alarmPrefix = (stackName: string): string => `${stackName}.`;

/** PutMetricAlarm allows 255 characters; function names have at most 64, table names 255. */
const NAME_MAX_CHARS = 255;

export function alarmName(stackName: string, severity: Severity, id: AlarmId, target: AlarmTarget): string {
  const resource = resourceOf(target);
  const name = [stackName, severity, id, target.kind, ...(resource === undefined ? [] : [resource])].join('.');
  return name.slice(0, NAME_MAX_CHARS);
}

/** What an alarm's name says of it; undefined for an alarm that is not one of this stack's. */
export interface ReadName {
  severity: Severity;
  id: AlarmId;
  kind: AlarmTarget['kind'];
  resource?: string;
}

export function readAlarmName(stackName: string, name: string): ReadName | undefined {
  if (!name.startsWith(alarmPrefix(stackName))) return undefined;
  const [severity, id, kind, ...rest] = name.slice(alarmPrefix(stackName).length).split('.');
  if (!isOneOf(SEVERITIES, severity) || !isOneOf(ALARM_IDS, id) || !isOneOf(KINDS, kind)) return undefined;
  // Queue and table names may hold dots of their own.
  return { severity, id, kind, ...(rest.length > 0 && { resource: rest.join('.') }) };
}

const KINDS = ['function', 'fleet', 'account', 'table', 'queue', 'application', 'pipeline'] as const;

const isOneOf = <Value extends string>(values: readonly Value[], value: string | undefined): value is Value =>
  values.includes(value as Value);

/** The resource's own name; an alias goes with its function. */
function resourceOf(target: AlarmTarget): string | undefined {
  switch (target.kind) {
    case 'function':
      return target.functionName;
    case 'table':
      return target.tableName;
    case 'queue':
      return target.queueName;
    case 'application':
      return target.service;
    default:
      return undefined;
  }
}

/** `HighErrorRate` is the heading "High error rate". */
export const runbookHeading = (id: AlarmId): string => {
  const words = id.replace(/(?!^)([A-Z])/g, ' $1').toLowerCase();
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
};

/** How Markdown renderers link that heading. */
export const runbookAnchor = (id: AlarmId): string => runbookHeading(id).toLowerCase().replaceAll(' ', '-');
