import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** What the emulated account's processes take for the time; it only ever moves forward. */
export class LedClock {
  readonly file: string;
  private aheadMs = 0;

  constructor(folder: string) {
    this.file = path.join(folder, 'ahead-ms');
    writeFileSync(this.file, '0');
  }

  /** Epoch milliseconds as the deployed functions see them now. */
  now(): number {
    return Date.now() + this.aheadMs;
  }

  /** Leads the account to a time, unless it is past it already. */
  leadTo(atMs: number): void {
    if (atMs <= this.now()) return;
    this.aheadMs = atMs - Date.now();
    writeFileSync(this.file, String(this.aheadMs));
  }

  /** Environment of a Node process that lives by this clock. */
  environment(): Record<string, string> {
    return {
      LED_CLOCK_FILE: this.file,
      NODE_OPTIONS: `--import=${pathToFileURL(path.join(import.meta.dirname, 'led-clock.mjs'))}`,
    };
  }
}
