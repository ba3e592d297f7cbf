import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';

/** Names of the account's alarms that begin so. */
export async function alarmNames(AlarmNamePrefix: string): Promise<string[]> {
  const cloudwatch = new CloudWatchClient({});
  const { MetricAlarms = [] } = await cloudwatch.send(new DescribeAlarmsCommand({ AlarmNamePrefix, MaxRecords: 100 }));
  return MetricAlarms.map(({ AlarmName = '' }) => AlarmName);
}
