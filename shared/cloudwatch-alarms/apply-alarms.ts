import type { AlarmStore } from '../clients/cloudwatch-alarms/alarm-store.ts';
import type { AlarmDefinition, AlarmPlan } from '../contracts/alarms.ts';
import { diffAlarms, type StandingAlarm } from '../domain/configuration/alarms/alarm-changes.ts';

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
}

/**
 * Makes CloudWatch's alarms what the plan says. A plan with problems changes nothing: half of an account's alarms
 * would look like all of them.
 */
export async function applyAlarms(
  store: AlarmStore,
  { plan, topicArn, standing, dryRun = false }: ApplyAlarms,
): Promise<AlarmReport> {
  const changes = diffAlarms(plan.alarms, standing, (alarm) => store.settingsOf(alarm, topicArn));
  const isWritten = !dryRun && plan.problems.length === 0;
  if (isWritten) {
    await store.put([...changes.create, ...changes.update], topicArn);
    await store.remove(changes.remove);
  }
  return {
    created: changes.create.map(nameOf),
    updated: changes.update.map(nameOf),
    unchanged: changes.unchanged.length,
    removed: changes.remove,
    plan,
  };
}

const nameOf = (alarm: AlarmDefinition): string => alarm.name;
