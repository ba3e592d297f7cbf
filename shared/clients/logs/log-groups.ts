import { type CloudWatchLogsClient, DescribeLogGroupsCommand, type LogGroup } from '@aws-sdk/client-cloudwatch-logs';
import type { LogGroupFacts } from '../../domain/night/reports/scan-plan.ts';
import { callAws } from '../aws-call.ts';
import type { Pace } from '../pace.ts';

/** DescribeLogGroups gives at most 50 groups a page. */
const PAGE_SIZE = 50;
/** Where Lambda writes unless told otherwise; one listing covers nearly every function. */
const LAMBDA_PREFIX = '/aws/lambda/';

/** What is known of the log groups asked for, by name; those that do not exist (yet) are missing. */
export async function describeLogGroups(
  logs: CloudWatchLogsClient,
  names: ReadonlySet<string>,
  pace: Pace,
): Promise<Map<string, LogGroupFacts>> {
  const found = new Map<string, LogGroupFacts>();
  const keep = (each: LogGroup): void => {
    if (each.logGroupName !== undefined && names.has(each.logGroupName)) found.set(each.logGroupName, asFacts(each));
  };
  const elsewhere = [...names].filter((name) => !name.startsWith(LAMBDA_PREFIX));
  const list = { logs, keep, pace };
  if (elsewhere.length < names.size) await listByPrefix(list, LAMBDA_PREFIX);
  for (const name of elsewhere) {
    if (!found.has(name)) await listByPrefix(list, name, name);
  }
  return found;
}

/** Lists the groups under a prefix, until `only` was among them. */
async function listByPrefix(
  { logs, keep, pace }: { logs: CloudWatchLogsClient; keep: (each: LogGroup) => void; pace: Pace },
  logGroupNamePrefix: string,
  only?: string,
): Promise<void> {
  let nextToken: string | undefined;
  do {
    const input = { logGroupNamePrefix, limit: PAGE_SIZE, ...(nextToken && { nextToken }) };
    await pace();
    const page = await callAws('logs:DescribeLogGroups', () => logs.send(new DescribeLogGroupsCommand(input)));
    for (const each of page.logGroups ?? []) keep(each);
    const done = only !== undefined && page.logGroups?.some((each) => each.logGroupName === only);
    nextToken = done ? undefined : page.nextToken;
  } while (nextToken);
}

function asFacts(each: LogGroup): LogGroupFacts {
  return {
    storedBytes: each.storedBytes ?? 0,
    logGroupClass: each.logGroupClass ?? 'STANDARD',
    ...(each.retentionInDays !== undefined && { retentionDays: each.retentionInDays }),
    ...(each.creationTime !== undefined && { createdAtMs: each.creationTime }),
  };
}
