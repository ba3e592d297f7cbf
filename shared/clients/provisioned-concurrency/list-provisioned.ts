import { type LambdaClient, ListProvisionedConcurrencyConfigsCommand } from '@aws-sdk/client-lambda';
import { callAws, isNamed } from '../aws-call.ts';
import { type Pace, UNPACED } from '../pace.ts';

/** An alias or version of a function that keeps environments warm, and how many it asked for. */
export interface ProvisionedQualifier {
  qualifier: string;
  requested: number;
}

/** Documented for reading one; from a list it says the same as an empty page. */
const NONE = ['ProvisionedConcurrencyConfigNotFoundException'];

/** Everything of a function that has provisioned concurrency, page by page. */
export async function listProvisioned(
  lambda: LambdaClient,
  FunctionName: string,
  pace: Pace = UNPACED,
): Promise<ProvisionedQualifier[]> {
  const found: ProvisionedQualifier[] = [];
  let marker: string | undefined;
  do {
    await pace();
    const page = await readPage(lambda, { FunctionName, ...(marker && { Marker: marker }) });
    for (const each of page.ProvisionedConcurrencyConfigs ?? []) {
      const qualifier = each.FunctionArn?.split(':')[7];
      if (qualifier === undefined) continue;
      found.push({ qualifier, requested: each.RequestedProvisionedConcurrentExecutions ?? 0 });
    }
    marker = page.NextMarker;
  } while (marker);
  return found;
}

/**
 * The same where functions were listed a while ago: one that was deleted since has none. Rounds of configuration take minutes
 * from the list to a function's turn.
 */
export async function listProvisionedIfThere(
  ...asked: Parameters<typeof listProvisioned>
): Promise<ProvisionedQualifier[]> {
  try {
    return await listProvisioned(...asked);
  } catch (error) {
    if (isNamed(error, ['ResourceNotFoundException'])) return [];
    throw error;
  }
}

async function readPage(lambda: LambdaClient, input: { FunctionName: string; Marker?: string }) {
  try {
    return await callAws('lambda:ListProvisionedConcurrencyConfigs', () =>
      lambda.send(new ListProvisionedConcurrencyConfigsCommand(input)),
    );
  } catch (error) {
    if (isNamed(error, NONE)) return { ProvisionedConcurrencyConfigs: [], NextMarker: undefined };
    throw error;
  }
}
