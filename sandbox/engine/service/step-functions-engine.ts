import type { VirtualClock } from '../../clock/virtual-clock.ts';
import { parseMachine } from '../definition/parse-machine.ts';
import type { MachineType } from '../definition/program.ts';
import { ApiError } from '../errors.ts';
import type { JsonValue } from '../json.ts';
import { ExpressionCompiler } from '../query/expression.ts';
import { SeededRandom } from '../query/random.ts';
import { Execution, type ExecutionStatus, type StateMachine } from '../run/execution.ts';
import type { HistoryEvent } from '../run/history.ts';
import { interrupt, recordStart, runExecution } from '../run/run-execution.ts';
import type { ObjectStore, Services, StartRequest, TaskRequest, TaskRunner } from '../run/services.ts';
import { describe, type ExecutionDescription, type ExecutionListItem, listItem, redriveObstacle } from './describe.ts';
import { ExecutionStore } from './execution-store.ts';
import { parsePayload } from './payload.ts';
import { type EngineStats, Stats } from './stats.ts';
import { TaskTokens } from './task-tokens.ts';

export interface EngineOptions {
  readonly clock: VirtualClock;
  readonly runTask: TaskRunner;
  /** Hears of every task, with the very request `runTask` will get, as soon as it waits for its turn. */
  readonly onTaskQueued?: (request: TaskRequest) => void;
  /** Needed only by Distributed Maps that read or write objects. */
  readonly objects?: ObjectStore;
  /** Decides identifiers, jitter and `$random`; the same seed repeats a run exactly. Default 1. */
  readonly seed?: number;
  /** Keeps Express children of Map Runs and the event histories of all Express executions. Default false. */
  readonly keepExpressHistory?: boolean;
  /** Hears of every change of status of an execution that is no child of a Map Run (EventBridge would). */
  readonly onStatusChange?: (description: ExecutionDescription) => void;
}

export interface CreateStateMachineInput {
  readonly arn: string;
  readonly name: string;
  readonly definition: string | object;
  readonly type: MachineType;
  /** Default: a role named after the machine. */
  readonly roleArn?: string;
}

export interface StartExecutionInput {
  readonly stateMachineArn: string;
  /** Default: a UUID. */
  readonly name?: string | undefined;
  /** JSON text, or the value itself. Default `{}`. */
  readonly input?: string | JsonValue;
}

export interface StartExecutionOutput {
  readonly executionArn: string;
  readonly startDate: Date;
}

const EXECUTION_NAME = /^[^\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}]{1,80}$/u;
const REJECTING_STORE: ObjectStore = {
  get: () => Promise.reject(new Error('the engine was made without an object store')),
  put: () => Promise.reject(new Error('the engine was made without an object store')),
  list: () => Promise.reject(new Error('the engine was made without an object store')),
};

/** AWS Step Functions in virtual time: state machines in JSONata, their executions, and the task tokens between. */
export class StepFunctionsEngine {
  private readonly options: EngineOptions;
  private readonly compiler: ExpressionCompiler;
  private readonly machines = new Map<string, StateMachine>();
  private readonly executions = new ExecutionStore();
  private readonly services: Services;

  constructor(options: EngineOptions) {
    const seed = options.seed ?? 1;
    const random = new SeededRandom(seed);
    this.options = options;
    this.compiler = new ExpressionCompiler({ nowMs: () => options.clock.now(), random });
    this.services = {
      clock: options.clock,
      runTask: options.runTask,
      onTaskQueued: options.onTaskQueued ?? (() => undefined),
      objects: options.objects ?? REJECTING_STORE,
      random,
      tokens: new TaskTokens(seed),
      keepExpressHistory: options.keepExpressHistory === true,
      stats: new Stats(),
      nested: {
        start: (request) => this.start(request),
        stop: (execution, cause) => this.stop(execution, undefined, cause),
      },
      register: (execution) => {
        if (execution.machine.type === 'STANDARD' || options.keepExpressHistory) this.executions.add(execution);
      },
    };
  }

  /** Throws `InvalidDefinitionError` naming everything this engine does not implement or AWS would refuse. */
  createStateMachine(input: CreateStateMachineInput): { stateMachineArn: string; creationDate: Date } {
    if (this.machines.has(input.arn))
      throw new ApiError('StateMachineAlreadyExists', `State Machine Already Exists: '${input.arn}'`);
    this.machines.set(input.arn, this.compile(input));
    return { stateMachineArn: input.arn, creationDate: new Date(this.services.clock.now()) };
  }

  /** Replaces a definition; executions that run already keep the one they started with. */
  updateStateMachine(input: { stateMachineArn: string; definition: string | object }): { updateDate: Date } {
    const machine = this.machine(input.stateMachineArn);
    this.machines.set(machine.arn, this.compile({ ...machine, definition: input.definition }));
    return { updateDate: new Date(this.services.clock.now()) };
  }

  /**
   * Queues an execution; it runs when the clock is driven. For Standard machines a name is idempotent: the same input
   * returns the running execution, another input or an ended one `ExecutionAlreadyExists`.
   */
  async startExecution(input: StartExecutionInput): Promise<StartExecutionOutput> {
    const execution = this.start({
      stateMachineArn: input.stateMachineArn,
      name: input.name,
      input: parsePayload(input.input, 'InvalidExecutionInput'),
    });
    return { executionArn: execution.arn, startDate: new Date(execution.startMs) };
  }

