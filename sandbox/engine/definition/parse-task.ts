import type { FieldReader } from './field-reader.ts';
import { parseAssign } from './parse-assign.ts';
import { MAX_SECONDS, parseCatch, parseRetry } from './parse-errors.ts';
import { parseResource } from './parse-resource.ts';
import { parseTransition } from './parse-transition.ts';
import type { MachineType, TaskState } from './program.ts';

const SECONDS = { min: 1, max: MAX_SECONDS, integer: true } as const;

export function parseTask(name: string, fields: FieldReader, machineType: MachineType): TaskState {
  const timeoutSeconds = fields.numberOrExpression('TimeoutSeconds', SECONDS);
  const heartbeatSeconds = fields.numberOrExpression('HeartbeatSeconds', SECONDS);
  if (timeoutSeconds?.kind === 'literal' && heartbeatSeconds?.kind === 'literal') {
    if (Number(heartbeatSeconds.value) >= Number(timeoutSeconds.value)) {
      fields.problem('HeartbeatSeconds', `must be smaller than TimeoutSeconds (${String(timeoutSeconds.value)})`);
    }
  }
  return {
    type: 'Task',
    name,
    resource: fields.string('Resource') ?? '',
    ...parseResource(fields, machineType),
    arguments: fields.template('Arguments'),
    timeoutSeconds,
    heartbeatSeconds,
    retry: parseRetry(fields),
    catch: parseCatch(fields),
    assign: parseAssign(fields),
    output: fields.template('Output'),
    next: parseTransition(fields),
  };
}
