import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { AnyTaskName } from '../../shared/constants.ts';
import { taskEnvironment } from '../bundle/task-environment.ts';
import { replay, writeReplayBundles } from './replay.ts';
import type { EnvironmentReading } from './replay-process.ts';

/** Where tasks' bundles are run, each in fresh processes, and where what they are run on is written. */
export interface Environments {
  newFolder(task: string): string;
  run(task: string, folders: readonly string[], memorySizeMb: number): Promise<EnvironmentReading>;
}

/** Makes environments for the time that `use` takes. @param tasks those that are bundled; all, unless said otherwise */
export async function withEnvironments<Result>(
  use: (environments: Environments) => Promise<Result>,
  tasks?: readonly AnyTaskName[],
): Promise<Result> {
  const folder = await mkdtemp(path.join(tmpdir(), 'rightsizer-own-memory-'));
  let folders = 0;
  try {
    const environment = await taskEnvironment();
    const fileOf = await writeReplayBundles(folder, tasks);
    return await use({
      newFolder: (task) => path.join(folder, `${task}-${folders++}`),
      run: (task, invocations, memorySizeMb) =>
        replay({
          processFile: fileOf('replay-process'),
          bundleFile: fileOf(task),
          ...{ folders: invocations, memorySizeMb, environment },
        }),
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
