import type {
  DescribeLogGroupsCommandInput,
  DescribeLogGroupsCommandOutput,
  LogGroup,
} from '@aws-sdk/client-cloudwatch-logs';
import { type AccountContext, arn } from '../core/account-context.ts';
import { type Operation, operation } from '../core/operation.ts';
import { cutPage, sortByKey } from '../core/pages.ts';
import type { FunctionStore } from '../lambda/function-store.ts';
import type { FunctionLogs } from '../telemetry.ts';
import { invalid } from './errors.ts';

const MOST_PER_PAGE = 50;
const DAY_MS = 86_400_000;
/** Stored bytes are this long a sample scaled to the retention, of a year at most. */
const SAMPLE_DAYS = 7;
const LONGEST_STORED_DAYS = 365;

/** The log groups that the account's functions write to. */
export class LogGroups {
  private readonly context: AccountContext;
  private readonly functions: FunctionStore;
  private readonly retentions = new Map<string, number>();
  private grouped: { readonly revision: number; readonly groups: ReadonlyMap<string, readonly string[]> } | undefined;

  private names: { readonly groups: ReadonlyMap<string, unknown>; readonly inOrder: readonly string[] } | undefined;
  private lastNamed: { readonly asked: string; readonly among: unknown; readonly found: readonly string[] } | undefined;

  constructor(context: AccountContext, functions: FunctionStore) {
    this.context = context;
    this.functions = functions;
  }

  setRetention(logGroupName: string, days: number): void {
    this.retentions.set(logGroupName, days);
  }

  /** Functions by the log group that they write to, in order of the groups' names. */
  all(): ReadonlyMap<string, readonly string[]> {
    const { revision } = this.functions;
    if (this.grouped?.revision !== revision) {
      const byGroup = Map.groupBy(
        this.functions.all(),
        ({ name, configuration }) => configuration.LoggingConfig?.LogGroup ?? `/aws/lambda/${name}`,
      );
      const sorted = sortByKey(byGroup, ([group]) => group);
      const groups = new Map(sorted.map(([group, records]) => [group, records.map(({ name }) => name)]));
      this.grouped = { revision, groups };
    }
    return this.grouped.groups;
  }

  /** What a group still holds of a window, by function. */
  read(logGroupName: string, startMs: number, endMs: number): FunctionLogs[] {
    const days = this.retentions.get(logGroupName);
    const from = days === undefined ? startMs : Math.max(startMs, this.context.clock.now() - days * DAY_MS);
    const names = this.all().get(logGroupName) ?? [];
    return names.map((name) => this.context.telemetry().logs(name, from, endMs)).filter((logs) => logs !== undefined);
  }

  describe(): Operation {
    return operation<DescribeLogGroupsCommandInput, DescribeLogGroupsCommandOutput>(
      ['logGroupNamePrefix', 'logGroupNamePattern', 'nextToken', 'limit'],
      (input) => {
        if (input.logGroupNamePrefix && input.logGroupNamePattern) {
          throw invalid('logGroupNamePrefix and logGroupNamePattern are mutually exclusive');
        }
        const wanted = this.named(input.logGroupNamePrefix ?? '', (input.logGroupNamePattern ?? '').toLowerCase());
        const size = Math.min(input.limit ?? MOST_PER_PAGE, MOST_PER_PAGE);
        const page = cutPage(wanted, (name) => name, size, input.nextToken);
        if (!page) throw invalid('The specified nextToken is invalid.');
        return { logGroups: page.items.map((name) => this.description(name)), nextToken: page.next };
      },
    );
  }

  /** Names in order; page after page of the same question, without looking at each again. */
  private named(prefix: string, pattern: string): readonly string[] {
    const groups = this.all();
    if (this.names?.groups !== groups) this.names = { groups, inOrder: [...groups.keys()] };
    const { inOrder } = this.names;
    if (prefix === '' && pattern === '') return inOrder;
    const asked = JSON.stringify([prefix, pattern]);
    if (this.lastNamed?.asked !== asked || this.lastNamed.among !== inOrder) {
      const found = inOrder.filter((name) => name.startsWith(prefix) && name.toLowerCase().includes(pattern));
      this.lastNamed = { asked, among: inOrder, found };
    }
    return this.lastNamed.found;
  }

  private description(name: string): LogGroup {
    const days = this.retentions.get(name);
    return {
      logGroupName: name,
      arn: `${arn(this.context, 'logs', `log-group:${name}`)}:*`,
      logGroupArn: arn(this.context, 'logs', `log-group:${name}`),
      logGroupClass: 'STANDARD',
      metricFilterCount: 0,
      storedBytes: Math.round(this.storedBytes(name, days)),
      ...(days === undefined ? {} : { retentionInDays: days }),
    };
  }

  private storedBytes(name: string, retentionDays = LONGEST_STORED_DAYS): number {
    const now = this.context.clock.now();
    const sampleDays = Math.min(SAMPLE_DAYS, retentionDays);
    const logs = this.read(name, now - sampleDays * DAY_MS, now);
    const sampledBytes = logs.reduce((sum, { bytes }) => sum + bytes, 0);
    return (sampledBytes / sampleDays) * Math.min(retentionDays, LONGEST_STORED_DAYS);
  }
}
