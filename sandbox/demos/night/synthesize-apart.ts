import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import type { SynthesizedStack } from './synthesized-stack.ts';

/** What the process is told. */
export interface SynthesisOrder {
  configuration: Record<string, unknown>;
  nowMs: number;
}

const PROCESS_FILE = path.join(import.meta.dirname, 'synthesis-process.ts');
/** A template is some hundred kilobytes. */
const LONGEST_ANSWER_BYTES = 16 * 2 ** 20;

/**
 * As `synthesizeStack`, in a process that takes CDK and all it left in memory with it when it ends; of a thread's memory a
 * hundred megabytes would stay.
 */
export async function synthesizeApart(configuration: Record<string, unknown>, now: Date): Promise<SynthesizedStack> {
  const order: SynthesisOrder = { configuration, nowMs: now.getTime() };
  const { stdout } = await promisify(execFile)(process.execPath, [PROCESS_FILE, JSON.stringify(order)], {
    maxBuffer: LONGEST_ANSWER_BYTES,
  });
  return JSON.parse(stdout) as SynthesizedStack;
}
