import { AsyncLocalStorage } from 'node:async_hooks';
import { setImmediate as drainMicrotasks } from 'node:timers/promises';
import { TimerQueue } from './timer-queue.ts';

/** What code under simulation sees of time. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  sleep(ms: number): Promise<void>;
}

/** One line of work that holds the turn until it ends or waits for the clock. */
interface Activity {
  /** Clock waits (sleep, run, wait) it has not come back from. */
  waiting: number;
  /** Real work under way that must not be overtaken by virtual time. */
  holds: number;
  done: boolean;
  /** It never does two things at once, so the first wait already ends its turn. */
  readonly sequential: boolean;
  notify: (() => void) | undefined;
}

/** Settles a `wait`; only the first call counts. */
export interface Settle<T> {
  resolve(value: T): void;
  reject(error: unknown): void;
}

export interface ActivityOptions {
  /** Promises that the activity never has two waits open at once; saves an event-loop round per turn. */
  readonly sequential?: boolean;
}

function newActivity(sequential: boolean): Activity {
  return { waiting: 0, holds: 0, done: false, sequential, notify: undefined };
}

function isParked(activity: Activity): boolean {
  return activity.waiting > 0 && activity.holds === 0;
}

/**
 * Virtual time for whole simulations. Activities run one at a time in (virtual time, sequence) order, which makes
 * every run of the same program identical; time moves only when no activity can run.
 *
 * Nothing moves by itself: `advanceTo`, `runUntilIdle` or `complete` drive the clock and are called from outside any
 * activity. Real asynchronous work (loopback HTTP) may be awaited inside an activity. If it happens **beside** a sleep
 * of the same activity (`Promise.all([http(), clock.sleep(5)])`), wrap it in `hold` to keep time still meanwhile.
 */
export class VirtualClock implements Clock {
  private nowMs: number;
  private readonly queue = new TimerQueue();
  private readonly context = new AsyncLocalStorage<Activity>();
  /** Stands for callers outside every activity. */
  private readonly outside: Activity = { ...newActivity(false), done: true };
  /** Whose turn the entry being run hands out. */
  private turnOf: Activity = this.outside;
  private driving = false;
  private failure: { error: unknown } | undefined;

  constructor(startMs: number) {
    this.nowMs = startMs;
  }

  now(): number {
    return this.nowMs;
  }

  /** Virtual sleep: others run and time advances meanwhile. Negative and NaN durations count as zero. */
  sleep(ms: number): Promise<void> {
    const atMs = this.nowMs + Math.max(ms || 0, 0);
    const activity = this.currentActivity();
    return new Promise((resolve) => {
      this.park(activity);
      this.resumeAt(atMs, activity, resolve);
    });
  }

  /**
   * Calls back at a virtual time (now, if that has passed) as an activity of its own. An error it throws rejects the
   * call that drives the clock. Returns a function that cancels it.
   */
  schedule(atMs: number, callback: () => unknown): () => void {
    if (!Number.isFinite(atMs)) throw new RangeError(`cannot schedule at ${atMs}`);
    const entry = this.queue.push(Math.max(atMs, this.nowMs), () => {
      this.begin(
        async () => callback(),
        newActivity(false),
        ignore,
        (error) => this.fail(error),
      );
    });
    return () => this.queue.cancel(entry);
  }

  /** Queues an activity and waits for its result; a calling activity gives its turn back meanwhile. */
  run<T>(activity: () => Promise<T>, options?: ActivityOptions): Promise<T> {
    return this.wait<T>((settle) => this.spawn(activity, settle, options));
  }

  /** Queues an activity without waiting for it; `settle` hears how it ended. */
  spawn<T>(activity: () => Promise<T>, settle: Settle<T>, options?: ActivityOptions): void {
    this.queue.push(this.nowMs, () => {
      this.begin(activity, newActivity(options?.sequential === true), settle.resolve, settle.reject);
    });
  }

