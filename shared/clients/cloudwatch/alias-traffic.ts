import { CloudWatchClient, GetMetricDataCommand, type MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import { MAX_QUERIES_PER_CALL } from '../../domain/night/evidence/window.ts';
import { callAws } from '../aws-call.ts';
import { createClient } from '../sdk.ts';

const DAY_SECONDS = 86_400;

/** How a function's traffic is spread over its aliases. */
export interface AliasTraffic {
  /** Share, 0 to 1, of all invocations, by alias; aliases that nobody called are missing. */
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
      const byName = { Name: 'FunctionName', Value: functionName };
      const queries = [
        invocations('all', [byName]),
        ...names.map((name, at) => invocations(`a${at}`, [byName, resource(functionName, name)])),
      ];
      const sums = await readSums(cloudwatch, queries, window);
      const all = sums.get('all') ?? 0;
      const shares = names.map((name, at) => [name, (sums.get(`a${at}`) ?? 0) / all] as const);
      return new Map(shares.filter(([, share]) => share > 0));
    },
  };
}

async function readSums(
  cloudwatch: CloudWatchClient,
  queries: MetricDataQuery[],
  { startMs, endMs }: { startMs: number; endMs: number },
): Promise<Map<string, number>> {
  const sums = new Map<string, number>();
  let nextToken: string | undefined;
  do {
    const command = new GetMetricDataCommand({
      MetricDataQueries: queries,
      StartTime: new Date(startMs),
      EndTime: new Date(endMs),
      ...(nextToken && { NextToken: nextToken }),
    });
    const page = await callAws('cloudwatch:GetMetricData', () => cloudwatch.send(command));
    for (const { Id = '', Values = [] } of page.MetricDataResults ?? []) {
      const sum = Values.reduce((total, value) => total + value, sums.get(Id) ?? 0);
      sums.set(Id, sum);
    }
    nextToken = page.NextToken;
  } while (nextToken);
  return sums;
}

const resource = (functionName: string, alias: string) => ({ Name: 'Resource', Value: `${functionName}:${alias}` });

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
