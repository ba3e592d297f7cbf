import type {
  FunctionConfiguration,
  UpdateFunctionConfigurationCommandInput,
  UpdateFunctionConfigurationCommandOutput,
} from '@aws-sdk/client-lambda';
import { operation } from '../core/operation.ts';
import { conflict, invalid, staleRevision } from './errors.ts';
import { copyConfiguration, type FunctionRecord } from './function-record.ts';
import type { FunctionStore } from './function-store.ts';
import { BLOCKED_RUNTIMES, type LambdaLimits, MANAGED_INSTANCES_MEMORY_MB } from './limits.ts';
import { parseFunctionName } from './qualified-name.ts';

/** Makes the next update of a function end as `Failed`, with this reason. */
export type UpdateFailures = Map<string, string>;

/**
 * UpdateFunctionConfiguration, for memory size, timeout and description: what a right-sizer may send. Anything else
 * (Environment above all) is refused, so that a test fails if the product ever echoes a configuration back.
 */
export function updateFunctionConfiguration(store: FunctionStore, limits: LambdaLimits, failures: UpdateFailures) {
  return operation<UpdateFunctionConfigurationCommandInput, UpdateFunctionConfigurationCommandOutput>(
    ['FunctionName', 'MemorySize', 'Timeout', 'Description', 'RevisionId'],
    (input) => {
      const { name, qualifier } = parseFunctionName(input.FunctionName);
      if (qualifier !== undefined && qualifier !== '$LATEST') {
        throw invalid(`This operation is permitted on $LATEST only, not on ${qualifier}`);
      }
      const record = store.get(name);
      const changes = changesOf(input);
      checkValues(record.configuration, changes, limits);
      checkModifiable(record, input.RevisionId);
      const fails = failures.get(name);
      failures.delete(name);
      const untilMs = store.beginUpdate(record, changes, fails);
      if (fails === undefined) store.tellServing(record, untilMs);
      return copyConfiguration(record.configuration);
    },
  );
}

function changesOf(input: UpdateFunctionConfigurationCommandInput): Partial<FunctionConfiguration> {
  return {
    ...(input.MemorySize === undefined ? {} : { MemorySize: input.MemorySize }),
    ...(input.Timeout === undefined ? {} : { Timeout: input.Timeout }),
    ...(input.Description === undefined ? {} : { Description: input.Description }),
  };
}

function checkValues(
  current: FunctionConfiguration,
  changes: Partial<FunctionConfiguration>,
  limits: LambdaLimits,
): void {
  const isManaged = current.CapacityProviderConfig !== undefined;
  const minMb = isManaged ? MANAGED_INSTANCES_MEMORY_MB.min : limits.minMemorySizeMb;
  const maxMb = isManaged ? MANAGED_INSTANCES_MEMORY_MB.max : limits.maxMemorySizeMb;
  checkRange('MemorySize', changes.MemorySize, minMb, maxMb);
  checkRange('Timeout', changes.Timeout, 1, limits.maxTimeoutS);
}

function checkRange(field: string, value: number | undefined, min: number, max: number): void {
  if (value === undefined || (Number.isInteger(value) && value >= min && value <= max)) return;
  const bound = value < min ? `greater than or equal to ${min}` : `less than or equal to ${max}`;
  throw invalid(`'${field}' value failed to satisfy constraint: Member must have value ${bound}`);
}

function checkModifiable(record: FunctionRecord, revisionId: string | undefined): void {
  const { configuration } = record;
  if (configuration.MasterArn) {
    throw invalid(`Lambda was unable to update ${record.arn} because it is a replicated function.`);
  }
  if (configuration.Runtime && BLOCKED_RUNTIMES.has(configuration.Runtime)) {
    throw invalid(
      `The runtime parameter of ${configuration.Runtime} is no longer supported for creating or updating AWS Lambda functions. We recommend you use a supported runtime while creating or updating functions.`,
    );
  }
  if (configuration.State === 'Pending' || configuration.State === 'Deleting') {
    throw conflict(
      `The operation cannot be performed at this time. The function is currently in the following state: ${configuration.State}`,
    );
  }
  checkIdle(record);
  if (revisionId !== undefined && revisionId !== configuration.RevisionId) throw staleRevision();
}

/** One update at a time. */
export function checkIdle(record: FunctionRecord): void {
  if (record.configuration.LastUpdateStatus !== 'InProgress') return;
  throw conflict(
    `The operation cannot be performed at this time. An update is in progress for resource: ${record.arn}`,
  );
}
