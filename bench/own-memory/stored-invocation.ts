import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { lambdaContext } from '../../sandbox/deployment/lambda-context.ts';
import type { RecordedInvocation } from './recorder.ts';

/** A recorded call whose answer's body is a file beside it, so that a process holds no more of it than it asked for. */
export interface StoredCall {
  readonly call: string;
  readonly key: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly bodyFile: string;
}

export interface StoredInvocation {
  readonly event: unknown;
  readonly context: object;
  readonly startedMs: number;
  readonly calls: readonly StoredCall[];
}

/** Writes an invocation into a folder of its own. */
export async function storeInvocation(folder: string, task: string, invocation: RecordedInvocation): Promise<void> {
  await mkdir(folder, { recursive: true });
  const calls: StoredCall[] = [];
  for (const [at, { body, ...call }] of invocation.calls.entries()) {
    const bodyFile = `${at}.body`;
    await writeFile(path.join(folder, bodyFile), body);
    calls.push({ ...call, bodyFile });
  }
  const { event, startedMs } = invocation;
  const context = lambdaContext(task, `arn:aws:lambda:us-east-1:123456789012:function:${task}`);
  const stored: StoredInvocation = { event, context, startedMs, calls };
  await writeFile(path.join(folder, 'invocation.json'), JSON.stringify(stored));
}
