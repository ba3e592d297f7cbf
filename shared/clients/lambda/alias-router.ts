import { LambdaClient, UpdateAliasCommand } from '@aws-sdk/client-lambda';
import type { LiveAlias } from '../../domain/night/change/live-function.ts';
import { UpdateInProgressError } from '../../errors.ts';
import { callAws } from '../aws-call.ts';
import { HERE, type PlaceClients } from '../organization/here.ts';
import { refusalOf } from './function-configuration.ts';

export interface AliasRouting {
  functionVersion: string;
  /** Empty: the version above gets everything. */
  weights: Readonly<Record<string, number>>;
}

export interface AliasRouter {
  /**
   * Routes the alias, if it still has the revision that was read.
   *
   * @throws UpdateInProgressError when somebody changed the alias in between; the next try looks at it afresh
   */
  route(functionName: string, alias: LiveAlias, routing: AliasRouting): Promise<void>;
}

export function createAliasRouter(clients: PlaceClients = HERE): AliasRouter {
  return {
    route: async (functionName, alias, { functionVersion, weights }) => {
      const lambda = clients.of(LambdaClient, functionName);
      const command = new UpdateAliasCommand({
        FunctionName: functionName,
        Name: alias.name,
        FunctionVersion: functionVersion,
        // An empty map takes weights away; leaving the field out would leave them.
        RoutingConfig: { AdditionalVersionWeights: { ...weights } },
        RevisionId: alias.revisionId,
      });
      try {
        await callAws('lambda:UpdateAlias', () => lambda.send(command));
      } catch (error) {
        if (refusalOf(error) === undefined) throw error;
        const message = `alias ${alias.name} of ${functionName} was not moved (${(error as Error).message})`;
        throw new UpdateInProgressError(message, { cause: error });
      }
    },
  };
}
