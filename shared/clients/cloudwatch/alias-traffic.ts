import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { MAX_QUERIES_PER_CALL } from '../../domain/night/evidence/window.ts';
import { bareName } from '../../domain/organization/place.ts';
import { HERE, type PlaceClients } from '../organization/here.ts';
import { readInvocationSums } from './invocation-sums.ts';

/** How a function's traffic is spread over its aliases. */
export interface AliasTraffic {
  /** Share, 0 to 1, of all invocations, by alias; aliases that nobody called are missing, and all where the total is not known. */
  readShares(
    functionName: string,
    aliasNames: readonly string[],
    window: { startMs: number; endMs: number },
  ): Promise<Map<string, number>>;
}

export function createAliasTraffic(clients: PlaceClients = HERE): AliasTraffic {
  return {
    readShares: async (functionName, aliasNames, window) => {
      const cloudwatch = clients.of(CloudWatchClient, functionName);
      // More aliases than fit into a call would each carry too little to matter.
      const names = aliasNames.slice(0, MAX_QUERIES_PER_CALL - 1);
      const byAlias = names.map((name) => ({ functionName, resource: `${bareName(functionName)}:${name}` }));
      const [all = 0, ...sums] = await readInvocationSums(cloudwatch, [{ functionName }, ...byAlias], window);
      // Sums of single aliases may be in before the function's own; of an unknown whole there are no shares.
      if (all === 0) return new Map();
      const shares = names.map((name, at) => [name, sums[at]! / all] as const);
      return new Map(shares.filter(([, share]) => share > 0));
    },
  };
}
