import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { lambdaContext } from './lambda-context.ts';

const THREAD_FILE = path.join(import.meta.dirname, 'task-thread.ts');
/** Jobs that travel together: a message wakes a thread, which costs about as much as a job's own JSON. */
const JOBS_PER_MESSAGE = 4;
/** One at work and one waiting beside it, so that a thread never waits for the next. */
const MESSAGES_PER_THREAD = 2;

/** What a thread is told to do, and what it answers; `output` and `event` are JSON text, as in Lambda. */
export interface ThreadJob {
  readonly id: number;
  readonly task: string;
  readonly event: string;
  readonly context: object;
}
export type ThreadAnswer = { readonly id: number } & (
  | { readonly output: string }
  | { readonly error: { name: string; message: string } }
);

interface Job extends ThreadJob {
  resolve(output: unknown): void;
  reject(error: Error): void;
}

interface Thread {
  readonly worker: Worker;
  readonly jobs: Map<number, Job>;
  /** Messages that it has not answered. */
  messages: number;
}

/**
 * Runs tasks in threads before their turn on the virtual clock has come. Only for tasks that need nothing but their
 * event and change nothing (no AWS call, no clock, no randomness): when and where such a task runs makes no difference,
 * so that the night stays the same to the last byte.
 */
export class AheadOfTurn {
  private readonly tasks: ReadonlySet<string>;
  private readonly threads: Thread[];
  /** Not begun; threads take the last, which is needed latest, while turns come to the first. */
  private readonly waiting = new Map<number, Job>();
  private readonly byEvent = new WeakMap<object, { id: number; output: Promise<unknown> }>();
  private lastId = 0;

  constructor(threads: number, tasks: readonly string[]) {
    this.tasks = new Set(tasks);
    this.threads = Array.from({ length: threads }, () => this.startThread());
  }

  /** Says that the task is going to be invoked with this very event. */
  announce(task: string, event: unknown, functionArn: string): void {
    if (!this.tasks.has(task) || typeof event !== 'object' || event === null) return;
    const id = ++this.lastId;
    const output = new Promise<unknown>((resolve, reject) => {
      const job = { id, task, event: JSON.stringify(event), context: lambdaContext(task, functionArn) };
      this.waiting.set(id, { ...job, resolve, reject });
    });
    output.catch(() => undefined);
    this.byEvent.set(event, { id, output });
    for (const thread of this.threads) this.feed(thread);
  }

  /** What a thread makes of the event, or undefined when none has begun: the caller is quicker then. */
  take(event: unknown): Promise<unknown> | undefined {
    const early = this.byEvent.get(event as object);
    return early && !this.waiting.delete(early.id) ? early.output : undefined;
  }

  dispose(): void {
    for (const { worker } of this.threads) void worker.terminate();
  }

  private startThread(): Thread {
    const worker = new Worker(THREAD_FILE, { workerData: [...this.tasks] });
    const thread: Thread = { worker, jobs: new Map(), messages: 0 };
    worker.unref();
    worker.on('message', (answers: readonly ThreadAnswer[]) => this.settle(thread, answers));
    worker.on('error', (error: Error) => {
      for (const job of thread.jobs.values()) job.reject(error);
    });
    return thread;
  }

  private feed(thread: Thread): void {
    const { worker, jobs } = thread;
    while (thread.messages < MESSAGES_PER_THREAD && this.waiting.size > 0) {
      const message = [...this.waiting.values()].slice(-JOBS_PER_MESSAGE).reverse();
      for (const job of message) {
        this.waiting.delete(job.id);
        jobs.set(job.id, job);
      }
      thread.messages++;
      worker.postMessage(message.map(({ id, task, event, context }): ThreadJob => ({ id, task, event, context })));
    }
    // A thread at work keeps the process alive, an idle one does not.
    if (jobs.size > 0) worker.ref();
    else worker.unref();
  }

  private settle(thread: Thread, answers: readonly ThreadAnswer[]): void {
    thread.messages--;
    for (const answer of answers) {
      const job = thread.jobs.get(answer.id);
      thread.jobs.delete(answer.id);
      if ('output' in answer) job?.resolve(JSON.parse(answer.output));
      else job?.reject(Object.assign(new Error(answer.error.message), { name: answer.error.name }));
    }
    this.feed(thread);
  }
}
