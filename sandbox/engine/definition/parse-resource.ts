import type { FieldReader } from './field-reader.ts';
import type { MachineType, TaskPattern } from './program.ts';

const LAMBDA_FUNCTION = /^arn:aws[\w-]*:lambda:[^:]+:\d{12}:function:[^:]+(:[^:]+)?$/;
const INTEGRATION = /^arn:aws[\w-]*:states:[^:]*:[^:]*:((?:aws-sdk:)?[\w-]+:[A-Za-z]\w*)(\.[\w:]+)?$/;

export interface Resource {
  readonly pattern: TaskPattern;
  readonly startsExecution: boolean;
}

const REQUEST_RESPONSE: Resource = { pattern: 'request-response', startsExecution: false };

function patternOf(suffix: string | undefined, startsExecution: boolean): TaskPattern | undefined {
  if (suffix === undefined) return 'request-response';
  if (suffix === '.waitForTaskToken') return 'wait-for-task-token';
  return suffix === '.sync:2' && startsExecution ? 'run-a-job' : undefined;
}

/** Reads a Task's `Resource`; which services exist is the task runner's affair, how to wait for them is decided here. */
export function parseResource(fields: FieldReader, machineType: MachineType): Resource {
  const resource = fields.requiredString('Resource');
  if (LAMBDA_FUNCTION.test(resource)) return REQUEST_RESPONSE;
  const match = INTEGRATION.exec(resource);
  if (!match || match[1]!.startsWith('activity:')) {
    fields.problem('Resource', `is not supported: ${resource}`);
    return REQUEST_RESPONSE;
  }
  const startsExecution = match[1] === 'states:startExecution';
  const pattern = patternOf(match[2], startsExecution);
  if (!pattern) {
    fields.problem('Resource', `integration pattern '${match[2]}' is not supported: ${resource}`);
    return REQUEST_RESPONSE;
  }
  if (machineType === 'EXPRESS' && pattern !== 'request-response') {
    fields.problem('Resource', `Express state machine does not support '${match[2]}' service integration`);
  }
  return { pattern, startsExecution };
}
