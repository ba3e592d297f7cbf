import { GetAliasCommand, LambdaClient, ResourceNotFoundException } from '@aws-sdk/client-lambda';
import type { LiveAlias } from '../../domain/night/change/live-function.ts';
import { callAws } from '../aws-call.ts';
import { HERE, type PlaceClients } from '../organization/here.ts';
import { asLiveAlias } from './live-alias.ts';

export interface AliasReader {
  /** The alias as it is now; undefined when it, or its function, is gone. */
  read(functionName: string, aliasName: string): Promise<LiveAlias | undefined>;
}

export function createAliasReader(clients: PlaceClients = HERE): AliasReader {
  return {
    read: async (functionName, aliasName) => {
      const lambda = clients.of(LambdaClient, functionName);
      try {
        const command = new GetAliasCommand({ FunctionName: functionName, Name: aliasName });
        return asLiveAlias(await callAws('lambda:GetAlias', () => lambda.send(command)));
      } catch (error) {
        if (error instanceof ResourceNotFoundException) return undefined;
        throw error;
      }
    },
  };
}
