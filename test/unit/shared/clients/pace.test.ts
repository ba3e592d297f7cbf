import { createPace } from '../../../../shared/clients/pace.ts';

function clockAt(startMs: number) {
  let nowMs = startMs;
  return {
    now: () => nowMs,
    sleep: async (ms: number) => {
      nowMs += ms;
    },
  };
}

it('lets the first go at once, and the others one after the other', async () => {
  const clock = clockAt(1_000);
  const pace = createPace(4, clock);
  const times: number[] = [];
  for (let call = 0; call < 3; call += 1) {
    await pace();
    times.push(clock.now());
  }
  expect(times).toEqual([1_000, 1_250, 1_500]);
});

it('waits as long as what went before was large', async () => {
  const clock = clockAt(0);
  const pace = createPace(100, clock);
  await pace(300);
  await pace(1);
  expect(clock.now()).toBe(3_000);
});

it('saves nothing up while nobody asks', async () => {
  const clock = clockAt(0);
  const pace = createPace(2, clock);
  await pace();
  await clock.sleep(60_000);
  await pace();
  await pace();
  expect(clock.now()).toBe(60_500);
});
