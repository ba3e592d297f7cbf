import { VirtualClock } from '../../../../sandbox/clock/virtual-clock.ts';
import {
  type EngineOptions,
  type ExecutionDescription,
  StepFunctionsEngine,
  type TaskRequest,
} from '../../../../sandbox/engine/index.ts';

export const START_MS = Date.UTC(2026, 0, 1);
export const arnOf = (name: string): string => `arn:aws:states:eu-west-1:123456789012:stateMachine:${name}`;

type Definition = Record<string, unknown>;

/** An engine with a clock, a log of its tasks, and an object store in a Map. */
export class Workbench {
  readonly clock = new VirtualClock(START_MS);
  readonly objects = new Map<string, string>();
  readonly requests: TaskRequest[] = [];
  readonly engine: StepFunctionsEngine;

  constructor(
    runTask: (request: TaskRequest, bench: Workbench) => unknown = () => null,
    options: Partial<EngineOptions> = {},
  ) {
    this.engine = new StepFunctionsEngine({
      clock: this.clock,
      seed: 3,
      runTask: async (request) => {
        this.requests.push(request);
        return runTask(request, this);
      },
      objects: {
        get: async (bucket, key) => this.objects.get(`${bucket}/${key}`) ?? Promise.reject(new Error('NoSuchKey')),
        put: async (bucket, key, body) => void this.objects.set(`${bucket}/${key}`, body),
        list: async () => [],
      },
      ...options,
    });
  }

  create(name: string, states: Definition, type: 'STANDARD' | 'EXPRESS' = 'STANDARD', extra: Definition = {}): void {
    const definition = { QueryLanguage: 'JSONata', StartAt: Object.keys(states)[0], States: states, ...extra };
    this.engine.createStateMachine({ arn: arnOf(name), name, definition, type });
  }

  async start(name: string, input: unknown = {}, executionName?: string): Promise<string> {
    const { executionArn } = await this.engine.startExecution({
      stateMachineArn: arnOf(name),
      name: executionName,
      input: JSON.stringify(input),
    });
    return executionArn;
  }

  /** Creates a machine named `M`, runs it until nothing moves any more, and describes the execution. */
  async run(states: Definition, input: unknown = {}, extra: Definition = {}): Promise<ExecutionDescription> {
    this.create('M', states, 'STANDARD', extra);
    const executionArn = await this.start('M', input);
    await this.clock.runUntilIdle();
    return this.engine.describeExecution({ executionArn });
  }

  async advance(seconds: number): Promise<void> {
    await this.clock.advanceTo(this.clock.now() + seconds * 1_000);
  }

  elapsedSeconds(): number {
    return (this.clock.now() - START_MS) / 1_000;
  }

  async status(executionArn: string): Promise<string> {
    return (await this.engine.describeExecution({ executionArn })).status;
  }

  async eventTypes(executionArn: string): Promise<string[]> {
    return (await this.engine.getExecutionHistory({ executionArn })).events.map(({ type }) => type);
  }
}

export const lambda = (name: string): string => `arn:aws:lambda:eu-west-1:123456789012:function:${name}`;
/** The function a request is for. */
export const functionOf = (request: TaskRequest): string => request.resource.split(':').at(-1)!;
