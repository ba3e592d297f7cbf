import type { MachineProgram, MachineType } from '../definition/program.ts';
import { ErrorName } from '../errors.ts';
import type { JsonValue } from '../json.ts';
import { CancelScope } from './cancel-scope.ts';
import { type EventDetails, History } from './history.ts';
import { Region } from './region.ts';

export type ExecutionStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';

/** A state machine, or the item processor of a Distributed Map seen as one. */
export interface StateMachine {
  readonly arn: string;
  readonly name: string;
  readonly type: MachineType;
  readonly roleArn: string;
  readonly program: MachineProgram;
}

export interface ExecutionStart {
  readonly arn: string;
  readonly name: string;
  readonly machine: StateMachine;
  readonly input: JsonValue;
  readonly startMs: number;
  readonly keepHistory: boolean;
  readonly mapRunArn?: string;
  readonly parentScope?: CancelScope;
}

/** How an execution ended. */
export interface ExecutionEnd {
  readonly status: Exclude<ExecutionStatus, 'RUNNING'>;
  readonly output?: JsonValue;
  readonly error?: string | undefined;
  readonly cause?: string | undefined;
}

const FINAL_EVENTS = {
  SUCCEEDED: ['ExecutionSucceeded', 'executionSucceededEventDetails'],
  FAILED: ['ExecutionFailed', 'executionFailedEventDetails'],
  TIMED_OUT: ['ExecutionTimedOut', 'executionTimedOutEventDetails'],
  ABORTED: ['ExecutionAborted', 'executionAbortedEventDetails'],
} as const;

/** A time-out is named in its event only: DescribeExecution shows neither error nor cause for it. */
function finalDetails(end: ExecutionEnd): EventDetails {
  if (end.status === 'SUCCEEDED') return { output: end.output };
  return end.status === 'TIMED_OUT' ? { error: ErrorName.timeout } : { error: end.error, cause: end.cause };
}

/** One execution: what is known of it, its history and where it stands. */
export class Execution {
  readonly arn: string;
  readonly name: string;
  readonly machine: StateMachine;
  readonly input: JsonValue;
  readonly startMs: number;
  readonly mapRunArn: string | undefined;
  readonly history: History;
  readonly root = new Region();
  scope: CancelScope;
  end: ExecutionEnd | undefined;
  stopMs: number | undefined;
  redriveCount = 0;
  redriveMs: number | undefined;
  private readonly listeners: (() => void)[] = [];

  constructor(start: ExecutionStart) {
    this.arn = start.arn;
    this.name = start.name;
    this.machine = start.machine;
    this.input = start.input;
    this.startMs = start.startMs;
    this.mapRunArn = start.mapRunArn;
    this.history = new History(start.keepHistory);
    this.scope = new CancelScope(start.parentScope);
  }

  get status(): ExecutionStatus {
    return this.end?.status ?? 'RUNNING';
  }

  /** Records an event on a region's line; after the end nothing is recorded any more. */
  record(region: Region, nowMs: number, type: string, detailsKey?: string, details?: EventDetails): void {
    if (!this.end) this.history.add(region, nowMs, type, detailsKey, details);
  }

  /** Calls back when the execution ends (at once, if it has). */
  onEnd(listener: () => void): void {
    if (this.end) listener();
    else this.listeners.push(listener);
  }

  /** Ends the execution; only the first end counts. */
  finish(end: ExecutionEnd, nowMs: number): void {
    if (this.end) return;
    this.end = end;
    this.stopMs = nowMs;
    const [type, key] = FINAL_EVENTS[end.status];
    this.history.addFinal(this.root, nowMs, type, key, finalDetails(end));
    this.scope.release();
    if (end.status === 'SUCCEEDED') this.root.forget();
    for (const listener of this.listeners.splice(0)) listener();
  }

  /** Makes an unsuccessful execution run again from where it stopped. */
  reopen(nowMs: number, parentScope?: CancelScope): void {
    this.end = undefined;
    this.stopMs = undefined;
    this.redriveCount++;
    this.redriveMs = nowMs;
    this.scope = new CancelScope(parentScope);
  }
}
