import { VirtualClock } from '../../../../sandbox/clock/virtual-clock.ts';

const START_MS = Date.UTC(2026, 0, 1);

function clockWithLog() {
  const clock = new VirtualClock(START_MS);
  const log: string[] = [];
  const note = (what: string) => log.push(`${clock.now() - START_MS} ${what}`);
  return { clock, log, note };
}

describe('VirtualClock', () => {
  it('lets days pass in no time', async () => {
    const clock = new VirtualClock(START_MS);
    await clock.complete(() => clock.sleep(7 * 86_400_000));
    expect(clock.now()).toBe(START_MS + 7 * 86_400_000);
  });

  it('runs activities one at a time in the order of virtual time', async () => {
    const { clock, log, note } = clockWithLog();
    const work = (name: string, ms: number) => async () => {
      note(`${name} begins`);
      await clock.sleep(ms);
      note(`${name} ends`);
    };
    const all = [clock.run(work('a', 30)), clock.run(work('b', 10)), clock.run(work('c', 20))];
    await clock.runUntilIdle();
    await Promise.all(all);
    expect(log).toEqual(['0 a begins', '0 b begins', '0 c begins', '10 b ends', '20 c ends', '30 a ends']);
  });

  it('keeps the turn through real asynchronous work', async () => {
    const { clock, log, note } = clockWithLog();
    const real = () => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
    void clock.run(async () => {
      await real();
      note('slow');
    });
    void clock.run(async () => note('quick'));
    await clock.runUntilIdle();
    expect(log).toEqual(['0 slow', '0 quick']);
  });

  it('holds time still for real work beside a sleep', async () => {
    const { clock, log, note } = clockWithLog();
    const real = () => new Promise<void>((resolve) => setImmediate(() => setImmediate(() => setImmediate(resolve))));
    await clock.complete(() =>
      Promise.all([clock.sleep(50).then(() => note('slept')), clock.hold(real).then(() => note('worked'))]),
    );
    expect(log).toEqual(['0 worked', '50 slept']);
  });

  it('runs the sleeps of one activity side by side', async () => {
    const { clock, log, note } = clockWithLog();
    await clock.complete(async () => {
      await Promise.all([30, 10, 20].map((ms) => clock.sleep(ms).then(() => note(`slept ${ms}`))));
    });
    expect(log).toEqual(['10 slept 10', '20 slept 20', '30 slept 30']);
  });

  it('lets an activity wait for another one', async () => {
    const { clock, log, note } = clockWithLog();
    const answer = await clock.complete(async () => {
      const inner = await clock.run(async () => {
        await clock.sleep(5);
        note('inner');
        return 41;
      });
      note('outer');
      return inner + 1;
    });
    expect(answer).toBe(42);
    expect(log).toEqual(['5 inner', '5 outer']);
  });

  it('hands on the error of an activity', async () => {
    const clock = new VirtualClock(START_MS);
    const failing = async () => {
      throw new Error('no luck');
    };
    await expect(clock.complete(failing)).rejects.toThrow('no luck');
    await expect(clock.complete(() => clock.run(failing))).rejects.toThrow('no luck');
  });

  it('calls back at the scheduled time, in scheduling order when times are equal', async () => {
    const { clock, log, note } = clockWithLog();
    clock.schedule(START_MS + 10, () => note('first'));
    clock.schedule(START_MS + 10, () => note('second'));
    clock.schedule(START_MS - 1, () => note('overdue'));
    await clock.runUntilIdle();
    expect(log).toEqual(['0 overdue', '10 first', '10 second']);
  });

  it('does not advance time for a cancelled timer', async () => {
    const { clock, log, note } = clockWithLog();
    const cancel = clock.schedule(START_MS + 1_000, () => note('never'));
    cancel();
    cancel();
    await clock.runUntilIdle();
    expect(log).toEqual([]);
    expect(clock.now()).toBe(START_MS);
  });

  it('sweeps cancelled timers away without losing the others', async () => {
    const { clock, log, note } = clockWithLog();
    const cancels = Array.from({ length: 5_000 }, (_, index) => clock.schedule(START_MS + index, () => note('never')));
    clock.schedule(START_MS + 2_500, () => note('kept'));
    for (const cancel of cancels) cancel();
    await clock.runUntilIdle();
    expect(log).toEqual(['2500 kept']);
  });

  it('advances to a time, running what is due up to and including it', async () => {
    const { clock, log, note } = clockWithLog();
    clock.schedule(START_MS + 10, () => note('due'));
    clock.schedule(START_MS + 11, () => note('later'));
    await clock.advanceTo(START_MS + 10);
    expect(log).toEqual(['10 due']);
    await clock.advanceTo(START_MS + 500);
    expect(log).toEqual(['10 due', '11 later']);
    expect(clock.now()).toBe(START_MS + 500);
  });

  it('stops when the predicate says so', async () => {
    const clock = new VirtualClock(START_MS);
    let ticks = 0;
    const tick = () => {
      ticks++;
      clock.schedule(clock.now() + 1_000, tick);
    };
    tick();
    await clock.runUntilIdle(() => ticks >= 5);
    expect(ticks).toBe(5);
  });

  it('rejects going back in time', async () => {
    const clock = new VirtualClock(START_MS);
    await expect(clock.advanceTo(START_MS - 1)).rejects.toThrow('cannot go back in time');
  });

  it('rejects being driven twice or from an activity', async () => {
    const clock = new VirtualClock(START_MS);
    await expect(clock.complete(() => clock.runUntilIdle())).rejects.toThrow('an activity cannot drive the clock');
    const driving = clock.complete(() => clock.sleep(1));
    await expect(clock.runUntilIdle()).rejects.toThrow('already being driven');
    await driving;
  });

  it('rejects completing an activity that nothing will ever wake', async () => {
    const clock = new VirtualClock(START_MS);
    await expect(clock.complete(() => clock.wait(() => {}))).rejects.toThrow('waits for something that never happens');
  });

  it('surfaces the error of a scheduled callback to whoever drives', async () => {
    const { clock, log, note } = clockWithLog();
    clock.schedule(START_MS + 1, () => {
      throw new Error('broken callback');
    });
    clock.schedule(START_MS + 2, () => note('still runs'));
    await expect(clock.runUntilIdle()).rejects.toThrow('broken callback');
    await clock.runUntilIdle();
    expect(log).toEqual(['2 still runs']);
  });

  it('takes only the first settling of a wait', async () => {
    const clock = new VirtualClock(START_MS);
    const winner = await clock.complete(() =>
      clock.wait<string>((settle) => {
        clock.schedule(START_MS + 20, () => settle.resolve('late'));
        clock.schedule(START_MS + 10, () => settle.resolve('early'));
        clock.schedule(START_MS + 10, () => settle.reject(new Error('too late')));
      }),
    );
    expect(winner).toBe('early');
  });

  it('keeps time through ten thousand turns of sequential activities', async () => {
    const clock = new VirtualClock(START_MS);
    let turns = 0;
    for (let index = 0; index < 200; index++) {
      void clock.run(
        async () => {
          for (let round = 0; round < 50; round++) {
            await clock.sleep(index % 7);
            turns++;
          }
        },
        { sequential: true },
      );
    }
    await clock.runUntilIdle();
    expect(turns).toBe(10_000);
    expect(clock.now()).toBe(START_MS + 300);
  }, 60_000);
});
