/** Turns of the event loop without a call after which everything that is not asleep has had its say. */
const QUIET_TURNS = 8;

interface Sleeper {
  readonly atMs: number;
  wake(): void;
}

/** Virtual time in a process that waits for nothing: when all that is left is asleep, whoever wakes first is woken. */
export class ReplayClock {
  private nowMs = 0;
  private quietTurns = 0;
  private isTurning = false;
  private sleepers: Sleeper[] = [];

  readonly now = (): number => this.nowMs;

  readonly sleep = (ms: number): Promise<void> =>
    new Promise((wake) => {
      this.sleepers.push({ atMs: this.nowMs + ms, wake });
      if (this.isTurning) return;
      this.isTurning = true;
      setImmediate(this.turn);
    });

  startAt(ms: number): void {
    this.nowMs = ms;
  }

  /** Somebody was answered just now, and may have something to do. */
  stir(): void {
    this.quietTurns = 0;
  }

  private readonly turn = (): void => {
    this.quietTurns += 1;
    if (this.quietTurns > QUIET_TURNS) this.wakeFirst();
    this.isTurning = this.sleepers.length > 0;
    if (this.isTurning) setImmediate(this.turn);
  };

  private wakeFirst(): void {
    const first = this.sleepers.reduce((one, other) => (other.atMs < one.atMs ? other : one));
    this.sleepers.splice(this.sleepers.indexOf(first), 1);
    this.nowMs = Math.max(this.nowMs, first.atMs);
    this.stir();
    first.wake();
  }
}
