import { isTimeZone, nightGaps } from '../../../infra/configuration/night-gaps.ts';

const NOW = new Date('2026-11-01T00:00:00Z');

describe('the gaps between nights', () => {
  it.each([
    ['every night', '0 2 * * ? *', 'UTC', 24, 24],
    ['every night where clocks change', '0 4 * * ? *', 'Europe/Berlin', 23, 25],
    ['on weekdays', '0 2 ? * MON-FRI *', 'UTC', 24, 72],
    ['on weekdays, counted from Sunday as 1', '0 2 ? * 2-6 *', 'UTC', 24, 72],
    ['twice a day', '0 2,20 * * ? *', 'UTC', 6, 18],
    ['once a week', '0 2 ? * 1 *', 'UTC', 168, 168],
    ['on the last of the month', '0 2 L * ? *', 'UTC', 28 * 24, 31 * 24],
  ])('%s', (_, cron, timeZone, shortestHours, longestHours) => {
    expect(nightGaps(cron, timeZone, NOW)).toEqual({ shortestHours, longestHours });
  });

  it('do not exist where a year is over', () => {
    expect(nightGaps('0 2 * * ? 2020', 'UTC', NOW)).toBeUndefined();
  });

  it('are not walked through for a year where starts follow within the hour', () => {
    expect(nightGaps('*/5 * * * ? *', 'UTC', NOW)).toEqual({ shortestHours: 1 / 12, longestHours: 1 / 12 });
  });

  it('cannot be told of an expression that is none', () => {
    expect(() => nightGaps('99 2 * * ? *', 'UTC', NOW)).toThrow();
  });
});

describe('a time zone', () => {
  it.each(['UTC', 'Europe/Berlin', 'America/Argentina/Buenos_Aires'])('is %s', (name) => {
    expect(isTimeZone(name)).toBe(true);
  });

  it.each(['', '+01:00', 'Europe/Atlantis', 'local'])('is not "%s"', (name) => {
    expect(isTimeZone(name)).toBe(false);
  });
});
