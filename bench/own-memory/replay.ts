import { fork } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { bundleHandlers } from '../../infra/constructs/task-code.ts';
import { ALL_TASKS, type AnyTaskName, TASK_FOLDERS } from '../../shared/constants.ts';
import type { EnvironmentReading } from './replay-process.ts';

const PROJECT_ROOT = path.join(import.meta.dirname, '../..');
/** As Lambda's runtime bounds Node's heap, as shares of the memory size; general knowledge. */
const OLD_SPACE_SHARE = 0.9;
const SEMI_SPACE_SHARE = 0.05;

/** Bundles of tasks as they are deployed, with their clock and their clients' seam let out, and the process that runs them. */
export async function writeReplayBundles(
  folder: string,
  tasks: readonly AnyTaskName[] = ALL_TASKS,
): Promise<(task: string) => string> {
  const entries: Record<string, string> = { 'replay-process': 'bench/own-memory/replay-process.ts' };
  for (const task of tasks) {
    const entry = path.join(folder, `${task}.entry.ts`);
    const from = (file: string): string => JSON.stringify(path.join(PROJECT_ROOT, file));
    const exported = [
      `export { handler } from ${from(`${TASK_FOLDERS[task]}/handler.ts`)};`,
      `export { registerClientPlugin } from ${from('shared/clients/sdk.ts')};`,
      `export { useClock } from ${from('shared/clock.ts')};`,
    ];
    await writeFile(entry, exported.join('\n'));
    entries[task] = entry;
  }
  const fileOf = (task: string): string => path.join(folder, `${task}.mjs`);
  for (const [task, { code }] of bundleHandlers(entries)) await writeFile(fileOf(task), code);
  return fileOf;
}

export interface Replay {
  readonly processFile: string;
  readonly bundleFile: string;
  readonly folders: readonly string[];
  readonly memorySizeMb: number;
  readonly environment: Readonly<Record<string, string>>;
}

/** Runs invocations one after the other in an environment of their own; rejects when one of them fails. */
export function replay({
  processFile,
  bundleFile,
  folders,
  memorySizeMb,
  environment,
}: Replay): Promise<EnvironmentReading> {
  const execArgv = [
    `--max-old-space-size=${Math.floor(memorySizeMb * OLD_SPACE_SHARE)}`,
    `--max-semi-space-size=${Math.floor(memorySizeMb * SEMI_SPACE_SHARE)}`,
  ];
  const env = { ...environment, AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memorySizeMb) };
  return new Promise((resolve, reject) => {
    const child = fork(processFile, [bundleFile, ...folders], {
      env,
      execArgv,
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    let said = '';
    child.stderr?.on('data', (text: Buffer) => {
      said += text.toString();
    });
    child.once('message', (reading: EnvironmentReading) => resolve(reading));
    child.once('exit', (code) => {
      reject(new Error(`${path.basename(bundleFile)} ended with code ${code} and no answer: ${inShort(said)}`));
    });
  });
}

const LAST_LINES = 8;

/** What Node says last, without the lines of a bundle that it quotes, and where in it. */
const inShort = (said: string): string =>
  said
    .split('\n')
    .filter((line) => line.trim() !== '' && line.length < 500 && !/^\s+at /.test(line))
    .slice(-LAST_LINES)
    .join('\n');
