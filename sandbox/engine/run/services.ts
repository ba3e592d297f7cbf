import type { VirtualClock } from '../../clock/virtual-clock.ts';
import type { JsonValue } from '../json.ts';
import type { SeededRandom } from '../query/random.ts';
import type { Stats } from '../service/stats.ts';
import type { TaskTokens } from '../service/task-tokens.ts';
import type { Execution } from './execution.ts';

export interface TaskRequest {
  /** The ASL `Resource` as written. */
  readonly resource: string;
  /** A copy the runner may keep and change. */
  readonly arguments: unknown;
  /** Only for `.waitForTaskToken`. */
  readonly taskToken?: string;
  readonly executionArn: string;
}

/** Does what a Task's resource stands for. Throws `TaskError` (or any Error with a name and a cause) to fail it. */
export type TaskRunner = (request: TaskRequest) => Promise<unknown>;

/** Where Distributed Maps read their items and write their results, in the name of the execution that the map is in. */
export interface ObjectStore {
  get(bucket: string, key: string, executionArn: string): Promise<string>;
  put(bucket: string, key: string, body: string, executionArn: string): Promise<void>;
  list(bucket: string, prefix: string): Promise<string[]>;
}

export interface StartRequest {
  readonly stateMachineArn: string;
  /** Default: a UUID. */
  readonly name: string | undefined;
  readonly input: JsonValue;
  /** Express executions cannot be waited for as jobs. */
  readonly needsStandard?: boolean;
}

/** Starts executions on behalf of a `states:startExecution` task. */
export interface NestedExecutions {
  start(request: StartRequest): Execution;
  stop(execution: Execution, cause: string): void;
}

/** Everything a running state may need. */
export interface Services {
  readonly clock: VirtualClock;
  readonly runTask: TaskRunner;
  readonly onTaskQueued: (request: TaskRequest) => void;
  readonly objects: ObjectStore;
  readonly random: SeededRandom;
  readonly tokens: TaskTokens;
  readonly stats: Stats;
  readonly nested: NestedExecutions;
  readonly keepExpressHistory: boolean;
  /** Makes the child of a Map Run known to the API. */
  register(execution: Execution): void;
}
