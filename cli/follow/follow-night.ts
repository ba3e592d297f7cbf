import type { Writable } from 'node:stream';
import { endInWords, nightInWords } from './night-in-words.ts';
import type { NightSnapshot } from './night-snapshot.ts';

export interface FollowDependencies {
  read(executionArn: string, runId: string): Promise<NightSnapshot>;
  now(): number;
  sleep(ms: number): Promise<void>;
  /** Where progress goes; stdout is for the answer. */
  stderr: Writable;
  timeZone: string;
  /** Aborted by Ctrl-C: the night goes on, the watching ends. */
  detached: AbortSignal;
}

/** Step Functions answers 15 GetExecutionHistory a second; a person reads slower. */
const LOOK_EVERY_MS = 3_000;

/**
 * Says on stderr what a night is at, a line whenever that changes, until it ends or somebody detaches. Answers how it
 * ended; undefined when detached.
 */
export async function followNight(
  executionArn: string,
  runId: string,
  dependencies: FollowDependencies,
): Promise<{ status: string; text: string } | undefined> {
  const { read, now, sleep, stderr, timeZone, detached } = dependencies;
  const away = new Promise<void>((resolve) => detached.addEventListener('abort', () => resolve()));
  let said: string | undefined;
  while (!detached.aborted) {
    const snapshot = await read(executionArn, runId);
    const line = nightInWords(snapshot, now(), timeZone);
    if (line !== said) stderr.write(`${new Date(now()).toISOString().slice(11, 19)}Z  ${line}\n`);
    said = line;
    if (snapshot.status !== 'RUNNING') return { status: snapshot.status, text: endInWords(snapshot, runId) };
    await Promise.race([sleep(LOOK_EVERY_MS), away]);
  }
  return undefined;
}
