import type { Writable } from 'node:stream';

/** Says on stderr how far a long step is: how many, how many a second, and how long the rest takes at that rate. */
export class Progress {
  private readonly stderr: Writable;
  private readonly now: () => number;

  constructor(stderr: Writable, now: () => number) {
    this.stderr = stderr;
    this.now = now;
  }

  say(text: string): void {
    this.stderr.write(`${text}\n`);
  }

  /** A counter that starts now; call it with how many are done. */
  counter(what: string, total: number): (done: number) => void {
    const startMs = this.now();
    return (done) => {
      const seconds = (this.now() - startMs) / 1_000;
      const rate = seconds > 0 ? done / seconds : 0;
      const left = rate > 0 ? `, ${rate.toFixed(0)} a second, ${Math.ceil((total - done) / rate)} s left` : '';
      this.say(`${what}: ${done} of ${total}${left}`);
    };
  }
}
