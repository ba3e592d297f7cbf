import type { CloudWatchClient, MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import { MAX_QUERIES_PER_CALL } from '../../domain/night/evidence/window.ts';
import { bareName } from '../../domain/organization/place.ts';
import { readWholeAnswer } from './whole-answer.ts';

const DAY_SECONDS = 86_400;

/** Invocations of a function: all of them, or those that named a resource (`name`, `name:alias`, `name:$LATEST`). */
export interface InvocationsOf {
  functionName: string;
  resource?: string;
}

/**
 * The values of the dimension `Resource` under which calls that reach `$LATEST` are published: the bare name, and the
 * name with `$LATEST` behind it for callers that say so.
 */
export const latestResources = (functionName: string): string[] => [
  bareName(functionName),
  `${bareName(functionName)}:$LATEST`,
];

/**
 * Sums of invocations over a window (epoch ms), in the order asked for; 0 where CloudWatch has no data. Lambda publishes
 * each invocation once by function name, and once more by the resource that was called.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-view.html
 */
export async function readInvocationSums(
  cloudwatch: CloudWatchClient,
  wanted: readonly InvocationsOf[],
  window: { startMs: number; endMs: number },
): Promise<number[]> {
  const sums: number[] = [];
  for (let start = 0; start < wanted.length; start += MAX_QUERIES_PER_CALL) {
    sums.push(...(await readCall(cloudwatch, wanted.slice(start, start + MAX_QUERIES_PER_CALL), window)));
  }
  return sums;
}

async function readCall(
  cloudwatch: CloudWatchClient,
  wanted: readonly InvocationsOf[],
  { startMs, endMs }: { startMs: number; endMs: number },
): Promise<number[]> {
  const sums = wanted.map(() => 0);
  const results = await readWholeAnswer(cloudwatch, {
    MetricDataQueries: wanted.map(queryOf),
    StartTime: new Date(startMs),
    EndTime: new Date(endMs),
  });
  for (const { Id = 'q0', Values = [] } of results) {
    sums[Number(Id.slice(1))]! += Values.reduce((sum, value) => sum + value, 0);
  }
  return sums;
}

function queryOf({ functionName, resource }: InvocationsOf, index: number): MetricDataQuery {
  const byName = { Name: 'FunctionName', Value: bareName(functionName) };
  const Dimensions = resource === undefined ? [byName] : [byName, { Name: 'Resource', Value: resource }];
  return {
    Id: `q${index}`,
    MetricStat: {
      Metric: { Namespace: 'AWS/Lambda', MetricName: 'Invocations', Dimensions },
      Period: DAY_SECONDS,
      Stat: 'Sum',
    },
  };
}
