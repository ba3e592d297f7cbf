/** A JSONata-only Amazon States Language engine in virtual time. See README.md for what it does and refuses. */
export type { MachineType } from './definition/program.ts';
export { ApiError, InvalidDefinitionError, TaskError } from './errors.ts';
export type { JsonObject, JsonValue } from './json.ts';
export { jsonCopy } from './json-copy.ts';
export type { ExecutionStatus } from './run/execution.ts';
export type { HistoryEvent } from './run/history.ts';
export type { ObjectStore, TaskRequest, TaskRunner } from './run/services.ts';
export type { ExecutionDescription, ExecutionListItem } from './service/describe.ts';
export type { EngineStats } from './service/stats.ts';
export {
  type CreateStateMachineInput,
  type EngineOptions,
  type StartExecutionInput,
  type StartExecutionOutput,
  StepFunctionsEngine,
} from './service/step-functions-engine.ts';
