import type { TaskState } from '../definition/program.ts';
import type { StateError } from '../errors.ts';
import { ErrorName } from '../errors.ts';
import type { JsonValue } from '../json.ts';
import type { TaskLimits } from './run-task.ts';
import type { Visit } from './visit.ts';

const REGION_OF_ARN = /^arn:[^:]*:[^:]*:([^:]*):/;

/** Records a task's life under AWS's event names: `Task…` for service integrations, `LambdaFunction…` for plain ARNs. */
export class TaskEvents {
  private readonly visit: Visit;
  private readonly resource: string;
  private readonly isPlainLambda: boolean;
  private readonly place: { resource: string; resourceType: string };

  constructor(visit: Visit, state: TaskState) {
    this.visit = visit;
    this.resource = state.resource;
    this.isPlainLambda = state.resource.includes(':function:');
    const [service, ...action] = state.resource.split(':').slice(5);
    const isSdk = service === 'aws-sdk';
    this.place = {
      resourceType: isSdk ? `aws-sdk:${action[0]}` : String(service),
      resource: (isSdk ? action.slice(1) : action).join(':'),
    };
  }

  scheduled(parameters: JsonValue, limits: TaskLimits): void {
    const seconds = { timeoutInSeconds: limits.timeoutSeconds, heartbeatInSeconds: limits.heartbeatSeconds };
    if (this.isPlainLambda) {
      const details = { input: parameters, resource: this.resource, timeoutInSeconds: limits.timeoutSeconds };
      this.visit.record('LambdaFunctionScheduled', 'lambdaFunctionScheduledEventDetails', details);
      this.visit.record('LambdaFunctionStarted');
      return;
    }
    const region = REGION_OF_ARN.exec(this.visit.execution.arn)?.[1] ?? '';
    this.visit.record('TaskScheduled', 'taskScheduledEventDetails', { ...this.place, region, parameters, ...seconds });
    this.visit.record('TaskStarted', 'taskStartedEventDetails', this.place);
  }

  /** The service accepted the request; its result comes later. */
  submitted(output: JsonValue): void {
    this.visit.record('TaskSubmitted', 'taskSubmittedEventDetails', { ...this.place, output });
  }

  succeeded(output: JsonValue): void {
    if (this.isPlainLambda) {
      this.visit.record('LambdaFunctionSucceeded', 'lambdaFunctionSucceededEventDetails', { output });
    } else {
      this.visit.record('TaskSucceeded', 'taskSucceededEventDetails', { ...this.place, output });
    }
  }

  failed(error: StateError): void {
    const how = error.errorName === ErrorName.timeout ? 'TimedOut' : 'Failed';
    const details = { error: error.errorName, cause: error.causeText };
    if (this.isPlainLambda) {
      this.visit.record(`LambdaFunction${how}`, `lambdaFunction${how}EventDetails`, details);
    } else {
      this.visit.record(`Task${how}`, `task${how}EventDetails`, { ...this.place, ...details });
    }
  }
}
