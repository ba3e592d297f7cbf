import * as sfn from '@aws-sdk/client-sfn';
import type { AccountContext } from '../core/account-context.ts';
import { copy } from '../core/copy.ts';
import { type Operation, operation, type Service } from '../core/operation.ts';
import { RateLimits } from '../core/rate-limits.ts';
import { UnsupportedByAccountError } from '../core/unsupported.ts';
import { type PagedInput, statePage } from './state-pages.ts';

type Answer<T> = T | Promise<T>;

/**
 * What the account asks of a Step Functions engine: lists come whole and are paged here, times are Dates, and refusals
 * are errors with the names of Step Functions' exceptions.
 */
export interface StatesEngine {
  startExecution(input: { stateMachineArn: string; name?: string; input: string }): Answer<object>;
  describeExecution(input: { executionArn: string }): Answer<object>;
  listExecutions(input: {
    stateMachineArn?: string;
    mapRunArn?: string;
    statusFilter?: never;
  }): Answer<{ executions: readonly object[] }>;
  getExecutionHistory(input: { executionArn: string; reverseOrder?: boolean }): Answer<{ events: readonly object[] }>;
  stopExecution(input: { executionArn: string; error?: string; cause?: string }): Answer<object>;
  redriveExecution(input: { executionArn: string }): Answer<object>;
  sendTaskSuccess(input: { taskToken: string; output: string }): Answer<void>;
  sendTaskFailure(input: { taskToken: string; error?: string; cause?: string }): Answer<void>;
  sendTaskHeartbeat(input: { taskToken: string }): Answer<void>;
  /** The execution that waits on a token, if any does. */
  executionOf(taskToken: string): string | undefined;
}

/**
 * Of Standard workflows in the three largest regions; the others, and new accounts, get less.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
 */
const RATES = { StartExecution: { perSecond: 300, burst: 1_300 } } as const;

/** Step Functions by an engine given from outside; until then every call is refused. */
export class StatesService implements Service {
  readonly name = 'SFN';
  readonly operations: Readonly<Record<string, Operation>>;
  readonly rates: RateLimits;
  private engine: StatesEngine | undefined;

  constructor(context: AccountContext) {
    this.rates = new RateLimits(() => context.clock.now(), this.name, RATES, context.ratesLeft);
    this.operations = {
      StartExecution: this.delegate(['stateMachineArn', 'name', 'input'], (engine, input) =>
        engine.startExecution({ input: '{}', ...input } as never),
      ),
      DescribeExecution: this.delegate(['executionArn'], (engine, input) => engine.describeExecution(input as never)),
      ListExecutions: this.delegate(
        ['stateMachineArn', 'mapRunArn', 'statusFilter', 'maxResults', 'nextToken'],
        async (engine, input) => {
          const { executions } = await engine.listExecutions(input as never);
          const page = statePage(executions, input as PagedInput);
          return { executions: page.items, nextToken: page.nextToken };
        },
      ),
      GetExecutionHistory: this.delegate(
        ['executionArn', 'reverseOrder', 'maxResults', 'nextToken', 'includeExecutionData'],
        async (engine, { includeExecutionData = true, ...input }) => {
          const { events } = await engine.getExecutionHistory(input as never);
          const page = statePage(events, input as PagedInput);
          const items = includeExecutionData ? page.items : page.items.map(withoutData);
          return { events: items, nextToken: page.nextToken };
        },
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

  throttle(operation: string): void {
    if (this.rates.tryTake(operation)) return;
    throw new sfn.SFNServiceException({
      name: 'ThrottlingException',
      $fault: 'client',
      message: 'Rate exceeded',
      $metadata: { httpStatusCode: 400 },
    });
  }

  use(engine: StatesEngine): void {
    this.engine = engine;
  }

  /** The state machine that waits on a token; for a child of a Distributed Map, with the map's label behind its ARN. */
  stateMachineOf(taskToken: string): string | undefined {
    const [arn, partition, service, region, account, , machine] = this.engine?.executionOf(taskToken)?.split(':') ?? [];
    return arn && [arn, partition, service, region, account, 'stateMachine', machine].join(':');
  }

  private delegate(
    fields: readonly string[],
    run: (engine: StatesEngine, input: Record<string, unknown>) => unknown,
  ): Operation {
    return operation<Record<string, unknown>, object>(fields, async (input) => {
      if (!this.engine) throw new UnsupportedByAccountError('SFN without an engine: call account.states.use(engine)');
      try {
        return copy((await run(this.engine, input)) ?? {}) as object;
      } catch (error) {
        throw sdkException(error);
      }
    });
  }
}

/** Fields of an event's details that hold what states were given and answered. */
const EXECUTION_DATA = new Set(['input', 'output', 'parameters']);

function withoutData(event: object): object {
  const withoutFields = (details: object) =>
    Object.fromEntries(Object.entries(details).filter(([field]) => !EXECUTION_DATA.has(field)));
  const isDetails = (value: unknown): value is object =>
    typeof value === 'object' && value !== null && !(value instanceof Date);
  return Object.fromEntries(
    Object.entries(event).map(([field, value]) => [field, isDetails(value) ? withoutFields(value) : value]),
  );
}

type ExceptionClass = new (options: { message: string; $metadata: { httpStatusCode: number } }) => Error;

/** The SDK's exception of the engine error's name; anything else is the sandbox's own failure and passes through. */
function sdkException(error: unknown): unknown {
  if (error instanceof sfn.SFNServiceException) return error;
  const { name, message } = error as Error;
  // The package's exports, looked up by an error's name.
  const exception = (sfn as unknown as Record<string, unknown>)[name ?? ''];
  if (typeof exception !== 'function' || !(exception.prototype instanceof sfn.SFNServiceException)) return error;
  return new (exception as ExceptionClass)({ message, $metadata: { httpStatusCode: 400 } });
}
