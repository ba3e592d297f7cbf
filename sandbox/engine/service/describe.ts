import type { JsonValue } from '../json.ts';
import type { Execution, ExecutionStatus } from '../run/execution.ts';
import { MAX_HISTORY_EVENTS } from '../run/history.ts';

/** Days after its end within which an execution can be redriven. */
const REDRIVE_PERIOD_MS = 14 * 86_400_000;

/** What DescribeExecution answers. */
export interface ExecutionDescription {
  readonly executionArn: string;
  readonly stateMachineArn: string;
  readonly name: string;
  readonly status: ExecutionStatus;
  readonly startDate: Date;
  readonly stopDate?: Date;
  /** JSON text. */
  readonly input: string;
  /** JSON text; only of a succeeded execution. */
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
  readonly mapRunArn?: string;
  readonly redriveCount: number;
  readonly redriveDate?: Date;
  readonly redriveStatus: 'REDRIVABLE' | 'NOT_REDRIVABLE' | 'REDRIVABLE_BY_MAP_RUN';
  readonly redriveStatusReason?: string;
}

/** One entry of ListExecutions. */
export interface ExecutionListItem {
  readonly executionArn: string;
  readonly stateMachineArn: string;
  readonly name: string;
  readonly status: ExecutionStatus;
  readonly startDate: Date;
  readonly stopDate?: Date;
  readonly mapRunArn?: string;
  readonly redriveCount: number;
}

/** Why an execution cannot be redriven, or undefined if it can. */
export function redriveObstacle(execution: Execution, nowMs: number): string | undefined {
  if (execution.machine.type === 'EXPRESS') return 'Express executions cannot be redriven';
  if (execution.status === 'RUNNING' || execution.status === 'SUCCEEDED') {
    return `Execution is ${execution.status} and cannot be redriven`;
  }
  if (nowMs - (execution.stopMs ?? nowMs) > REDRIVE_PERIOD_MS) return 'Execution has exceeded its redrivable period';
  return execution.history.length >= MAX_HISTORY_EVENTS - 1 ? 'Execution history event limit exceeded' : undefined;
}

function text(value: JsonValue): string {
  return JSON.stringify(value);
}

export function listItem(execution: Execution): ExecutionListItem {
  return {
    executionArn: execution.arn,
    stateMachineArn: execution.machine.arn,
    name: execution.name,
    status: execution.status,
    startDate: new Date(execution.startMs),
    ...(execution.stopMs === undefined ? {} : { stopDate: new Date(execution.stopMs) }),
    ...(execution.mapRunArn === undefined ? {} : { mapRunArn: execution.mapRunArn }),
    redriveCount: execution.redriveCount,
  };
}

export function describe(execution: Execution, nowMs: number): ExecutionDescription {
  const { end } = execution;
  const obstacle = redriveObstacle(execution, nowMs);
  const redrivable = execution.mapRunArn === undefined ? 'REDRIVABLE' : 'REDRIVABLE_BY_MAP_RUN';
  return {
    ...listItem(execution),
    input: text(execution.input),
    ...(end?.status === 'SUCCEEDED' ? { output: text(end.output ?? null) } : {}),
    ...(end?.error === undefined ? {} : { error: end.error }),
    ...(end?.cause === undefined ? {} : { cause: end.cause }),
    ...(execution.redriveMs === undefined ? {} : { redriveDate: new Date(execution.redriveMs) }),
    redriveStatus: obstacle === undefined ? redrivable : 'NOT_REDRIVABLE',
    ...(obstacle === undefined ? {} : { redriveStatusReason: obstacle }),
  };
}
