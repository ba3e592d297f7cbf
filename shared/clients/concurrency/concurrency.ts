import {
  DeleteFunctionConcurrencyCommand,
  GetAccountSettingsCommand,
  GetFunctionConcurrencyCommand,
  GetProvisionedConcurrencyConfigCommand,
  LambdaClient,
  PutFunctionConcurrencyCommand,
  PutProvisionedConcurrencyConfigCommand,
} from '@aws-sdk/client-lambda';
import { callAws, isNamed } from '../aws-call.ts';
import { createClient } from '../sdk.ts';

/** Answer of a write that AWS may refuse for good: no retry would help. */
export type ConcurrencyWrite = { written: true } | { written: false; reason: string };

/** Reserved and provisioned concurrency of functions. Lambda keeps no revision of either, so writers read first. */
export interface Concurrency {
  readAccount(): Promise<{ concurrency: number; unreserved: number }>;
  /** Undefined where nothing is reserved, or the function is gone. */
  readReserved(functionName: string): Promise<number | undefined>;
  writeReserved(functionName: string, executions: number): Promise<ConcurrencyWrite>;
  removeReserved(functionName: string): Promise<ConcurrencyWrite>;
  /** What was asked for, allocated or not; undefined where there is none. */
  readProvisioned(functionName: string, qualifier: string): Promise<number | undefined>;
  writeProvisioned(functionName: string, qualifier: string, executions: number): Promise<ConcurrencyWrite>;
}

const GONE = ['ResourceNotFoundException', 'ProvisionedConcurrencyConfigNotFoundException'];
const REFUSED = ['InvalidParameterValueException', 'LimitExceededException', ...GONE];

export function createConcurrency(): Concurrency {
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
    readReserved: (FunctionName) =>
      unlessGone(async () => {
        const answer = await callAws('lambda:GetFunctionConcurrency', () =>
          lambda.send(new GetFunctionConcurrencyCommand({ FunctionName })),
        );
        return answer.ReservedConcurrentExecutions;
      }),
    writeReserved: (FunctionName, ReservedConcurrentExecutions) =>
      unlessRefused('lambda:PutFunctionConcurrency', () =>
        lambda.send(new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions })),
      ),
    removeReserved: (FunctionName) =>
      unlessRefused('lambda:DeleteFunctionConcurrency', () =>
        lambda.send(new DeleteFunctionConcurrencyCommand({ FunctionName })),
      ),
    readProvisioned: (FunctionName, Qualifier) =>
      unlessGone(async () => {
        const answer = await callAws('lambda:GetProvisionedConcurrencyConfig', () =>
          lambda.send(new GetProvisionedConcurrencyConfigCommand({ FunctionName, Qualifier })),
        );
        return answer.RequestedProvisionedConcurrentExecutions;
      }),
    writeProvisioned: (FunctionName, Qualifier, ProvisionedConcurrentExecutions) =>
      unlessRefused('lambda:PutProvisionedConcurrencyConfig', () =>
        lambda.send(
          new PutProvisionedConcurrencyConfigCommand({ FunctionName, Qualifier, ProvisionedConcurrentExecutions }),
        ),
      ),
  };
}

async function unlessGone<Output>(read: () => Promise<Output | undefined>): Promise<Output | undefined> {
  try {
    return await read();
  } catch (error) {
    if (isNamed(error, GONE)) return undefined;
    throw error;
  }
}

async function unlessRefused(permission: string, write: () => Promise<unknown>): Promise<ConcurrencyWrite> {
  try {
    await callAws(permission, write);
    return { written: true };
  } catch (error) {
    if (!isNamed(error, REFUSED)) throw error;
    return { written: false, reason: `Lambda refused: ${(error as Error).message}` };
  }
}
