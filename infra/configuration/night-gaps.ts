import { nextStartAfter } from '../../shared/domain/night/schedule/nightly-schedule.ts';

const MS_PER_HOUR = 3_600_000;
/** A year and a day hold every season's gap, both changes of daylight saving among them. */
const HORIZON_MS = 366 * 24 * MS_PER_HOUR;

/** True for an IANA name; EventBridge Scheduler knows none of the offsets (`+01:00`) that `Intl` takes as well. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

export interface NightGaps {
  shortestHours: number;
  longestHours: number;
}

/**
 * Shortest and longest time between two starts in the year after `now`; undefined when fewer than two are left.
 *
 * @throws Error when the expression cannot be read.
 */
export function nightGaps(scheduleCron: string, timeZone: string, now: Date): NightGaps | undefined {
  const gaps: number[] = [];
  let former = nextStartAfter(scheduleCron, timeZone, now.getTime());
  while (former !== undefined && former - now.getTime() < HORIZON_MS) {
    const next = nextStartAfter(scheduleCron, timeZone, former);
    if (next === undefined) break;
    gaps.push((next - former) / MS_PER_HOUR);
    // A gap under an hour settles the matter; a start a minute need not be walked through for a year.
    if (gaps.at(-1)! < 1) break;
    former = next;
  }
  return gaps.length === 0 ? undefined : { shortestHours: Math.min(...gaps), longestHours: Math.max(...gaps) };
}