  async describeExecution(input: { executionArn: string }): Promise<ExecutionDescription> {
    return describe(this.executions.get(input.executionArn), this.services.clock.now());
  }

  async getExecutionHistory(input: {
    executionArn: string;
    reverseOrder?: boolean;
  }): Promise<{ events: HistoryEvent[] }> {
    const events = this.executions.get(input.executionArn).history.list();
    return { events: input.reverseOrder ? events.reverse() : events };
  }

  /** Newest first. Give a Map Run's ARN to see its Standard children. */
  async listExecutions(input: {
    stateMachineArn?: string;
    mapRunArn?: string;
    statusFilter?: ExecutionStatus;
  }): Promise<{ executions: ExecutionListItem[] }> {
    const owner = input.mapRunArn ?? input.stateMachineArn ?? '';
    return { executions: this.executions.list(owner, input.statusFilter).map(listItem) };
  }

  async stopExecution(input: { executionArn: string; error?: string; cause?: string }): Promise<{ stopDate: Date }> {
    const execution = this.executions.get(input.executionArn);
    this.stop(execution, input.error, input.cause);
    return { stopDate: new Date(execution.stopMs ?? this.services.clock.now()) };
  }

  /** Runs an unsuccessful Standard execution again from the states that failed. */
  async redriveExecution(input: { executionArn: string }): Promise<{ redriveDate: Date }> {
    const execution = this.executions.get(input.executionArn);
    const nowMs = this.services.clock.now();
    const obstacle = execution.mapRunArn
      ? 'Redrive the execution of the Map Run instead'
      : redriveObstacle(execution, nowMs);
    if (obstacle) throw new ApiError('ExecutionNotRedrivable', obstacle);
    execution.reopen(nowMs);
    this.launch(execution);
    return { redriveDate: new Date(nowMs) };
  }

  async sendTaskSuccess(input: { taskToken: string; output: string }): Promise<void> {
    const task = this.services.tokens.find(input.taskToken);
    task.succeed(parsePayload(input.output, 'InvalidOutput'));
  }

  async sendTaskFailure(input: { taskToken: string; error?: string; cause?: string }): Promise<void> {
    this.services.tokens.find(input.taskToken).fail(input.error, input.cause);
  }

  async sendTaskHeartbeat(input: { taskToken: string }): Promise<void> {
    this.services.tokens.find(input.taskToken).heartbeat();
  }

  /** The execution whose task waits on a token; undefined where none does. */
  executionOf(taskToken: string): string | undefined {
    return this.services.tokens.executionOf(taskToken);
  }

  stats(): EngineStats {
    return (this.services.stats as Stats).snapshot();
  }

  private start(request: StartRequest): Execution {
    const machine = this.machine(request.stateMachineArn);
    if (request.needsStandard && machine.type === 'EXPRESS') {
      throw new ApiError('StateMachineTypeNotSupported', 'Only Standard executions can be waited for');
    }
    const name = request.name ?? this.services.random.uuid();
    if (!EXECUTION_NAME.test(name)) throw new ApiError('InvalidName', `Invalid Name: '${name}'`);
    const arn = this.executionArn(machine, name);
    const earlier = this.executions.find(arn);
    if (earlier) return this.sameExecution(earlier, request.input);
    const keepHistory = machine.type === 'STANDARD' || this.services.keepExpressHistory;
    const execution = new Execution({
      arn,
      name,
      machine,
      input: request.input,
      startMs: this.services.clock.now(),
      keepHistory,
    });
    this.executions.add(execution);
    this.launch(execution);
    return execution;
  }

  private machine(arn: string): StateMachine {
    const machine = this.machines.get(arn);
    if (!machine) throw new ApiError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
    return machine;
  }

  private compile(input: CreateStateMachineInput): StateMachine {
    const { arn, name, type } = input;
    const program = parseMachine(name, input.definition, type, this.compiler);
    const roleArn = input.roleArn ?? `arn:aws:iam::${arn.split(':')[4] ?? ''}:role/${name}`;
    return { arn, name, type, roleArn, program };
  }

  private executionArn(machine: StateMachine, name: string): string {
    if (machine.type === 'STANDARD') return `${machine.arn.replace(':stateMachine:', ':execution:')}:${name}`;
    return `${machine.arn.replace(':stateMachine:', ':express:')}:${name}:${this.services.random.uuid()}`;
  }

  private sameExecution(earlier: Execution, input: JsonValue): Execution {
    if (earlier.status === 'RUNNING' && JSON.stringify(earlier.input) === JSON.stringify(input)) return earlier;
    throw new ApiError('ExecutionAlreadyExists', `Execution Already Exists: '${earlier.arn}'`);
  }

  private launch(execution: Execution): void {
    const { clock } = this.services;
    recordStart(execution, clock.now());
    const tell = () => this.options.onStatusChange?.(describe(execution, clock.now()));
    tell();
    execution.onEnd(tell);
    const surface = (error: unknown) => {
      clock.schedule(clock.now(), () => {
        throw error;
      });
    };
    clock.spawn(
      () => runExecution(this.services, execution),
      { resolve: () => {}, reject: surface },
      { sequential: true },
    );
  }

  private stop(execution: Execution, error: string | undefined, cause: string | undefined): void {
    if (execution.machine.type === 'EXPRESS')
      throw new ApiError('StateMachineTypeNotSupported', 'Express executions cannot be stopped');
    if (execution.status === 'RUNNING')
      interrupt(execution, { kind: 'stopped', error, cause }, this.services.clock.now());
  }
}
