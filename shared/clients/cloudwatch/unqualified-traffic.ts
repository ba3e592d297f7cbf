import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import type { RunContext } from '../../contracts/run.ts';
import { type Assessed, byWindow } from '../../domain/night/evidence/window.ts';
import { byPlace } from '../../domain/organization/place.ts';
import { HERE, type PlaceClients } from '../organization/here.ts';
import { latestResources, readInvocationSums } from './invocation-sums.ts';

/** How much of each function's traffic reaches `$LATEST`. */
export interface UnqualifiedTraffic {
  /**
   * Share, 0 to 1, of invocations that reach `$LATEST`, whether by the bare name or by naming it, by function;
   * functions without invocations in the window are missing.
   */
  readShares(
    functionNames: readonly string[],
    window: { startMs: number; endMs: number },
  ): Promise<Map<string, number>>;
}

/** The shares over the windows that the functions were judged by: of a monthly job a fortnight would mostly know nothing. */
export async function readSharesAsAssessed(
  run: Pick<RunContext, 'startedAt' | 'policy'>,
  assessed: readonly Assessed[],
  traffic: UnqualifiedTraffic,
): Promise<Map<string, number>> {
  const asked = byWindow(run, assessed).map(({ names, window }) => traffic.readShares(names, window));
  return new Map((await Promise.all(asked)).flatMap((shares) => [...shares]));
}

export function createUnqualifiedTraffic(clients: PlaceClients = HERE): UnqualifiedTraffic {
  return {
    readShares: async (functionNames, window) => {
      const shares = new Map<string, number>();
      for (const { place, things: names } of byPlace(functionNames, (name) => name)) {
        const cloudwatch = clients.at(CloudWatchClient, place);
        const sums = await readInvocationSums(cloudwatch, names.flatMap(sumsOf), window);
        for (const [index, name] of names.entries()) {
          const [all = 0, ...latest] = sums.slice(index * SUMS_A_FUNCTION, (index + 1) * SUMS_A_FUNCTION);
          if (all > 0) shares.set(name, latest.reduce((sum, each) => sum + each, 0) / all);
        }
      }
      return shares;
    },
  };
}

const sumsOf = (functionName: string) => [
  { functionName },
  ...latestResources(functionName).map((resource) => ({ functionName, resource })),
];

/** All invocations, and those under either name of `$LATEST`. */
const SUMS_A_FUNCTION = 3;
