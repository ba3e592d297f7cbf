import { createInterface } from 'node:readline/promises';
import { UsageError } from '../input/usage-error.ts';

/** Asks a person for a yes; anything else is a no, Ctrl-C among it. @throws UsageError where no person is there to be asked */
export async function confirm(question: string): Promise<boolean> {
  if (process.stdin.isTTY !== true)
    throw new UsageError([`"${question}" needs somebody at a terminal; --yes says yes`]);
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return /^y(es)?$/i.test((await terminal.question(`${question} [y/N] `)).trim());
  } catch (error) {
    if ((error as Error).name !== 'AbortError') throw error;
    process.stdout.write('\n');
    return false;
  } finally {
    terminal.close();
  }
}
