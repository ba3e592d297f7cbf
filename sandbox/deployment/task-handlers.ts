import path from 'node:path';
import { TASK_FOLDERS } from '../../shared/constants.ts';
import { jsonCopy } from '../engine/index.ts';
import type { AheadOfTurn } from './ahead-of-turn.ts';
import { lambdaContext, versionIn } from './lambda-context.ts';

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

/** What Lambda knows of an invocation's time. */
export interface InvocationTimes {
  now(): number;
  timeoutMs(task: string): number;
}

const A_MINUTE: InvocationTimes = { now: () => 0, timeoutMs: () => 60_000 };

/** Runs the tasks' real handlers in this process, each loaded when it is first called. */
export class TaskHandlers {
  /** Invocations by task. */
  readonly invocations = new Map<string, number>();
  /** A test's or a fault scenario's chance to fail an invocation before it reaches the handler. */
  beforeInvocation: ((task: string, event: unknown) => void) | undefined;
  /**
   * What stands in for a task's handler (`analyze`), where a test is about the others, or for one published version of
   * it (`analyze:2`), which is how a later generation of the stack brings other code.
   */
  readonly standIns = new Map<string, Handler>();
  /** Knows tasks that were run before their turn; stand-ins never are. */
  ahead: AheadOfTurn | undefined;
  /** Hears what every invocation that succeeded was given and what it answered. */
  afterInvocation: ((task: string, event: unknown, answer: unknown) => void) | undefined;
  /** Runs a handler in its task's name, so that what it asks of AWS can be checked against the task's role. */
  actAs: <T>(task: string, work: () => T) => T = (_task, work) => work();
  /** Time of day, and how long each task's function may run, in ms; without them every task has a minute, always. */
  private readonly times: InvocationTimes;
  private readonly loaded = new Map<string, Promise<Handler>>();

  constructor(times: InvocationTimes = A_MINUTE) {
    this.times = times;
  }

  /** What crosses Lambda's boundary is JSON, both ways. */
  async invoke(task: string, event: unknown, functionArn: string): Promise<unknown> {
    return jsonCopy(await this.run(task, jsonCopy(event), functionArn));
  }

  /** As `invoke`, for the state machine engine, which itself copies what goes in and what comes out. */
  async run(task: string, event: unknown, functionArn: string): Promise<unknown> {
    this.invocations.set(task, (this.invocations.get(task) ?? 0) + 1);
    this.beforeInvocation?.(task, event);
    const version = versionIn(functionArn);
    const standIn = this.standIns.get(`${task}:${version}`) ?? this.standIns.get(task);
    try {
      const early = standIn === undefined ? this.ahead?.take(event) : undefined;
      const answer = await (early ?? this.handle(task, event, functionArn, standIn));
      this.afterInvocation?.(task, event, answer);
      return answer;
    } catch (error) {
      throw new HandlerFailure(error);
    }
  }

  private async handle(task: string, event: unknown, functionArn: string, standIn: Handler | undefined) {
    const handler = standIn ?? (await this.load(task));
    const endMs = this.times.now() + this.times.timeoutMs(task);
    const context = {
      ...lambdaContext(task, functionArn),
      getRemainingTimeInMillis: () => Math.max(0, endMs - this.times.now()),
    };
    return this.actAs(task, () => handler(event, context));
  }

  private load(task: string): Promise<Handler> {
    const known = this.loaded.get(task);
    if (known) return known;
    const loading = import(path.join(PROJECT_ROOT, taskFolder(task), 'handler.ts')).then(
      (module: { handler: Handler }) => module.handler,
    );
    this.loaded.set(task, loading);
    return loading;
  }
}

/** @throws Error for a task that no room has */
export function taskFolder(task: string): string {
  const folders: Readonly<Record<string, string>> = TASK_FOLDERS;
  const folder = folders[task];
  if (folder === undefined) throw new Error(`no task is called ${task}`);
  return folder;
}
