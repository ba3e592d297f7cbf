import type { WarmUps } from '../../../contracts/manifest.ts';
import type { SettingRecord } from '../../configuration/scaling/managed-setting.ts';

const MINUTES_PER_DAY = 1_440;
const WARM_UP_KEY = /^function\/([^/]+)\/warm-up$/;

/** How often our own schedules call functions to keep them warm, by function name, from the settings we wrote. */
export function warmUpsOf(records: Iterable<SettingRecord>): Map<string, WarmUps> {
  const warmUps = new Map<string, WarmUps>();
  for (const { key, written, at, undoneAt } of records) {
    const functionName = WARM_UP_KEY.exec(key)?.[1];
    const callsPerDay = (Number(written['environments']) * MINUTES_PER_DAY) / Number(written['everyMinutes']);
    if (functionName === undefined || undoneAt !== undefined || !(callsPerDay > 0)) continue;
    warmUps.set(functionName, { callsPerDay, since: at });
  }
  return warmUps;
}
