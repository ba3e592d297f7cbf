import { updatesBlockedSince } from '../../../../../../shared/domain/night/eligibility/deprecated-runtimes.ts';

const on = (date: string) => new Date(`${date}T23:00:00Z`);

it('blocks a runtime from its day on, and not the day before', () => {
  expect(updatesBlockedSince('nodejs12.x', on('2023-04-30'))).toBe('2023-04-30');
  expect(updatesBlockedSince('nodejs12.x', on('2023-04-29'))).toBeUndefined();
});

it.each([['nodejs24.x'], [undefined]])('never blocks %s', (runtime) => {
  expect(updatesBlockedSince(runtime, on('2026-11-23'))).toBeUndefined();
});
