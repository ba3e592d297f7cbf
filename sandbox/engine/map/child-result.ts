import type { Transformation } from '../definition/program.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import type { Execution } from '../run/execution.ts';
import { isoTime } from '../run/iso-time.ts';
import type { MapRun, MapRunChild } from './map-run.ts';

function redriveFields(execution: Execution): JsonObject {
  const status = execution.status;
  if (status !== 'SUCCEEDED' && execution.machine.type === 'STANDARD') {
    return { RedriveCount: execution.redriveCount, RedriveStatus: 'REDRIVABLE' };
  }
  return {
    RedriveCount: execution.redriveCount,
    RedriveStatus: 'NOT_REDRIVABLE',
    RedriveStatusReason: `Execution is ${status} and cannot be redriven`,
  };
}

/** A child as `Transformation: NONE` reports it: its input and output as JSON text, and its metadata. */
export function describeChild(execution: Execution): JsonObject {
  const { end } = execution;
  const succeeded = end?.status === 'SUCCEEDED';
  return {
    ExecutionArn: execution.arn,
    Input: JSON.stringify(execution.input),
    InputDetails: { Included: true },
    Name: execution.name,
    ...(succeeded ? { Output: JSON.stringify(end.output ?? null) } : {}),
    OutputDetails: { Included: true },
    ...redriveFields(execution),
    StartDate: isoTime(execution.startMs),
    StateMachineArn: execution.machine.arn,
    Status: execution.status,
    ...(execution.stopMs === undefined ? {} : { StopDate: isoTime(execution.stopMs) }),
    ...(end?.cause === undefined ? {} : { Cause: end.cause }),
    ...(end?.error === undefined ? {} : { Error: end.error }),
  };
}

/** A child that was never started. */
export function describePending(mapRun: MapRun, child: MapRunChild): JsonObject {
  return {
    Input: JSON.stringify(child.input),
    InputDetails: { Included: true },
    StateMachineArn: mapRun.machine.arn,
    Status: 'PENDING',
  };
}

function transformed(execution: Execution, transformation: Transformation): readonly JsonValue[] {
  if (execution.end?.status !== 'SUCCEEDED' || transformation === 'NONE') return [describeChild(execution)];
  const output = execution.end.output ?? null;
  return transformation === 'FLATTEN' && Array.isArray(output) ? output : [output];
}

/** Results of started children, in item order; a child that failed stays as with `NONE`. */
export function resultsOf(executions: readonly Execution[], transformation: Transformation): JsonValue[] {
  return executions.flatMap((execution) => transformed(execution, transformation));
}
