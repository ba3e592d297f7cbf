import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { LambdaClient, ListAliasesCommand } from '@aws-sdk/client-lambda';
import { callAws, isNamed } from '../aws-call.ts';
import { latestResources, readInvocationSums } from '../cloudwatch/invocation-sums.ts';
import { createClient } from '../sdk.ts';

/** By which name a function's callers reach it. */
export type UsedQualifier =
  | { kind: 'alias'; qualifier: string }
  /** Callers use the bare name, or nobody calls and there is no alias. */
  | { kind: 'unqualified' }
  /** Several aliases, and traffic does not say which one. */
  | { kind: 'ambiguous'; aliases: string[] };

export interface UsedQualifiers {
  find(functionName: string, window: { startMs: number; endMs: number }): Promise<UsedQualifier>;
}

/**
 * The alias that took most of the invocations: Lambda publishes each also by the resource that was called, `name`,
 * `name:$LATEST` or `name:alias`. Without traffic a single alias is taken for the one in use.
 */
export function createUsedQualifiers(): UsedQualifiers {
  const lambda = createClient(LambdaClient);
  const cloudwatch = createClient(CloudWatchClient);
  return {
    find: async (functionName, window) => {
      const aliases = await listAliases(lambda, functionName);
      if (aliases.length === 0) return { kind: 'unqualified' };
      const resources = [...latestResources(functionName), ...aliases.map((alias) => `${functionName}:${alias}`)];
      const wanted = resources.map((resource) => ({ functionName, resource }));
      const [byName = 0, byLatest = 0, ...byAlias] = await readInvocationSums(cloudwatch, wanted, window);
      const bare = byName + byLatest;
      const most = Math.max(...byAlias);
      if (most > 0 || bare > 0) {
        return bare > most ? { kind: 'unqualified' } : { kind: 'alias', qualifier: aliases[byAlias.indexOf(most)]! };
      }
      return aliases.length === 1 ? { kind: 'alias', qualifier: aliases[0]! } : { kind: 'ambiguous', aliases };
    },
  };
}

async function listAliases(lambda: LambdaClient, FunctionName: string): Promise<string[]> {
  const names: string[] = [];
  let marker: string | undefined;
  try {
    do {
      const input = { FunctionName, ...(marker && { Marker: marker }) };
      const page = await callAws('lambda:ListAliases', () => lambda.send(new ListAliasesCommand(input)));
      names.push(...(page.Aliases ?? []).flatMap(({ Name }) => Name ?? []));
      marker = page.NextMarker;
    } while (marker);
  } catch (error) {
    if (!isNamed(error, ['ResourceNotFoundException'])) throw error;
  }
  return names;
}
