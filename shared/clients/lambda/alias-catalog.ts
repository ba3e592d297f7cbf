import { LambdaClient, ListAliasesCommand } from '@aws-sdk/client-lambda';
import type { LiveAlias } from '../../domain/night/change/live-function.ts';
import { callAws } from '../aws-call.ts';
import { HERE, type PlaceClients } from '../organization/here.ts';
import { listProvisioned } from '../provisioned-concurrency/list-provisioned.ts';
import { asLiveAlias } from './live-alias.ts';

/** What hangs on a function beside `$LATEST`. Each page is a call of the control plane's 15 a second. */
export interface AliasCatalog {
  listAliases(functionName: string): Promise<LiveAlias[]>;
  /** Whether any alias or version of the function keeps environments warm. */
  hasProvisionedConcurrency(functionName: string): Promise<boolean>;
}

export function createAliasCatalog(clients: PlaceClients = HERE): AliasCatalog {
  return {
    listAliases: async (functionName) => {
      const lambda = clients.of(LambdaClient, functionName);
      const aliases: LiveAlias[] = [];
      let marker: string | undefined;
      do {
        const command = new ListAliasesCommand({ FunctionName: functionName, ...(marker && { Marker: marker }) });
        const page = await callAws('lambda:ListAliases', () => lambda.send(command));
        aliases.push(...(page.Aliases ?? []).map(asLiveAlias));
        marker = page.NextMarker;
      } while (marker);
      return aliases;
    },
    hasProvisionedConcurrency: async (functionName) =>
      (await listProvisioned(clients.of(LambdaClient, functionName), functionName)).length > 0,
  };
}
