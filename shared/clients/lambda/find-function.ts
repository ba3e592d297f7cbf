import { GetFunctionConfigurationCommand, LambdaClient, ResourceNotFoundException } from '@aws-sdk/client-lambda';
import type { ListedFunction } from '../../domain/night/eligibility/listed-function.ts';
import { callAws } from '../aws-call.ts';
import { createClient } from '../sdk.ts';
import { asListedFunction } from './function-catalog.ts';

/** One function as a listing would show it, by one call however many the account has; undefined when there is none. */
export async function findFunction(functionName: string): Promise<ListedFunction | undefined> {
  const lambda = createClient(LambdaClient);
  try {
    const command = new GetFunctionConfigurationCommand({ FunctionName: functionName });
    return asListedFunction(await callAws('lambda:GetFunctionConfiguration', () => lambda.send(command)));
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}
