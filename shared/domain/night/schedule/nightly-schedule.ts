import { Cron } from 'croner';

/**
 * EventBridge Scheduler's cron has six fields, minute first and year last, and counts weekdays from 1 = Sunday;
 * croner has seven, second first, and counts from 0.
 * @see https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#cron-based
 */
function toCroner(awsCron: string): string {
  const [minute, hour, dayOfMonth, month, dayOfWeek = '?', year = '*'] = awsCron.trim().split(/\s+/);
  const weekday = dayOfWeek.replace(/(?<![#\d/])\d/g, (day) => String(Number(day) - 1));
  return ['0', minute, hour, dayOfMonth, month, weekday, year].join(' ');
}

/** The schedule's first start after `afterMs` (epoch ms), or undefined when there is none any more. */
export function nextStartAfter(awsCron: string, timeZone: string, afterMs: number): number | undefined {
  return new Cron(toCroner(awsCron), { timezone: timeZone }).nextRun(new Date(afterMs))?.getTime();
}

/** The calendar date, YYYY-MM-DD, that a clock in the time zone shows. */
export function localDate(timeZone: string, atMs: number): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(atMs);
}
