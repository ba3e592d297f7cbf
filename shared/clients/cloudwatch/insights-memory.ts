import { CloudWatchClient, type MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import { MAX_QUERIES_PER_CALL } from '../../domain/night/evidence/window.ts';
import { bareName, type Place } from '../../domain/organization/place.ts';
import { HERE, type PlaceClients } from '../organization/here.ts';
import { readWholeAnswer } from './whole-answer.ts';

/** Most memory used according to the Lambda Insights extension, for the functions that carry it. */
export interface InsightsMemory {
  /** MB by function name; functions without the extension are missing. */
  readMaxMemoryMb(
    functionNames: readonly string[],
    window: { startMs: number; endMs: number },
  ): Promise<Map<string, number>>;
}

/** One maximum a day: 500 functions over a month are 15,000 of the 100,800 points a call may have. */
const PERIOD_SECONDS = 86_400;

export function createInsightsMemory(clients: PlaceClients = HERE, place?: Place): InsightsMemory {
  return {
    readMaxMemoryMb: async (functionNames, window) => {
      const cloudwatch = clients.at(CloudWatchClient, place);
      const found = new Map<string, number>();
      for (let start = 0; start < functionNames.length; start += MAX_QUERIES_PER_CALL) {
        await readCall(cloudwatch, functionNames.slice(start, start + MAX_QUERIES_PER_CALL), window, found);
      }
      return found;
    },
  };
}

async function readCall(
  cloudwatch: CloudWatchClient,
  names: readonly string[],
  window: { startMs: number; endMs: number },
  found: Map<string, number>,
): Promise<void> {
  const results = await readWholeAnswer(cloudwatch, {
    MetricDataQueries: names.map(memoryQuery),
    StartTime: new Date(window.startMs),
    EndTime: new Date(window.endMs),
  });
  for (const { Id, Values = [] } of results) {
    const name = names[Number(Id?.slice(1))];
    if (name !== undefined && Values.length > 0) found.set(name, Math.max(found.get(name) ?? 0, ...Values));
  }
}

function memoryQuery(functionName: string, index: number): MetricDataQuery {
  const Dimensions = [{ Name: 'function_name', Value: bareName(functionName) }];
  return {
    Id: `m${index}`,
    MetricStat: {
      Metric: { Namespace: 'LambdaInsights', MetricName: 'used_memory_max', Dimensions },
      Period: PERIOD_SECONDS,
      Stat: 'Maximum',
    },
  };
}
