import { rmSync } from 'node:fs';

const SIGNALS = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 } as const;

/**
 * Ends the process on Ctrl-C, on `kill` and with its terminal, and takes its folder along. What was started ends itself
 * on 'exit', which comes before the folder goes because it was registered before.
 */
export function endTidily(folder: string): void {
  for (const [signal, number] of Object.entries(SIGNALS)) {
    process.once(signal, () => {
      process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
      process.exit(128 + number);
    });
  }
}
