import { AsyncLocalStorage } from 'node:async_hooks';

/** What a task's invocations took together. */
export interface TaskTime {
  invocations: number;
  /** Processor time of this thread while an invocation was at work and not waiting for AWS or the clock. */
  cpuMs: number;
  /** Virtual time from start to answer: calls of AWS and waiting. */
  waitedMs: number;
  /** Most invocations at one moment, which is how many environments Lambda would start. */
  mostAtOnce: number;
  /** When the first began and the last ended, in virtual epoch ms. */
  firstStartMs: number;
  lastEndMs: number;
}

interface Invocation {
  readonly time: TaskTime;
  /** Calls that are being answered, and sleeps. */
  away: number;
  /** Reading of `share` when it last came back to work. */
  since: number;
}

/**
 * Measures handlers that all run in one thread, many of them interleaved: processor time is shared out among those that
 * are at work at that moment. It is an upper bound, since what runs between two of their steps counts as theirs.
 */
export class HandlerClock {
  readonly tasks = new Map<string, TaskTime>();
  private readonly invocation = new AsyncLocalStorage<Invocation>();
  private readonly running = new Map<string, number>();
  private readonly now: () => number;
  private atWork = 0;
  /** Processor time, in ms, that one who was always at work would have had. */
  private share = 0;
  private lastCpuMs = cpuMs();

  constructor(now: () => number) {
    this.now = now;
  }

  async run<T>(task: string, work: () => T | Promise<T>): Promise<T> {
    const time = this.timeOf(task);
    time.invocations += 1;
    time.mostAtOnce = Math.max(time.mostAtOnce, this.count(task, 1));
    const invocation: Invocation = { time, away: 0, since: 0 };
    const startedMs = this.now();
    time.firstStartMs = Math.min(time.firstStartMs, startedMs);
    this.begin(invocation);
    try {
      return await this.invocation.run(invocation, work);
    } finally {
      if (invocation.away === 0) this.pause(invocation);
      time.lastEndMs = this.now();
      time.waitedMs += time.lastEndMs - startedMs;
      this.count(task, -1);
    }
  }

  /** Something that a handler waits for and does not do itself. */
  async elsewhere<T>(work: () => Promise<T>): Promise<T> {
    const invocation = this.invocation.getStore();
    if (invocation === undefined) return work();
    invocation.away += 1;
    if (invocation.away === 1) this.pause(invocation);
    try {
      return await work();
    } finally {
      invocation.away -= 1;
      if (invocation.away === 0) this.begin(invocation);
    }
  }

  private begin(invocation: Invocation): void {
    this.tick();
    this.atWork += 1;
    invocation.since = this.share;
  }

  private pause(invocation: Invocation): void {
    this.tick();
    this.atWork -= 1;
    invocation.time.cpuMs += this.share - invocation.since;
  }

  private tick(): void {
    const nowMs = cpuMs();
    if (this.atWork > 0) this.share += (nowMs - this.lastCpuMs) / this.atWork;
    this.lastCpuMs = nowMs;
  }

  private timeOf(task: string): TaskTime {
    const known = this.tasks.get(task);
    if (known) return known;
    const time = {
      invocations: 0,
      cpuMs: 0,
      waitedMs: 0,
      mostAtOnce: 0,
      firstStartMs: Number.POSITIVE_INFINITY,
      lastEndMs: 0,
    };
    this.tasks.set(task, time);
    return time;
  }

  private count(task: string, change: 1 | -1): number {
    const running = (this.running.get(task) ?? 0) + change;
    this.running.set(task, running);
    return running;
  }
}

/** Of this thread alone, so that neither collecting garbage beside it nor other processes count. */
function cpuMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
