import { spawnNode } from './spawn-node.ts';

/** Starts a run and shows it, by the command that anybody else would use. */
export async function startFirstNight(stackName: string): Promise<void> {
  await spawnNode(['cli/rightsizer.ts', 'start', '--follow', '--stack', stackName]);
}
