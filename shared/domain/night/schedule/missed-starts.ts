import { nextStartAfter } from './nightly-schedule.ts';

const HOUR_MS = 3_600_000;
/** Scheduler may try for an hour to start a night. */
const START_GRACE_MS = HOUR_MS;
/** More than anybody needs to know; a schedule of every minute would be counted for long. */
const COUNTED_MAX = 100;

/** How many starts of the schedule lie between two times (epoch ms); 0 where the expression is none of cron. */
export function missedStarts(
  { expression, timeZone }: { expression: string; timeZone: string },
  sinceMs: number,
  nowMs: number,
): number {
  const [, cron] = /^cron\((.+)\)$/.exec(expression) ?? [];
  if (cron === undefined) return 0;
  let count = 0;
  let startMs = nextStartAfter(cron, timeZone, sinceMs);
  while (startMs !== undefined && startMs + START_GRACE_MS < nowMs && count < COUNTED_MAX) {
    count += 1;
    startMs = nextStartAfter(cron, timeZone, startMs);
  }
  return count;
}
