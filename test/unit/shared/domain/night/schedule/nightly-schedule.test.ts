import { localDate, nextStartAfter } from '../../../../../../shared/domain/night/schedule/nightly-schedule.ts';

const next = (cron: string, zone: string, after: string) =>
  new Date(nextStartAfter(cron, zone, Date.parse(after)) ?? Number.NaN).toISOString();

describe('nextStartAfter', () => {
  it.each([
    ['0 2 * * ? *', 'UTC', '2026-11-23T02:00:00Z', '2026-11-24T02:00:00.000Z'],
    ['0 2 * * ? *', 'Asia/Kolkata', '2026-11-23T02:00:00Z', '2026-11-23T20:30:00.000Z'],
    ['30 1 ? * 2 *', 'UTC', '2026-11-24T12:00:00Z', '2026-11-30T01:30:00.000Z'],
    ['0 2 ? * 6#3 *', 'UTC', '2026-11-01T00:00:00Z', '2026-11-20T02:00:00.000Z'],
    ['0 2 ? * 2,4 *', 'UTC', '2026-11-23T12:00:00Z', '2026-11-25T02:00:00.000Z'],
    ['  0  2 * * ? * ', 'UTC', '2026-11-23T02:00:00Z', '2026-11-24T02:00:00.000Z'],
    ['30 1 ? * MON-FRI *', 'UTC', '2026-11-27T12:00:00Z', '2026-11-30T01:30:00.000Z'],
  ])('reads cron(%s) in %s as Scheduler does', (cron, zone, after, expected) => {
    expect(next(cron, zone, after)).toBe(expected);
  });

  it('keeps to the local hour over a change to winter time', () => {
    expect(next('0 3 * * ? *', 'Europe/Berlin', '2026-10-24T12:00:00Z')).toBe('2026-10-25T02:00:00.000Z');
  });

  it('answers undefined for a schedule that is over', () => {
    expect(nextStartAfter('0 2 * * ? 2020', 'UTC', Date.parse('2026-11-23T00:00:00Z'))).toBeUndefined();
  });
});

test('localDate names the day that a clock in the zone shows', () => {
  expect(localDate('Asia/Kolkata', Date.parse('2026-11-22T20:30:00Z'))).toBe('2026-11-23');
});
