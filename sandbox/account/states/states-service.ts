import * as sfn from '@aws-sdk/client-sfn';
import { type Operation, operation, type Service } from '../core/operation.ts';
import { UnsupportedByAccountError } from '../core/unsupported.ts';

/** What the account asks of a Step Functions engine. Errors carry Step Functions' exception names. */
export interface StatesEngine {
  startExecution(request: {
    stateMachineArn: string;
    name?: string;
    input: string;
  }): Promise<{ executionArn: string; startDate: number | Date }> | { executionArn: string; startDate: number | Date };
  describeExecution(request: { executionArn: string }): unknown;
  listExecutions(request: {
    stateMachineArn?: string;
    statusFilter?: string;
    maxResults?: number;
    nextToken?: string;
  }): unknown;
  getExecutionHistory(request: {
    executionArn: string;
    maxResults?: number;
    reverseOrder?: boolean;
    nextToken?: string;
  }): unknown;
  stopExecution(request: { executionArn: string; error?: string; cause?: string }): unknown;
  redriveExecution(request: { executionArn: string }): unknown;
  sendTaskSuccess(request: { taskToken: string; output: string }): unknown;
  sendTaskFailure(request: { taskToken: string; error?: string; cause?: string }): unknown;
  sendTaskHeartbeat(request: { taskToken: string }): unknown;
}

/** Step Functions by an engine given from outside; until then every call is refused. */
export class StatesService implements Service {
  readonly name = 'SFN';
  readonly operations: Readonly<Record<string, Operation>>;
  private engine: StatesEngine | undefined;

  constructor() {
    this.operations = {
      StartExecution: this.delegate<sfn.StartExecutionCommandInput>(
        ['stateMachineArn', 'name', 'input'],
        (engine, input) =>
          engine.startExecution({
            stateMachineArn: input.stateMachineArn!,
            ...named(input.name),
            input: input.input ?? '{}',
          }),
      ),
      DescribeExecution: this.delegate(['executionArn'], (engine, input) => engine.describeExecution(input as never)),
      ListExecutions: this.delegate(['stateMachineArn', 'statusFilter', 'maxResults', 'nextToken'], (engine, input) =>
        engine.listExecutions(input as never),
      ),
      GetExecutionHistory: this.delegate(
        ['executionArn', 'maxResults', 'reverseOrder', 'nextToken', 'includeExecutionData'],
        (engine, input) => engine.getExecutionHistory(input as never),
      ),
      StopExecution: this.delegate(['executionArn', 'error', 'cause'], (engine, input) =>
        engine.stopExecution(input as never),
      ),
      RedriveExecution: this.delegate(['executionArn', 'clientToken'], (engine, input) =>
        engine.redriveExecution(input as never),
      ),
      SendTaskSuccess: this.delegate(['taskToken', 'output'], (engine, input) =>
        engine.sendTaskSuccess(input as never),
      ),
      SendTaskFailure: this.delegate(['taskToken', 'error', 'cause'], (engine, input) =>
        engine.sendTaskFailure(input as never),
      ),
      SendTaskHeartbeat: this.delegate(['taskToken'], (engine, input) => engine.sendTaskHeartbeat(input as never)),
    };
  }

  use(engine: StatesEngine): void {
    this.engine = engine;
  }

  private delegate<Input extends object>(
    fields: readonly string[],
    run: (engine: StatesEngine, input: Input) => unknown,
  ): Operation {
    return operation<Input, object>(fields as (keyof Input & string)[], async (input) => {
      if (!this.engine) throw new UnsupportedByAccountError('SFN without an engine: call account.states.use(engine)');
      try {
        return datesOf((await run(this.engine, input)) ?? {}) as object;
      } catch (error) {
        throw sdkException(error);
      }
    });
  }
}

function named(name: string | undefined): { name?: string } {
  return name === undefined ? {} : { name };
}

/** An engine counts time in milliseconds; the SDK gives Dates. */
const DATE_FIELDS = new Set(['startDate', 'stopDate', 'redriveDate', 'timestamp', 'updateDate']);

function datesOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(datesOf);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  const entries = Object.entries(value).map(([key, part]) => [
    key,
    DATE_FIELDS.has(key) && typeof part === 'number' ? new Date(part) : datesOf(part),
  ]);
  return Object.fromEntries(entries);
}

type ExceptionClass = new (options: { message: string; $metadata: { httpStatusCode: number } }) => Error;

/** The SDK's exception of the engine error's name; anything else is the sandbox's own failure and passes through. */
function sdkException(error: unknown): unknown {
  const { name, message } = error as Error;
  const exception = (sfn as unknown as Record<string, unknown>)[name ?? ''];
  if (typeof exception !== 'function' || !(exception.prototype instanceof sfn.SFNServiceException)) return error;
  return new (exception as ExceptionClass)({ message, $metadata: { httpStatusCode: 400 } });
}
