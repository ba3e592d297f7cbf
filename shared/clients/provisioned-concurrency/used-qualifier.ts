import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { LambdaClient, ListAliasesCommand } from '@aws-sdk/client-lambda';
import { ENDLESS, type RoundTime } from '../../round-time.ts';
import { callAws, isNamed } from '../aws-call.ts';
import { type InvocationsOf, latestResources, readInvocationSums } from '../cloudwatch/invocation-sums.ts';
import { type Pace, UNPACED } from '../pace.ts';
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
  /**
   * The same of many, in their order and as far as there is time: a call of Lambda's each, and what CloudWatch knows of
   * them together.
   */
  findAll(
    functionNames: readonly string[],
    window: { startMs: number; endMs: number },
    time?: RoundTime,
  ): Promise<Map<string, UsedQualifier>>;
}

/**
 * The alias that took most of the invocations: Lambda publishes each also by the resource that was called, `name`,
 * `name:$LATEST` or `name:alias`. Without traffic a single alias is taken for the one in use.
 *
 * @param pace waits before each call of the control plane's 15 a second
 */
export function createUsedQualifiers(pace: Pace = UNPACED): UsedQualifiers {
  const lambda = createClient(LambdaClient);
  const cloudwatch = createClient(CloudWatchClient);
  const findAll: UsedQualifiers['findAll'] = async (functionNames, window, time = ENDLESS) => {
    const found: { functionName: string; aliases: string[] }[] = [];
    // One after the other: Lambda gives fifteen such calls a second to everybody together.
    for (const functionName of functionNames) {
      if (time.isUp()) break;
      found.push({ functionName, aliases: await listAliases(lambda, functionName, pace) });
    }
    const wanted = found.flatMap(({ functionName, aliases }) => callsBy(functionName, aliases));
    const sums = wanted.length === 0 ? [] : await readInvocationSums(cloudwatch, wanted, window);
    let read = 0;
    return new Map(
      found.map(({ functionName, aliases }) => {
        const own = sums.slice(read, read + callsBy(functionName, aliases).length);
        read += own.length;
        return [functionName, usedOf(aliases, own)];
      }),
    );
  };
  return {
    findAll,
    find: async (functionName, window) => (await findAll([functionName], window)).get(functionName)!,
  };
}

/** Whose invocations tell by which name a function is called; those of one without aliases need not be asked. */
function callsBy(functionName: string, aliases: readonly string[]): InvocationsOf[] {
  if (aliases.length === 0) return [];
  const resources = [...latestResources(functionName), ...aliases.map((alias) => `${functionName}:${alias}`)];
  return resources.map((resource) => ({ functionName, resource }));
}

function usedOf(aliases: string[], [byName = 0, byLatest = 0, ...byAlias]: readonly number[]): UsedQualifier {
  if (aliases.length === 0) return { kind: 'unqualified' };
  const bare = byName + byLatest;
  const most = Math.max(...byAlias);
  if (most > 0 || bare > 0) {
    return bare > most ? { kind: 'unqualified' } : { kind: 'alias', qualifier: aliases[byAlias.indexOf(most)]! };
  }
  return aliases.length === 1 ? { kind: 'alias', qualifier: aliases[0]! } : { kind: 'ambiguous', aliases };
}

async function listAliases(lambda: LambdaClient, FunctionName: string, pace: Pace): Promise<string[]> {
  const names: string[] = [];
  let marker: string | undefined;
  try {
    do {
      const input = { FunctionName, ...(marker && { Marker: marker }) };
      await pace();
      const page = await callAws('lambda:ListAliases', () => lambda.send(new ListAliasesCommand(input)));
      names.push(...(page.Aliases ?? []).flatMap(({ Name }) => Name ?? []));
      marker = page.NextMarker;
    } while (marker);
  } catch (error) {
    if (!isNamed(error, ['ResourceNotFoundException'])) throw error;
  }
  return names;
}
