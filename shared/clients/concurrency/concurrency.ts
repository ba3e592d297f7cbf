import {
  DeleteFunctionConcurrencyCommand,
  GetAccountSettingsCommand,
  GetFunctionConcurrencyCommand,
  LambdaClient,
  PutFunctionConcurrencyCommand,
} from '@aws-sdk/client-lambda';
import { callAws, isNamed } from '../aws-call.ts';
import { type Pace, UNPACED } from '../pace.ts';
import { readProvisioned, writeProvisioned } from '../provisioned-concurrency/provisioned-concurrency.ts';
import { type SettingWrite, unlessRefused } from '../refused-write.ts';
import { createClient } from '../sdk.ts';

/** Reserved and provisioned concurrency of functions. Lambda keeps no revision of either, so writers read first. */
export interface Concurrency {
  readAccount(): Promise<{ concurrency: number; unreserved: number }>;
  /** Undefined where nothing is reserved, or the function is gone. */
  readReserved(functionName: string): Promise<number | undefined>;
  writeReserved(functionName: string, executions: number): Promise<SettingWrite>;
  removeReserved(functionName: string): Promise<SettingWrite>;
  /** What was asked for, allocated or not; undefined where there is none. */
  readProvisioned(functionName: string, qualifier: string): Promise<number | undefined>;
  writeProvisioned(functionName: string, qualifier: string, executions: number): Promise<SettingWrite>;
}

const GONE = ['ResourceNotFoundException', 'ProvisionedConcurrencyConfigNotFoundException'];
const REFUSED = ['InvalidParameterValueException', 'LimitExceededException', ...GONE];

/** @param pace waits before each reading of a reservation, a call of the control plane's 15 a second; writers wait by themselves */
export function createConcurrency(pace: Pace = UNPACED): Concurrency {
  const lambda = createClient(LambdaClient);
  return {
    readAccount: async () => {
      const { AccountLimit: limit } = await callAws('lambda:GetAccountSettings', () =>
        lambda.send(new GetAccountSettingsCommand({})),
      );
      return {
        concurrency: limit?.ConcurrentExecutions ?? 0,
        unreserved: limit?.UnreservedConcurrentExecutions ?? 0,
      };
    },
    readReserved: async (FunctionName) => {
      await pace();
      return readReserved(lambda, FunctionName);
    },
    writeReserved: (FunctionName, ReservedConcurrentExecutions) =>
      unlessRefused('lambda:PutFunctionConcurrency', REFUSED, () =>
        lambda.send(new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions })),
      ),
    removeReserved: (FunctionName) =>
      unlessRefused('lambda:DeleteFunctionConcurrency', REFUSED, () =>
        lambda.send(new DeleteFunctionConcurrencyCommand({ FunctionName })),
      ),
    readProvisioned: async (functionName, qualifier) =>
      (await readProvisioned(lambda, functionName, qualifier))?.executions,
    writeProvisioned: (functionName, qualifier, executions) =>
      writeProvisioned(lambda, functionName, qualifier, executions),
  };
}

async function readReserved(lambda: LambdaClient, FunctionName: string): Promise<number | undefined> {
  try {
    const answer = await callAws('lambda:GetFunctionConcurrency', () =>
      lambda.send(new GetFunctionConcurrencyCommand({ FunctionName })),
    );
    return answer.ReservedConcurrentExecutions;
  } catch (error) {
    if (isNamed(error, GONE)) return undefined;
    throw error;
  }
}
