import { once } from 'node:events';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { SynthesizedStack } from './synthesized-stack.ts';

/** What the thread is told. */
export interface SynthesisOrder {
  configuration: Record<string, unknown>;
  nowMs: number;
}

const THREAD_FILE = path.join(import.meta.dirname, 'synthesis-thread.ts');

/** As `synthesizeStack`, in a thread that takes CDK and all it left in memory with it when it ends. */
export async function synthesizeApart(configuration: Record<string, unknown>, now: Date): Promise<SynthesizedStack> {
  const workerData: SynthesisOrder = { configuration, nowMs: now.getTime() };
  const worker = new Worker(THREAD_FILE, { workerData });
  try {
    const [stack] = (await once(worker, 'message')) as [SynthesizedStack];
    return stack;
  } finally {
    await worker.terminate();
  }
}
