import { spawn } from 'node:child_process';
import path from 'node:path';

export const PROJECT_ROOT = path.join(import.meta.dirname, '../../..');

/** Runs a script of this project's under this process's Node; answers stdout, or throws with all that was printed. */
export async function runNode(
  script: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<string> {
  const child = spawn(process.execPath, script, { cwd: PROJECT_ROOT, env: { ...process.env, ...environment } });
  const end = () => child.kill();
  process.once('exit', end);
  let stdout = '';
  let printed = '';
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
    printed += chunk;
  });
  child.stderr.on('data', (chunk) => {
    printed += chunk;
  });
  const code = await new Promise((resolve) => child.on('close', (status, signal) => resolve(status ?? signal)));
  process.off('exit', end);
  if (code !== 0) throw new Error(`${script.join(' ')} ended with ${code}\n${printed}`);
  return stdout;
}
