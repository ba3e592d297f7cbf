import { HandlerClock } from '../../../../sandbox/metering/handler-clock.ts';

/** Keeps the processor busy for so long. */
function work(ms: number): void {
  const { user, system } = process.threadCpuUsage();
  const untilUs = user + system + ms * 1_000;
  for (;;) {
    const now = process.threadCpuUsage();
    if (now.user + now.system >= untilUs) return;
  }
}

describe('HandlerClock', () => {
  it('counts a handler’s own work, not what is answered meanwhile', async () => {
    const clock = new HandlerClock(() => 0);
    await clock.run('analyze', async () => {
      work(20);
      await clock.elsewhere(async () => work(200));
      work(20);
    });
    const { cpuMs } = clock.tasks.get('analyze')!;
    expect(cpuMs).toBeGreaterThanOrEqual(40);
    expect(cpuMs).toBeLessThan(150);
  });

  it('counts invocations, how many were at once, and the virtual time they took', async () => {
    let nowMs = 1_000;
    const clock = new HandlerClock(() => nowMs);
    const waiting = async () => {
      await Promise.resolve();
      nowMs += 50;
    };
    await Promise.all([clock.run('a', waiting), clock.run('a', waiting)]);
    await clock.run('a', waiting);
    expect(clock.tasks.get('a')).toMatchObject({
      invocations: 3,
      mostAtOnce: 2,
      firstStartMs: 1_000,
      lastEndMs: 1_150,
    });
  });

  it('counts an invocation that fails, and lets its error through', async () => {
    const clock = new HandlerClock(() => 0);
    const failing = clock.run('a', () => Promise.reject(new RangeError('no')));
    await expect(failing).rejects.toThrow('no');
    expect(clock.tasks.get('a')).toMatchObject({ invocations: 1 });
  });
});
