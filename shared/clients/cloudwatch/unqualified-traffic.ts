import { CloudWatchClient, GetMetricDataCommand, type MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import { callAws } from '../aws-call.ts';
import { createClient } from '../sdk.ts';

/** Two queries a function, at most 500 a call. */
const FUNCTIONS_PER_CALL = 250;
const DAY_SECONDS = 86_400;

/** How much of each function's traffic reaches `$LATEST`. */
export interface UnqualifiedTraffic {
  /**
   * Share, 0 to 1, of invocations that named neither alias nor version, by function; functions without invocations in
   * the window are missing.
   */
  readShares(
    functionNames: readonly string[],
    window: { startMs: number; endMs: number },
  ): Promise<Map<string, number>>;
}

export function createUnqualifiedTraffic(): UnqualifiedTraffic {
  const cloudwatch = createClient(CloudWatchClient);
  return {
    readShares: async (functionNames, window) => {
      const shares = new Map<string, number>();
      for (let start = 0; start < functionNames.length; start += FUNCTIONS_PER_CALL) {
        await readCall(cloudwatch, functionNames.slice(start, start + FUNCTIONS_PER_CALL), window, shares);
      }
      return shares;
    },
  };
}

async function readCall(
  cloudwatch: CloudWatchClient,
  names: readonly string[],
  window: { startMs: number; endMs: number },
  shares: Map<string, number>,
): Promise<void> {
  const sums = new Map<string, number>();
  let nextToken: string | undefined;
  do {
    const command = new GetMetricDataCommand({
      MetricDataQueries: names.flatMap(queriesOf),
      StartTime: new Date(window.startMs),
      EndTime: new Date(window.endMs),
      ...(nextToken && { NextToken: nextToken }),
    });
    const page = await callAws('cloudwatch:GetMetricData', () => cloudwatch.send(command));
    for (const { Id = '', Values = [] } of page.MetricDataResults ?? []) {
      sums.set(
        Id,
        Values.reduce((sum, value) => sum + value, sums.get(Id) ?? 0),
      );
    }
    nextToken = page.NextToken;
  } while (nextToken);
  for (const [index, name] of names.entries()) {
    const all = sums.get(`a${index}`) ?? 0;
    if (all > 0) shares.set(name, (sums.get(`u${index}`) ?? 0) / all);
  }
}

/**
 * Lambda publishes each invocation once by function name, and once more by the resource that was called: the function's
 * own name where it was called without a qualifier, otherwise `name:alias` or `name:version`.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-view.html
 */
function queriesOf(functionName: string, index: number): MetricDataQuery[] {
  const byName = { Name: 'FunctionName', Value: functionName };
  return [
    invocations(`a${index}`, [byName]),
    invocations(`u${index}`, [byName, { Name: 'Resource', Value: functionName }]),
  ];
}

function invocations(Id: string, Dimensions: { Name: string; Value: string }[]): MetricDataQuery {
  return {
    Id,
    MetricStat: {
      Metric: { Namespace: 'AWS/Lambda', MetricName: 'Invocations', Dimensions },
      Period: DAY_SECONDS,
      Stat: 'Sum',
    },
  };
}
