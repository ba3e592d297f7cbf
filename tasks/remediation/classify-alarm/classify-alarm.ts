import { type AlarmSignal, parseAlarmEvent } from '../../../shared/contracts/alarm-event.ts';
import type { AlarmSettings } from '../../../shared/contracts/alarms.ts';
import { type ClassifiedAlarm, parseClassifyInput, type ReportedAlarm } from '../../../shared/contracts/remediation.ts';
import type { RemediationSettings } from '../../../shared/contracts/remediation-settings.ts';
import { SCHEMA_VERSION } from '../../../shared/contracts/schema-version.ts';
import { type ReadName, readAlarmName } from '../../../shared/domain/configuration/alarms/alarm-names.ts';
import { clearingSeconds } from '../../../shared/domain/remediation/clearing-time.ts';
import { type Diagnosis, ignore } from '../../../shared/domain/remediation/diagnosis.ts';
import { InvalidInputError } from '../../../shared/errors.ts';
import { type DiagnoseDependencies, diagnose } from './diagnose.ts';

export interface ClassifyAlarmDependencies extends DiagnoseDependencies {
  alarmSettings: AlarmSettings;
  settings: RemediationSettings;
}

/**
 * Says what an alarm means and what to do about it. It changes nothing. An event that cannot be understood, or is not
 * about one of our alarms, is an answer as well: another try would read the same.
 *
 * @throws TransientError: try again later
 */
export async function classifyAlarm(event: unknown, dependencies: ClassifyAlarmDependencies): Promise<ClassifiedAlarm> {
  const { event: alarmEvent, execution } = parseClassifyInput(event);
  const signal = read(alarmEvent);
  if (typeof signal === 'string') return unrecognised(execution.name, signal);
  const name = nameOf(signal, dependencies.alarmSettings.stackName);
  const diagnosis = withoutLooking(signal, name) ?? (await diagnose(signal, name!, dependencies));
  return {
    schemaVersion: SCHEMA_VERSION,
    remediationId: signal.eventId,
    alarm: reported(signal, name),
    verifyAfterSeconds: name === undefined ? 0 : clearingSeconds(name.id),
    ...diagnosis,
  };
}

function read(event: unknown): AlarmSignal | string {
  try {
    return parseAlarmEvent(event);
  } catch (error) {
    if (error instanceof InvalidInputError) return error.message;
    throw error;
  }
}

/** A composite alarm stands for the first of ours among its children that fired. */
function nameOf(signal: AlarmSignal, stackName: string): ReadName | undefined {
  const names = signal.kind === 'composite' ? signal.triggeringAlarms : [signal.alarmName];
  return names.map((each) => readAlarmName(stackName, each)).find((each) => each !== undefined);
}

/** What the event itself decides. */
function withoutLooking(signal: AlarmSignal, name: ReadName | undefined): Diagnosis | undefined {
  const resource = { kind: 'unknown', name: signal.alarmName } as const;
  if (name === undefined) return ignore(resource, 'NotOurs', 'not an alarm of the catalogue');
  if (signal.state !== 'ALARM') return ignore(resource, 'AlreadyOver', `the alarm’s state is ${signal.state}`);
  if (signal.muted) return ignore(resource, 'Muted', 'somebody muted the alarm; what is muted is not acted on');
  if (name.kind === 'fleet' && signal.contributor === undefined)
    return ignore(resource, 'SpokenForByContributors', 'each function in trouble is reported by an event of its own');
  return undefined;
}

function reported(signal: AlarmSignal, name: ReadName | undefined): ReportedAlarm {
  return {
    name: signal.alarmName,
    at: signal.at,
    ...(name && { alarmId: name.id, severity: name.severity }),
    ...(signal.contributor && { contributor: signal.contributor }),
  };
}

function unrecognised(executionName: string, reason: string): ClassifiedAlarm {
  return {
    schemaVersion: SCHEMA_VERSION,
    remediationId: executionName,
    alarm: { name: 'unknown', at: new Date(0).toISOString() },
    verifyAfterSeconds: 0,
    ...ignore({ kind: 'unknown', name: 'unknown' }, 'Unrecognised', reason),
  };
}
