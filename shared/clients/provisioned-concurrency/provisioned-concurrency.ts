import {
  DeleteProvisionedConcurrencyConfigCommand,
  GetProvisionedConcurrencyConfigCommand,
  LambdaClient,
  PutProvisionedConcurrencyConfigCommand,
} from '@aws-sdk/client-lambda';
import type { SettingValue } from '../../domain/configuration/scaling/managed-setting.ts';
import { callAws, isNamed } from '../aws-call.ts';
import { type Pace, UNPACED } from '../pace.ts';
import { type SettingWrite, unlessRefused } from '../refused-write.ts';
import { createClient } from '../sdk.ts';
import { listProvisionedIfThere, type ProvisionedQualifier } from './list-provisioned.ts';

/** Provisioned concurrency of aliases and versions; `{ executions }` where there is one. */
export interface ProvisionedConcurrencies {
  /** None of a function that is gone. */
  list(functionName: string): Promise<ProvisionedQualifier[]>;
  read(functionName: string, qualifier: string): Promise<SettingValue | undefined>;
  write(functionName: string, qualifier: string, value: SettingValue): Promise<SettingWrite>;
  remove(functionName: string, qualifier: string): Promise<SettingWrite>;
}

const GONE = ['ResourceNotFoundException', 'ProvisionedConcurrencyConfigNotFoundException'];
const REFUSED = ['InvalidParameterValueException', 'LimitExceededException', 'ResourceConflictException', ...GONE];

/** @param pace waits before each reading, a call of the control plane's 15 a second; writers wait by themselves */
export function createProvisionedConcurrencies(pace: Pace = UNPACED): ProvisionedConcurrencies {
  const lambda = createClient(LambdaClient);
  return {
    list: (functionName) => listProvisionedIfThere(lambda, functionName, pace),
    read: async (functionName, qualifier) => {
      await pace();
      return readProvisioned(lambda, functionName, qualifier);
    },
    write: (functionName, qualifier, { executions }) =>
      writeProvisioned(lambda, functionName, qualifier, Number(executions)),
    remove: (FunctionName, Qualifier) =>
      unlessRefused('lambda:DeleteProvisionedConcurrencyConfig', REFUSED, () =>
        lambda.send(new DeleteProvisionedConcurrencyConfigCommand({ FunctionName, Qualifier })),
      ),
  };
}

/** For wrappers that must not carry the other calls into a bundle: a task is granted what it carries. */
export async function readProvisioned(
  lambda: LambdaClient,
  FunctionName: string,
  Qualifier: string,
): Promise<{ executions: number } | undefined> {
  try {
    const answer = await callAws('lambda:GetProvisionedConcurrencyConfig', () =>
      lambda.send(new GetProvisionedConcurrencyConfigCommand({ FunctionName, Qualifier })),
    );
    const executions = answer.RequestedProvisionedConcurrentExecutions;
    return executions === undefined ? undefined : { executions };
  } catch (error) {
    if (isNamed(error, GONE)) return undefined;
    throw error;
  }
}

/** The same for writing. */
export function writeProvisioned(
  lambda: LambdaClient,
  FunctionName: string,
  Qualifier: string,
  ProvisionedConcurrentExecutions: number,
): Promise<SettingWrite> {
  return unlessRefused('lambda:PutProvisionedConcurrencyConfig', REFUSED, () =>
    lambda.send(
      new PutProvisionedConcurrencyConfigCommand({ FunctionName, Qualifier, ProvisionedConcurrentExecutions }),
    ),
  );
}
