/** A thread of AheadOfTurn: loads its tasks' real handlers and runs them on what it is sent. */
import path from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import type { ThreadAnswer, ThreadJob } from './ahead-of-turn.ts';
import { taskFolder } from './task-handlers.ts';

type Handler = (event: unknown, context: unknown) => Promise<unknown>;

const PROJECT_ROOT = path.join(import.meta.dirname, '../..');
const handlers = new Map<string, Handler>();
for (const task of workerData as string[]) {
  const { handler } = (await import(path.join(PROJECT_ROOT, taskFolder(task), 'handler.ts'))) as { handler: Handler };
  handlers.set(task, handler);
}

async function run({ id, task, event, context }: ThreadJob): Promise<ThreadAnswer> {
  try {
    const output = await handlers.get(task)!(JSON.parse(event), {
      ...context,
      getRemainingTimeInMillis: () => 60_000,
    });
    return { id, output: JSON.stringify(output ?? null) };
  } catch (thrown) {
    const { name, message } = thrown instanceof Error ? thrown : new Error(String(thrown));
    return { id, error: { name, message } };
  }
}

async function runAll(jobs: readonly ThreadJob[]): Promise<void> {
  const answers: ThreadAnswer[] = [];
  for (const job of jobs) answers.push(await run(job));
  parentPort!.postMessage(answers);
}

parentPort!.on('message', (jobs: readonly ThreadJob[]) => void runAll(jobs));
