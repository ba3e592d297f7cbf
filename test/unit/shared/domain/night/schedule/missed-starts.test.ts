import { missedStarts } from '../../../../../../shared/domain/night/schedule/missed-starts.ts';

const NIGHTLY = { expression: 'cron(0 2 * * ? *)', timeZone: 'UTC' };
const at = (iso: string) => Date.parse(iso);

it.each([
  ['on the morning after it', '2026-11-23T08:00:00Z', 0],
  ['within the hour in which the next may still start', '2026-11-24T02:59:00Z', 0],
  ['as the hour of the next ends', '2026-11-24T03:00:00Z', 0],
  ['a millisecond later', '2026-11-24T03:00:00.001Z', 1],
  ['a day and a morning later', '2026-11-24T08:00:00Z', 1],
  ['three days later', '2026-11-26T08:00:00Z', 3],
])('counts the starts a nightly schedule has missed since its last: %s', (_, now, missed) => {
  expect(missedStarts(NIGHTLY, at('2026-11-23T02:00:04Z'), at(now))).toBe(missed);
});

it('knows a schedule that rests, in its own time zone', () => {
  const weekdays = { expression: 'cron(0 2 ? * MON-FRI *)', timeZone: 'Europe/Berlin' };
  const friday = at('2026-11-20T01:00:04Z');
  expect(missedStarts(weekdays, friday, at('2026-11-22T22:00:00Z'))).toBe(0);
  expect(missedStarts(weekdays, friday, at('2026-11-23T02:01:00Z'))).toBe(1);
});

it('stops counting at a hundred, and where a schedule is over', () => {
  const missed = (expression: string) =>
    missedStarts({ expression, timeZone: 'UTC' }, at('2026-11-23T00:00:00Z'), at('2027-11-23T00:00:00Z'));
  expect(missed('cron(* * * * ? *)')).toBe(100);
  expect(missed('cron(0 2 24 11 ? 2026)')).toBe(1);
});

it.each(['at cron(0 2 * * ? *)', 'cron(0 2 * * ? *) UTC'])(
  'does not take %s for an expression of cron',
  (expression) => {
    expect(missedStarts({ expression, timeZone: 'UTC' }, 0, at('2026-11-23T00:00:00Z'))).toBe(0);
  },
);

it('says nothing of expressions that are none of cron', () => {
  expect(missedStarts({ expression: 'rate(1 day)', timeZone: 'UTC' }, 0, at('2026-11-23T00:00:00Z'))).toBe(0);
});
