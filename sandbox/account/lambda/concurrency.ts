import type {
  DeleteFunctionConcurrencyCommandInput,
  DeleteFunctionConcurrencyCommandOutput,
  GetFunctionConcurrencyCommandInput,
  GetFunctionConcurrencyCommandOutput,
  PutFunctionConcurrencyCommandInput,
  PutFunctionConcurrencyCommandOutput,
} from '@aws-sdk/client-lambda';
import type { AccountContext } from '../core/account-context.ts';
import { operation } from '../core/operation.ts';
import { invalid } from './errors.ts';
import type { FunctionStore } from './function-store.ts';
import type { LambdaLimits } from './limits.ts';
import { parseFunctionName } from './qualified-name.ts';

export function unreservedConcurrency(store: FunctionStore, limits: LambdaLimits): number {
  return store.all().reduce((left, record) => left - (record.reservedConcurrency ?? 0), limits.concurrentExecutions);
}

export function getFunctionConcurrency(store: FunctionStore) {
  return operation<GetFunctionConcurrencyCommandInput, GetFunctionConcurrencyCommandOutput>(
    ['FunctionName'],
    (input) => {
      const { reservedConcurrency } = store.get(parseFunctionName(input.FunctionName).name);
      return reservedConcurrency === undefined ? {} : { ReservedConcurrentExecutions: reservedConcurrency };
    },
  );
}

export function putFunctionConcurrency(store: FunctionStore, limits: LambdaLimits, context: AccountContext) {
  return operation<PutFunctionConcurrencyCommandInput, PutFunctionConcurrencyCommandOutput>(
    ['FunctionName', 'ReservedConcurrentExecutions'],
    (input) => {
      const record = store.get(parseFunctionName(input.FunctionName).name);
      const wanted = input.ReservedConcurrentExecutions!;
      const left = unreservedConcurrency(store, limits) + (record.reservedConcurrency ?? 0) - wanted;
      const floor = limits.minUnreservedConcurrency;
      if (wanted > 0 && left < floor) {
        throw invalid(
          `Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [${floor}].`,
        );
      }
      record.reservedConcurrency = wanted;
      store.tellServing(record, context.clock.now());
      return { ReservedConcurrentExecutions: wanted };
    },
  );
}

export function deleteFunctionConcurrency(store: FunctionStore, context: AccountContext) {
  return operation<DeleteFunctionConcurrencyCommandInput, DeleteFunctionConcurrencyCommandOutput>(
    ['FunctionName'],
    (input) => {
      const record = store.get(parseFunctionName(input.FunctionName).name);
      record.reservedConcurrency = undefined;
      store.tellServing(record, context.clock.now());
      return {};
    },
  );
}
