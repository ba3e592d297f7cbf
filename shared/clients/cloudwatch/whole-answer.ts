import {
  type CloudWatchClient,
  GetMetricDataCommand,
  type GetMetricDataCommandInput,
  type MessageData,
  type MetricDataResult,
} from '@aws-sdk/client-cloudwatch';
import { InvalidConfigurationError, TransientError } from '../../errors.ts';
import { callAws } from '../aws-call.ts';

export const GET_METRIC_DATA = 'cloudwatch:GetMetricData';

/**
 * Every page of an answer in which nothing is missing. GetMetricData answers 200 also where it had only a part to give:
 * half a sum would pass for less traffic, and the maximum of half the days for less memory.
 *
 * @throws TransientError where CloudWatch left something out
 */
export async function readWholeAnswer(
  cloudwatch: CloudWatchClient,
  input: GetMetricDataCommandInput,
): Promise<MetricDataResult[]> {
  const results: MetricDataResult[] = [];
  let nextToken: string | undefined;
  do {
    const command = new GetMetricDataCommand({ ...input, ...(nextToken && { NextToken: nextToken }) });
    const page = await callAws(GET_METRIC_DATA, () => cloudwatch.send(command));
    failOnMessages(page.Messages ?? []);
    results.push(...(page.MetricDataResults ?? []));
    nextToken = page.NextToken;
  } while (nextToken);
  failOnIncomplete(results);
  return results;
}

/** The only message about a call as a whole says that some metrics were left out altogether. */
export function failOnMessages(messages: readonly MessageData[]): void {
  if (messages.length === 0) return;
  throw new TransientError(`${GET_METRIC_DATA}: ${messages.map((each) => `${each.Code}: ${each.Value}`).join('; ')}`);
}

/** CloudWatch tells of a permission that is missing in a result's status. */
export function failOnForbidden(code: string | undefined): void {
  if (code !== 'Forbidden') return;
  throw new InvalidConfigurationError(`AWS denied ${GET_METRIC_DATA}; grant it to the role or identity that called`);
}

/** PartialData until the last of a result's pages is in is how paging looks, so its last status counts. */
function failOnIncomplete(results: readonly MetricDataResult[]): void {
  const last = new Map(results.map(({ Id, StatusCode }) => [Id, StatusCode]));
  for (const [id, code] of last) {
    failOnForbidden(code);
    if (code === 'PartialData' || code === 'InternalError')
      throw new TransientError(`${GET_METRIC_DATA} had only a part to give (${id}: ${code})`);
  }
}
