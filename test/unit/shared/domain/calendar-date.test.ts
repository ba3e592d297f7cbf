import { calendarDate, dayOfMonth, monthAndYear } from '../../../../shared/domain/calendar-date.ts';

const DAYS = Array.from({ length: 366 }, (_, day) => new Date(Date.UTC(2028, 0, 1 + day)).toISOString().slice(0, 10));
const inBritishEnglish = (date: string, options: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat('en-GB', { ...options, timeZone: 'UTC' }).format(new Date(date));

describe('dates in words', () => {
  it('writes every day of a leap year as British English does', () => {
    expect(DAYS.map(calendarDate)).toEqual(
      DAYS.map((date) => inBritishEnglish(date, { day: 'numeric', month: 'long', year: 'numeric' })),
    );
    expect(DAYS.map(dayOfMonth)).toEqual(
      DAYS.map((date) => inBritishEnglish(date, { day: 'numeric', month: 'short' })),
    );
  });

  it('writes a month, with or without a day in it', () => {
    expect(monthAndYear('2026-09')).toBe('September 2026');
    expect(monthAndYear('2026-11-23')).toBe('November 2026');
  });
});
