import {
  DeleteProvisionedConcurrencyConfigCommand,
  GetProvisionedConcurrencyConfigCommand,
  LambdaClient,
  ListProvisionedConcurrencyConfigsCommand,
  PutProvisionedConcurrencyConfigCommand,
} from '@aws-sdk/client-lambda';
import type { SettingValue } from '../../domain/configuration/scaling/managed-setting.ts';
import { callAws, isNamed } from '../aws-call.ts';
import { type SettingWrite, unlessRefused } from '../refused-write.ts';
import { createClient } from '../sdk.ts';

export interface ProvisionedAliasFound {
  qualifier: string;
  /** Asked for, allocated or not. */
  requested: number;
}

/** Provisioned concurrency of aliases and versions; `{ executions }` where there is one. */
export interface ProvisionedConcurrencies {
  list(functionName: string): Promise<ProvisionedAliasFound[]>;
  read(functionName: string, qualifier: string): Promise<SettingValue | undefined>;
  write(functionName: string, qualifier: string, value: SettingValue): Promise<SettingWrite>;
  remove(functionName: string, qualifier: string): Promise<SettingWrite>;
}

const GONE = ['ResourceNotFoundException', 'ProvisionedConcurrencyConfigNotFoundException'];
const REFUSED = ['InvalidParameterValueException', 'LimitExceededException', 'ResourceConflictException', ...GONE];

export function createProvisionedConcurrencies(): ProvisionedConcurrencies {
  const lambda = createClient(LambdaClient);
  return {
    list: (functionName) => list(lambda, functionName),
    read: (functionName, qualifier) => readProvisioned(lambda, functionName, qualifier),
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

async function list(lambda: LambdaClient, FunctionName: string): Promise<ProvisionedAliasFound[]> {
  const found: ProvisionedAliasFound[] = [];
  let marker: string | undefined;
  do {
    const input = { FunctionName, ...(marker && { Marker: marker }) };
    const page = await callAws('lambda:ListProvisionedConcurrencyConfigs', () =>
      lambda.send(new ListProvisionedConcurrencyConfigsCommand(input)),
    );
    for (const each of page.ProvisionedConcurrencyConfigs ?? []) {
      const qualifier = each.FunctionArn?.split(':')[7];
      if (qualifier === undefined) continue;
      found.push({ qualifier, requested: each.RequestedProvisionedConcurrentExecutions ?? 0 });
    }
    marker = page.NextMarker;
  } while (marker);
  return found;
}
