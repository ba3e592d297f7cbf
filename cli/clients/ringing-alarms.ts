import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { callAws } from '../../shared/clients/aws-call.ts';
import { createClient } from '../../shared/clients/sdk.ts';

/** Names of alarms that begin so and are in alarm; CloudWatch lists fifty a page. */
export async function listRingingAlarms(prefix: string): Promise<string[]> {
  const cloudwatch = createClient(CloudWatchClient);
  const names: string[] = [];
  let NextToken: string | undefined;
  do {
    const input = { AlarmNamePrefix: prefix, StateValue: 'ALARM' as const, ...(NextToken && { NextToken }) };
    const page = await callAws('cloudwatch:DescribeAlarms', () => cloudwatch.send(new DescribeAlarmsCommand(input)));
    names.push(...(page.MetricAlarms ?? []).map(({ AlarmName = '' }) => AlarmName));
    NextToken = page.NextToken;
  } while (NextToken);
  return names;
}
