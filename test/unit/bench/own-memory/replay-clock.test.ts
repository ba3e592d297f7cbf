import { ReplayClock } from '../../../../bench/own-memory/replay-clock.ts';

it('wakes sleepers in the order of their times, and lets time pass to each', async () => {
  const clock = new ReplayClock();
  clock.startAt(1_000);
  const woken: [string, number][] = [];
  const sleeper = (name: string, ms: number) => clock.sleep(ms).then(() => woken.push([name, clock.now()]));
  await Promise.all([sleeper('late', 300), sleeper('early', 100), sleeper('middle', 200)]);
  expect(woken).toEqual([
    ['early', 1_100],
    ['middle', 1_200],
    ['late', 1_300],
  ]);
});

it('lets nobody’s time run ahead of those who are at work', async () => {
  const clock = new ReplayClock();
  let turns = 0;
  const work = async (): Promise<number> => {
    for (; turns < 30; turns += 1) {
      clock.stir();
      await new Promise(setImmediate);
    }
    return clock.now();
  };
  const [atEndOfWork] = await Promise.all([work(), clock.sleep(50)]);
  expect(atEndOfWork).toBe(0);
  expect(clock.now()).toBe(50);
});
