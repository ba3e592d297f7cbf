import type { AccountContext } from '../core/account-context.ts';
import type { Operation, Service } from '../core/operation.ts';
import { RateLimit } from '../core/rate-limit.ts';
import type { FunctionStore } from '../lambda/function-store.ts';
import { rateExceeded } from './errors.ts';
import { InsightsQueries } from './insights-queries.ts';
import { LogGroups } from './log-groups.ts';

/** Calls a second by default (CloudWatch Logs service quotas). */
const CALLS_PER_SECOND: Readonly<Record<string, number>> = { StartQuery: 5, GetQueryResults: 5, DescribeLogGroups: 10 };

/** Log groups of the functions, and Logs Insights over their report lines. */
export class LogsService implements Service {
  readonly name = 'CloudWatchLogs';
  readonly operations: Readonly<Record<string, Operation>>;
  private readonly groups: LogGroups;
  private readonly rates: ReadonlyMap<string, RateLimit>;

  constructor(context: AccountContext, functions: FunctionStore) {
    const now = () => context.clock.now();
    this.rates = new Map(Object.entries(CALLS_PER_SECOND).map(([name, rate]) => [name, new RateLimit(now, rate)]));
    this.groups = new LogGroups(context, functions);
    const queries = new InsightsQueries(context, this.groups);
    this.operations = {
      StartQuery: queries.start(),
      GetQueryResults: queries.results(),
      StopQuery: queries.stop(),
      DescribeLogGroups: this.groups.describe(),
    };
  }

  /** Days after which the group's lines are gone. */
  setRetention(logGroupName: string, days: number): void {
    this.groups.setRetention(logGroupName, days);
  }

  throttle(operation: string): void {
    const rate = this.rates.get(operation);
    if (rate && !rate.tryTake()) throw rateExceeded();
  }
}
