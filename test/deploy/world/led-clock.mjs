import { readFileSync } from 'node:fs';

/**
 * Preloaded into every Node process of the emulated account: time is the machine's, plus what the file says (ms). The
 * emulator cannot let days pass; a night needs a fortnight of evidence before it and an evening after it.
 */
const file = process.env.LED_CLOCK_FILE;
const MachineDate = globalThis.Date;
const aheadMs = () => Number(readFileSync(file, 'utf8')) || 0;

if (file !== undefined) {
  globalThis.Date = class LedDate extends MachineDate {
    constructor(...parts) {
      super(...(parts.length === 0 ? [LedDate.now()] : parts));
    }

    static now() {
      return MachineDate.now() + aheadMs();
    }
  };
}
