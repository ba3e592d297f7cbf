import { createHash } from 'node:crypto';
import { ApiError } from '../errors.ts';
import type { JsonValue } from '../json.ts';

/** The task behind a token. */
export interface WaitingTask {
  readonly executionArn: string;
  succeed(output: JsonValue): void;
  fail(error: string | undefined, cause: string | undefined): void;
  heartbeat(): void;
}

const TOKEN = /^AQB-(\d+)-([0-9a-f]{32})$/;

/** Hands out task tokens and finds the tasks waiting on them. A token proves itself, so closed ones need no memory. */
export class TaskTokens {
  private readonly seed: number;
  private issued = 0;
  private readonly waiting = new Map<string, WaitingTask>();

  constructor(seed: number) {
    this.seed = seed;
  }

  issue(): string {
    const number = ++this.issued;
    return `AQB-${number}-${this.proof(number)}`;
  }

  open(token: string, task: WaitingTask): void {
    this.waiting.set(token, task);
  }

  close(token: string): void {
    this.waiting.delete(token);
  }

  /** The execution whose task waits on a token, if any does. */
  executionOf(token: string): string | undefined {
    return this.waiting.get(token)?.executionArn;
  }

  /** The task waiting on a token. Throws `InvalidToken`, `TaskTimedOut` or `TaskDoesNotExist`. */
  find(token: string): WaitingTask {
    const task = this.waiting.get(token);
    if (task) return task;
    const match = TOKEN.exec(token);
    if (!match) throw new ApiError('InvalidToken', `Invalid Token: '${token.slice(0, 20)}'`);
    const number = Number(match[1]);
    if (number <= this.issued && match[2] === this.proof(number)) {
      throw new ApiError('TaskTimedOut', "Task Timed Out: 'Provided task does not exist anymore'");
    }
    throw new ApiError('TaskDoesNotExist', 'Task does not exist');
  }

  private proof(number: number): string {
    return createHash('md5').update(`${this.seed}/${number}`).digest('hex');
  }
}
