import type { AlarmStore } from '../clients/cloudwatch-alarms/alarm-store.ts';
import type { AlarmDefinition, AlarmPlan } from '../contracts/alarms.ts';
import { diffAlarms, type StandingAlarm } from '../domain/configuration/alarms/alarm-changes.ts';
import { ENDLESS, type RoundTime } from '../round-time.ts';

/** What was done, or with `dryRun` would be. */
export interface AlarmReport {
  created: string[];
  updated: string[];
  unchanged: number;
  removed: string[];
  plan: AlarmPlan;
}

export interface ApplyAlarms {
  plan: AlarmPlan;
  /** Where alarms and their end are told. */
  topicArn: string;
  /** The alarms that stand; those that the plan no longer has are removed, so give none that is not ours. */
  standing: readonly StandingAlarm[];
  /** @default false */
  dryRun?: boolean;
  /** @default as long as it takes */
  time?: RoundTime;
}

/**
 * Makes CloudWatch's alarms what the plan says, as far as the time goes. A plan with problems changes nothing: half of an
 * account's alarms would look like all of them.
 *
 * @returns also how many alarms are still to be written or removed
 */
export async function applyAlarms(
  store: AlarmStore,
  { plan, topicArn, standing, dryRun = false, time = ENDLESS }: ApplyAlarms,
): Promise<AlarmReport & { remaining: number }> {
  const changes = diffAlarms(plan.alarms, standing, (alarm) => store.settingsOf(alarm, topicArn));
  const isWritten = !dryRun && plan.problems.length === 0;
  const puts = [...changes.create, ...changes.update];
  const put = isWritten ? await store.put(puts, topicArn, time) : puts.length;
  const gone = put === puts.length ? changes.remove : [];
  const removed = isWritten ? await store.remove(gone, time) : gone.length;
  return {
    created: changes.create.slice(0, put).map(nameOf),
    updated: changes.update.slice(0, Math.max(0, put - changes.create.length)).map(nameOf),
    unchanged: changes.unchanged.length,
    removed: gone.slice(0, removed),
    remaining: puts.length - put + changes.remove.length - removed,
    plan,
  };
}

const nameOf = (alarm: AlarmDefinition): string => alarm.name;
