import { randomUUID } from 'node:crypto';
import path from 'node:path';

const PROJECT_ROOT = path.join(import.meta.dirname, '../..');

export type Handler = (event: unknown, context: unknown) => Promise<unknown>;

/** A handler's error as Step Functions sees it: the error's own name, and a cause in the shape of Lambda's runtime. */
export class HandlerFailure extends Error {
  override readonly name: string;
  override readonly cause: string;

  constructor(thrown: unknown) {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    super(error.message);
    this.name = error.name;
    this.cause = JSON.stringify({ errorType: error.name, errorMessage: error.message });
  }
}

/** Runs the tasks' real handlers in this process, each loaded when it is first called. */
export class TaskHandlers {
  /** Invocations by task. */
  readonly invocations = new Map<string, number>();
  /** A test's or a fault scenario's chance to fail an invocation before it reaches the handler. */
  beforeInvocation: ((task: string, event: unknown) => void) | undefined;
  private readonly loaded = new Map<string, Promise<Handler>>();

  async invoke(task: string, event: unknown, functionArn: string): Promise<unknown> {
    this.invocations.set(task, (this.invocations.get(task) ?? 0) + 1);
    this.beforeInvocation?.(task, event);
    const handler = await this.load(task);
    try {
      return asJson(await handler(asJson(event), lambdaContext(task, functionArn)));
    } catch (error) {
      throw new HandlerFailure(error);
    }
  }

  private load(task: string): Promise<Handler> {
    const known = this.loaded.get(task);
    if (known) return known;
    const loading = import(path.join(PROJECT_ROOT, 'tasks', task, 'handler.ts')).then(
      (module: { handler: Handler }) => module.handler,
    );
    this.loaded.set(task, loading);
    return loading;
  }
}

/** What crosses Lambda's boundary is JSON: undefined fields vanish, dates become text. */
function asJson(value: unknown): unknown {
  return value === undefined ? null : JSON.parse(JSON.stringify(value));
}

function lambdaContext(task: string, functionArn: string) {
  return {
    functionName: task,
    functionVersion: '1',
    invokedFunctionArn: functionArn,
    memoryLimitInMB: '512',
    awsRequestId: randomUUID(),
    logGroupName: `/aws/lambda/${task}`,
    logStreamName: 'sandbox',
    callbackWaitsForEmptyEventLoop: false,
    getRemainingTimeInMillis: () => 60_000,
  };
}
