import type { JsonValue } from '../json.ts';
import type { Template } from '../query/template.ts';

/** A number field that is either a literal or an expression. */
export type NumberField = Template;

export type MachineType = 'STANDARD' | 'EXPRESS';

/** A checked definition, its expressions compiled. */
export interface MachineProgram extends StatesProgram {
  readonly timeoutSeconds: number | undefined;
}

/** One `States` field: a machine, a Parallel branch or an item processor. */
export interface StatesProgram {
  readonly startAt: string;
  readonly states: ReadonlyMap<string, StateProgram>;
}

interface StateBase {
  readonly name: string;
  readonly assign: Template | undefined;
  readonly output: Template | undefined;
  /** Undefined means the state ends its program. */
  readonly next: string | undefined;
}

export interface Retrier {
  readonly errorEquals: readonly string[];
  readonly intervalSeconds: number;
  readonly maxAttempts: number;
  readonly backoffRate: number;
  readonly maxDelaySeconds: number | undefined;
  readonly fullJitter: boolean;
}

export interface Catcher {
  readonly errorEquals: readonly string[];
  readonly assign: Template | undefined;
  readonly output: Template | undefined;
  readonly next: string;
}

interface Recoverable extends StateBase {
  readonly retry: readonly Retrier[];
  readonly catch: readonly Catcher[];
}

/** How a Task waits for its result. */
export type TaskPattern = 'request-response' | 'wait-for-task-token' | 'run-a-job';

export interface TaskState extends Recoverable {
  readonly type: 'Task';
  readonly resource: string;
  readonly pattern: TaskPattern;
  /** `states:startExecution` is handled by the engine itself. */
  readonly startsExecution: boolean;
  readonly arguments: Template | undefined;
  readonly timeoutSeconds: NumberField | undefined;
  readonly heartbeatSeconds: NumberField | undefined;
}

export interface ChoiceRule {
  readonly condition: Template;
  readonly assign: Template | undefined;
  readonly output: Template | undefined;
  readonly next: string;
}

export interface ChoiceState extends StateBase {
  readonly type: 'Choice';
  readonly choices: readonly ChoiceRule[];
  readonly default: string | undefined;
}

export interface ParallelState extends Recoverable {
  readonly type: 'Parallel';
  readonly arguments: Template | undefined;
  readonly branches: readonly StatesProgram[];
}

export interface PassState extends StateBase {
  readonly type: 'Pass';
}

export interface WaitState extends StateBase {
  readonly type: 'Wait';
  readonly seconds: NumberField | undefined;
  readonly timestamp: Template | undefined;
}

export interface SucceedState extends StateBase {
  readonly type: 'Succeed';
}

export interface FailState extends StateBase {
  readonly type: 'Fail';
  readonly error: Template | undefined;
  readonly cause: Template | undefined;
}

export interface MapState extends Recoverable {
  readonly type: 'Map';
  readonly items: Template | undefined;
  readonly itemSelector: Template | undefined;
  readonly maxConcurrency: NumberField | undefined;
  readonly processor: StatesProgram;
  /** Undefined for an inline Map. */
  readonly distributed: DistributedOptions | undefined;
}

export interface DistributedOptions {
  readonly executionType: MachineType;
  readonly label: string;
  readonly itemReader: ItemReaderProgram | undefined;
  readonly itemBatcher: ItemBatcherProgram | undefined;
  readonly resultWriter: ResultWriterProgram | undefined;
  readonly toleratedFailurePercentage: NumberField | undefined;
  readonly toleratedFailureCount: NumberField | undefined;
}

export type InputType = 'JSON' | 'JSONL' | 'CSV';

export interface ItemReaderProgram {
  readonly arguments: Template;
  readonly inputType: InputType;
  /** Column names for a file without a header row; undefined means the first row names them. */
  readonly csvHeaders: readonly string[] | undefined;
  readonly csvDelimiter: string;
  readonly itemsPointer: string | undefined;
  readonly maxItems: NumberField | undefined;
}

export interface ItemBatcherProgram {
  readonly maxItemsPerBatch: NumberField | undefined;
  readonly maxInputBytesPerBatch: NumberField | undefined;
  readonly batchInput: Template | undefined;
}

export type Transformation = 'NONE' | 'COMPACT' | 'FLATTEN';

export interface ResultWriterProgram {
  /** Undefined means: shape the state's output, write nothing. */
  readonly destination: Template | undefined;
  readonly transformation: Transformation;
  readonly outputType: 'JSON' | 'JSONL';
}

export type StateProgram =
  | TaskState
  | ChoiceState
  | ParallelState
  | PassState
  | WaitState
  | SucceedState
  | FailState
  | MapState;

export type RecoverableState = TaskState | ParallelState | MapState;

export function isRecoverable(state: StateProgram): state is RecoverableState {
  return state.type === 'Task' || state.type === 'Parallel' || state.type === 'Map';
}

/** `{ "Error": …, "Cause": … }` of a failed state. */
export interface ErrorOutput {
  readonly [key: string]: JsonValue;
}
