/**
 * How dates are said. Without `Intl`, of which the first format of a process takes 12 to 20 ms of a CPU: as much as a small
 * task needs to load.
 */

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;
/** British English has four letters for one of them. */
const SHORT_MONTHS: readonly string[] = MONTHS.map((month) => month.slice(0, month === 'September' ? 4 : 3));

/** `23 November 2026` for the local date `2026-11-23`. */
export const calendarDate = (date: string): string => `${day(date)} ${monthAndYear(date)}`;

/** `23 Nov` for `2026-11-23`. */
export const dayOfMonth = (date: string): string => `${day(date)} ${SHORT_MONTHS[monthIndex(date)]}`;

/** `November 2026` for `2026-11`, or for a date in it. */
export const monthAndYear = (date: string): string => `${MONTHS[monthIndex(date)]} ${date.slice(0, 4)}`;

const monthIndex = (date: string): number => Number(date.slice(5, 7)) - 1;
const day = (date: string): number => Number(date.slice(8, 10));
