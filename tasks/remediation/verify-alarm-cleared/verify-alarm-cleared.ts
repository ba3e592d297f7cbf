import type { AlarmStore } from '../../../shared/clients/cloudwatch-alarms/alarm-store.ts';
import { parseVerifyAlarmInput, type VerifiedAlarm } from '../../../shared/contracts/remediation.ts';
import { SCHEMA_VERSION } from '../../../shared/contracts/schema-version.ts';

export interface VerifyAlarmClearedDependencies {
  alarms: Pick<AlarmStore, 'getState' | 'listContributors'>;
}

/**
 * Whether the alarm has let go of what was acted on. An alarm on several time series stays in ALARM as long as any of
 * them is; only ours counts.
 */
export async function verifyAlarmCleared(
  event: unknown,
  { alarms }: VerifyAlarmClearedDependencies,
): Promise<VerifiedAlarm> {
  const { name, contributor } = parseVerifyAlarmInput(event).classified.alarm;
  const state = await alarms.getState(name);
  if (state === undefined) return answer(true, 'the alarm was deleted meanwhile');
  if (state !== 'ALARM') return answer(true, `the alarm’s state is ${state}`);
  if (contributor === undefined) return answer(false, 'the alarm is still in ALARM');
  const others = await alarms.listContributors(name);
  return others.some((each) => isSame(each, contributor))
    ? answer(false, `${Object.values(contributor).join(', ')} is still in ALARM`)
    : answer(true, 'only others are still in ALARM');
}

const isSame = (a: Record<string, string>, b: Record<string, string>): boolean =>
  Object.keys(b).every((key) => a[key] === b[key]);

const answer = (cleared: boolean, reason: string): VerifiedAlarm => ({
  schemaVersion: SCHEMA_VERSION,
  cleared,
  reason,
});
