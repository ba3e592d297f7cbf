import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { MAX_QUERIES_PER_CALL } from '../../domain/night/evidence/window.ts';
import { createClient } from '../sdk.ts';
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

export function createAliasTraffic(): AliasTraffic {
  const cloudwatch = createClient(CloudWatchClient);
  return {
    readShares: async (functionName, aliasNames, window) => {
      // More aliases than fit into a call would each carry too little to matter.
      const names = aliasNames.slice(0, MAX_QUERIES_PER_CALL - 1);
      const byAlias = names.map((name) => ({ functionName, resource: `${functionName}:${name}` }));
      const [all = 0, ...sums] = await readInvocationSums(cloudwatch, [{ functionName }, ...byAlias], window);
      // Sums of single aliases may be in before the function's own; of an unknown whole there are no shares.
      if (all === 0) return new Map();
      const shares = names.map((name, at) => [name, sums[at]! / all] as const);
      return new Map(shares.filter(([, share]) => share > 0));
    },
  };
}