  /**
   * Like `new Promise`, but the caller gives its turn back and resumes in a turn of its own after the first settling.
   * The way for one activity to wait for another one, a timer or an outside event, whichever comes first.
   */
  wait<T>(setup: (settle: Settle<T>) => void): Promise<T> {
    const activity = this.currentActivity();
    return new Promise<T>((resolve, reject) => {
      this.park(activity);
      let settled = false;
      const once = (act: () => void) => {
        if (settled) return;
        settled = true;
        this.resumeAt(this.nowMs, activity, act);
      };
      setup({ resolve: (value) => once(() => resolve(value)), reject: (error) => once(() => reject(error)) });
    });
  }

  /** Does real asynchronous work with virtual time standing still, even if the same activity also sleeps. */
  async hold<T>(work: () => Promise<T>): Promise<T> {
    const activity = this.currentActivity();
    activity.holds++;
    try {
      return await work();
    } finally {
      activity.holds--;
      activity.notify?.();
    }
  }

  /** Runs everything due up to and including the time, then sets `now()` to it. */
  async advanceTo(ms: number): Promise<void> {
    if (ms < this.nowMs) throw new RangeError(`cannot go back in time: asked for ${ms}, it is ${this.nowMs}`);
    await this.drive((nextAtMs) => nextAtMs <= ms);
    this.nowMs = ms;
  }

  /** Runs until no timer and no runnable activity is left, or until `stop` says so (asked between turns). */
  async runUntilIdle(stop?: () => boolean): Promise<void> {
    await this.drive(() => stop?.() !== true);
  }

  /** Runs one activity to its end, and with it whatever else comes due; for callers outside every activity. */
  async complete<T>(activity: () => Promise<T>): Promise<T> {
    let settled = false;
    const result = this.run(activity).finally(() => {
      settled = true;
    });
    result.catch(ignore);
    await this.drive(() => !settled);
    if (!settled) throw new Error('the activity waits for something that never happens');
    return result;
  }

  private currentActivity(): Activity {
    return this.context.getStore() ?? this.outside;
  }

  private park(activity: Activity): void {
    activity.waiting++;
    activity.notify?.();
  }

  private resumeAt(atMs: number, activity: Activity, act: () => void): void {
    this.queue.push(atMs, () => {
      activity.waiting--;
      this.turnOf = activity;
      act();
    });
  }

  private begin<T>(
    body: () => Promise<T>,
    activity: Activity,
    resolve: (value: T) => void,
    reject: (error: unknown) => void,
  ): void {
    this.turnOf = activity;
    const end = (tell: () => void) => {
      activity.done = true;
      tell();
      activity.notify?.();
    };
    this.context.run(activity, () => {
      body().then(
        (value) => end(() => resolve(value)),
        (error) => end(() => reject(error)),
      );
    });
  }

  private fail(error: unknown): void {
    this.failure ??= { error };
  }

  private async drive(mayRun: (nextAtMs: number) => boolean): Promise<void> {
    if (this.context.getStore() !== undefined) throw new Error('an activity cannot drive the clock it runs on');
    if (this.driving) throw new Error('the clock is already being driven');
    this.driving = true;
    try {
      for (let nextAtMs = this.queue.nextAtMs(); nextAtMs !== undefined; nextAtMs = this.queue.nextAtMs()) {
        if (!mayRun(nextAtMs)) return;
        this.nowMs = Math.max(this.nowMs, nextAtMs);
        await this.takeTurn();
      }
    } finally {
      this.driving = false;
    }
  }

  private async takeTurn(): Promise<void> {
    this.turnOf = this.outside;
    this.queue.pop()?.();
    await this.turnOver(this.turnOf);
    const failure = this.failure;
    this.failure = undefined;
    if (failure) throw failure.error;
  }

  /** Waits until the activity ended, or waits for the clock and has nothing else to do. */
  private async turnOver(activity: Activity): Promise<void> {
    if (activity.done) return void (await drainMicrotasks());
    while (!activity.done) {
      if (isParked(activity)) {
        if (activity.sequential) return;
        await drainMicrotasks();
        if (isParked(activity)) return;
      } else {
        await new Promise<void>((resolve) => {
          activity.notify = resolve;
        });
        activity.notify = undefined;
      }
    }
  }
}

function ignore(): void {}
