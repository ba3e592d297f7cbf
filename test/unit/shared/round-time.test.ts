import { ENDLESS, roundTime, STOP_BEFORE_END_MS } from '../../../shared/round-time.ts';

const MINUTE_MS = 60_000;

it('is up two minutes before the invocation ends, or earlier for what takes longer', () => {
  let leftMs = 15 * MINUTE_MS;
  const time = roundTime(() => leftMs);
  expect([time.isUp(), time.isUp(13 * MINUTE_MS), time.isUp(13 * MINUTE_MS + 1)]).toEqual([false, false, true]);
  leftMs = STOP_BEFORE_END_MS;
  expect(time.isUp()).toBe(false);
  leftMs -= 1;
  expect(time.isUp()).toBe(true);
});

it('lets reading have half of what is left until then', () => {
  let leftMs = 12 * MINUTE_MS;
  const reading = roundTime(() => leftMs).half();
  leftMs = 7 * MINUTE_MS;
  expect(reading.isUp()).toBe(false);
  leftMs -= 1;
  expect(reading.isUp()).toBe(true);
});

it('has no half of what is over', () => {
  expect(
    roundTime(() => 0)
      .half()
      .isUp(),
  ).toBe(true);
  expect([ENDLESS.isUp(1e12), ENDLESS.half().isUp()]).toEqual([false, false]);
});
