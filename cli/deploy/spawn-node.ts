import { spawn } from 'node:child_process';
import path from 'node:path';

export const PROJECT_ROOT = path.join(import.meta.dirname, '../..');

/** Runs a script of the checkout on this terminal. @throws Error where it ends with anything but 0 */
export async function spawnNode(words: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, words, { cwd: PROJECT_ROOT, stdio: 'inherit' });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) throw new Error(`${words.map((word) => path.basename(word)).join(' ')} ended with ${code}`);
}
