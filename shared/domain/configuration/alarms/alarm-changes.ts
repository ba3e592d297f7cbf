import type { AlarmDefinition } from '../../../contracts/alarms.ts';

/** An alarm as CloudWatch has it, reduced to what we set. */
export interface StandingAlarm {
  name: string;
  /** Everything we would set, in one canonical form; see `settingsKey`. */
  settings: string;
}

export interface AlarmChanges {
  create: AlarmDefinition[];
  update: AlarmDefinition[];
  unchanged: AlarmDefinition[];
  /** Names of alarms of ours that nothing wants any more. */
  remove: string[];
}

/**
 * The difference between what should stand and what stands. Only alarms under our own prefix are ever compared, so
 * nobody else's can be removed; putting an unchanged alarm again would cost a call out of three a second.
 */
export function diffAlarms(
  wanted: readonly AlarmDefinition[],
  standing: readonly StandingAlarm[],
  settingsOf: (alarm: AlarmDefinition) => string,
): AlarmChanges {
  const known = new Map(standing.map((each) => [each.name, each.settings]));
  const names = new Set(wanted.map((each) => each.name));
  return {
    create: wanted.filter((each) => !known.has(each.name)),
    update: wanted.filter((each) => known.has(each.name) && known.get(each.name) !== settingsOf(each)),
    unchanged: wanted.filter((each) => known.get(each.name) === settingsOf(each)),
    remove: standing.filter((each) => !names.has(each.name)).map((each) => each.name),
  };
}
